"""The page of who writes: one's own POP, and the GOP of one's group, as panels."""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from participants.enrolments.models import Enrolment
from participants.plans import changes, reading, threads
from participants.plans.forms import FeedbackForm, UploadForm
from participants.plans.models import TAKING_PART, DevelopmentPlan

POP, GOP = "pop", "gop"
TITLES = {
    POP: gettext_lazy("POP: persoonlijk ontwikkelingsplan"),
    GOP: gettext_lazy("GOP: groepsontwikkelingsplan"),
}


@dataclass
class Panel:
    """One plan of one enrolment, begun or not."""

    kind: str
    enrolment: Enrolment
    plan: DevelopmentPlan | None
    sent: dict = field(default_factory=dict)  # bound forms by key
    readers: list = field(default_factory=list)

    @property
    def key(self):
        return f"{self.kind}-{self.enrolment.pk}"

    @property
    def title(self):
        return TITLES[self.kind]

    @property
    def versions(self):
        return self.plan.seen_versions if self.plan else []

    @property
    def latest(self):
        return self.versions[0] if self.versions else None

    @property
    def latest_shared(self):
        return next(iter(self.shared), None)

    @property
    def shared(self):
        return [version for version in self.versions if version.is_shared]

    @property
    def drafts(self):
        """What nobody else sees yet; the one that would be shared first."""
        return [version for version in self.versions if not version.is_shared]

    @property
    def history(self):
        """``(version, earlier, labels of what changed)`` of all that was shared, newest first."""
        return changes.told(self.shared)

    @property
    def goals(self):
        return self.plan.own_goals if self.plan else []

    @property
    def is_complete(self):
        return bool(self.plan) and self.plan.is_complete

    @property
    def is_personal(self):
        return self.kind == POP

    @property
    def asked(self):
        """Whether staff asked for more about the newest version that they read."""
        return self.latest_shared is not None and threads.asks_for_more(self.latest_shared)

    @property
    def takes_part(self):
        return self.enrolment.status in TAKING_PART

    @property
    def can_write(self):
        return self.takes_part and not self.is_complete

    @property
    def can_unshare(self):
        """Nobody read what was shared last, and nothing newer was begun."""
        latest = self.latest_shared
        if latest is None or self.drafts or not (self.is_personal and self.can_write):
            return False
        is_read = any(latest.number in reader.numbers for reader in self.readers)
        return not is_read and not latest.feedback.all()

    @property
    def has_draft(self):
        """Whether the newest version is still private."""
        return self.latest is not None and not self.latest.is_shared

    @property
    def upload_form(self):
        return self.sent.get(self.key) or UploadForm(key=self.key)

    @property
    def reply_form(self):
        """To say something about the latest version that others read; None while there is none."""
        if not self.latest_shared:
            return None
        return self._form(FeedbackForm.key_of(self.plan.pk), version=self.latest_shared.number)

    @property
    def threads(self):
        """Each with the ``form`` to answer it."""
        found = threads.of(self.versions)
        for thread in found:
            key = FeedbackForm.key_of(self.plan.pk, answers=thread.first.pk)
            number = thread.first.version.number
            thread.form = self._form(key, version=number, answers=thread.first.pk)
        return found

    def _form(self, key, **first):
        return self.sent.get(key) or FeedbackForm(key=key, may_ask=False, initial=first)

    @property
    def to_do(self):
        """What happens or is to be done now, in one or two sentences."""
        if not self.takes_part:
            return _("Je bent gestopt. Wat er staat, blijft hier te lezen.")
        return self._pop_to_do() if self.kind == POP else self._gop_to_do()

    def _pop_to_do(self):
        if self.is_complete:
            return _("Je plan is compleet. Mooi gedaan!")
        if self.latest is None:
            return _("Kies een bestand of een foto van papier. Je hoeft niets over te typen.")
        if self.has_draft and self.latest_shared is None:
            return _("Dit ziet alleen jij. Deel het als je trainer mag meelezen.")
        if self.asked:
            return _(
                "Je trainer vraagt om een aanvulling. Vul je plan aan en lever het opnieuw in."
            )
        if self.has_draft:
            return _("Je trainer leest wat je deelde. Je concept ziet alleen jij.")
        return _("Gedeeld. Je trainer leest je plan en reageert hier.")

    def _gop_to_do(self):
        if self.is_complete and self.plan.endorsed_by_me:
            return _("Het groepsplan is compleet en jij staat erachter.")
        if self.is_complete:
            return _("Het groepsplan is compleet. Lees het en zeg of je erachter staat.")
        if self.latest is None:
            return _("Dit plan schrijven jullie samen. Iedereen mag de eerste versie neerzetten.")
        return _("Jullie schrijven samen. Iedereen in de groep mag een onderdeel veranderen.")


def page(user, sent=None):
    """What the own page shows; ``sent`` as for ``panels``."""
    shown = panels(user, sent)
    return {
        "panels": shown,
        "sent": sent,
        "several": len({panel.enrolment.pk for panel in shown}) > 1,
        "cohort": shown[0].enrolment.cohort if shown else None,
    }


def panels(user, sent=None):
    """A POP and a GOP per enrolment of ``user``, where somebody takes part now first.

    ``sent``: a bound form with a ``key``, to show instead of an empty one.
    """
    enrolments = Enrolment.objects.owned_by(user).running_first().select_related("cohort__track")
    plans = list(reading.as_seen_by(user).owned_by(user))
    pops = {plan.enrolment_id: plan for plan in plans if not plan.is_group}
    gops = {plan.cohort_id: plan for plan in plans if plan.is_group}
    readers = reading.readers(pops.values())
    forms = {sent.key: sent} if sent else {}
    return [
        Panel(kind, enrolment, plan, forms, readers.get(plan.pk, []) if plan else [])
        for enrolment in enrolments
        for kind, plan in [
            (POP, pops.get(enrolment.pk)),
            (GOP, gops.get(enrolment.cohort_id)),
        ]
    ]
