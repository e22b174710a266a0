"""The pace in words. Who takes part and who is staff read the very same ones."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from participants.enrolments.models import CriterionKey
from participants.hours.wording import in_words
from participants.pace.calendar import KINDS

LABEL = gettext_lazy("Even praten?")


@dataclass(frozen=True)
class Talk:
    """It is time to talk: the word of the flag, and a sentence for each kind of hours."""

    label: object
    sentences: tuple

    @property
    def text(self):
        return " ".join(self.sentences)


def lines(enrolment):
    """For study and work: ``kind``, and in minutes what is ``there`` and ``planned``.

    The enrolment came from ``of``.
    """
    pace = enrolment.pace
    return [
        {"kind": kind, "there": pace[f"{kind}_there"], "planned": pace[f"{kind}_planned"]}
        for kind in KINDS
    ]


def talk(enrolment):
    """The Talk of an enrolment that came from ``of``, as who it is about reads it; or None."""
    return _talk(enrolment.pace, "")


def talk_for_staff(enrolment):
    """The same Talk, once staff may read it; or None."""
    return _talk(enrolment.pace, "_when_told")


def _talk(pace, suffix):
    if not pace[f"talk{suffix}"]:
        return None
    # Of the kinds that are meant today: the participant reads no less than staff.
    kinds = [kind for kind in KINDS if pace[f"{kind}_behind"]]
    return Talk(LABEL, tuple(_sentence(kind, pace) for kind in kinds))


def _sentence(kind, pace):
    return _("%(kind)s: er staat %(there)s, de planning tot vandaag is ongeveer %(planned)s.") % {
        "kind": CriterionKey(kind).label,
        "there": in_words(pace[f"{kind}_there"]),
        "planned": in_words(pace[f"{kind}_planned"] // 60 * 60),
    }
