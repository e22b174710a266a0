"""What stands in a reminder: standard sentences, which coordinators may put otherwise.

A text may name only PLACEHOLDERS. A line whose placeholder has nothing to say is left out, so
that no "Bel ." goes out where a cohort has no contact.
"""

import re
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from participants.events.actions import decided
from participants.messages.models import ReminderText
from participants.messages.points import BY_KEY
from participants.tracks.models import Cohort

LONGEST = 600
PLACEHOLDERS = {
    "voornaam": gettext_lazy("de voornaam"),
    "lichting": gettext_lazy("de naam van de lichting"),
    "leerlijn": gettext_lazy("de naam van de leerlijn"),
    "contactpersoon": gettext_lazy("de contactpersoon van de lichting"),
    "telefoon": gettext_lazy("de telefoon van de contactpersoon"),
}
IN_BRACES = re.compile(r"\{([^{}]*)\}")
SUBJECT, BEGINNING, END = "subject", "beginning", "end"


@dataclass(frozen=True)
class Piece:
    """One text of a reminder: what it is, and how it reads when nobody changed it."""

    key: str
    title: object
    standard: object
    may_name: bool = True  # whether placeholders may stand in it
    one_line: bool = True


PIECES = (
    # The subject shows on a locked screen: it names nobody and nothing.
    Piece(SUBJECT, gettext_lazy("Onderwerp"), gettext_lazy("Een bericht voor jou"), may_name=False),
    Piece(
        BEGINNING,
        gettext_lazy("Begin"),
        gettext_lazy("Dag {voornaam},\n\nFijn dat je meedoet. Dit staat er voor je klaar:"),
        one_line=False,
    ),
    Piece(
        END,
        gettext_lazy("Einde"),
        gettext_lazy(
            "Eén ding doen is al goed.\n"
            "Lukt iets niet? Dat geeft niet. Bel {contactpersoon}: {telefoon}."
        ),
        one_line=False,
    ),
    *(
        Piece(key, BY_KEY[key].why, sentence)
        for key, sentence in {
            "returned": gettext_lazy(
                "Er kwamen uren terug met een vraag. Vul ze aan, dan tellen ze mee."
            ),
            "plan": gettext_lazy("Er is een vraag over je plan. Kijk wat je wilt toevoegen."),
            "group_plan": gettext_lazy(
                "Het plan van je groep is klaar. Lees het en zeg of je erachter staat."
            ),
            "meeting": gettext_lazy("Er komt een les of intervisie aan. Kijk waar en hoe laat."),
            "interview": gettext_lazy("Je eindgesprek komt eraan. Kijk wat je wilt laten zien."),
            "report": gettext_lazy("Er staat een verslag voor je klaar."),
            "answer": gettext_lazy("Er staat een antwoord voor je klaar."),
            "quiet": gettext_lazy("Schrijf op wat je de laatste tijd deed. Dat kost één minuut."),
            "talk": gettext_lazy("Even praten over je planning? We denken graag met je mee."),
            "name": gettext_lazy("Kijk nog even of je naam klopt."),
        }.items()
    ),
)
PIECE = {piece.key: piece for piece in PIECES}


@dataclass(frozen=True)
class Written:
    """A piece as it reads in one cohort."""

    piece: Piece
    text: str
    is_standard: bool


def of_cohort(cohort):
    """The pieces as they read in ``cohort``, by key; one query."""
    own = dict(cohort.reminder_texts.values_list("key", "text"))
    return {
        piece.key: Written(piece, own.get(piece.key, str(piece.standard)), piece.key not in own)
        for piece in PIECES
    }


def filled_in(text, facts):
    """``text`` with the ``facts`` in place; without the lines in which one of them is missing."""
    lines = [_filled(line, facts) for line in text.splitlines()]
    return "\n".join(line for line in lines if line is not None)


def _filled(line, facts):
    if not all(facts.get(name) for name in IN_BRACES.findall(line)):
        return None
    return IN_BRACES.sub(lambda found: facts[found[1]], line)


def facts_of(participant, cohort):
    """What the placeholders stand for in a mail to ``participant``."""
    return {
        "voornaam": participant.first_name,
        "lichting": cohort.name,
        "leerlijn": cohort.track.name,
        "contactpersoon": cohort.contact_name,
        "telefoon": cohort.contact_phone,
    }


def letter(cohort, keys, facts, also=()):
    """(subject, text) of a reminder about the points ``keys``, before login and setting links.

    ``also`` are (cohort, keys) of the others in which the same person takes part: each has its
    own list, under its name.
    """
    pieces = of_cohort(cohort)
    beginning, end = (filled_in(pieces[key].text, facts) for key in (BEGINNING, END))
    lists = [_listed(pieces, keys, facts)]
    if also:
        lists = [_named(cohort, lists[0])]
    lists += [_of_another(each, its_keys, facts) for each, its_keys in also]
    return pieces[SUBJECT].text, "\n\n".join([beginning, *lists, end])


def _listed(pieces, keys, facts):
    lines = [filled_in(pieces[key].text, facts) for key in keys]
    return "\n".join(f"- {line}" for line in lines if line)


def _of_another(cohort, keys, facts):
    theirs = facts | {"lichting": cohort.name, "leerlijn": cohort.track.name}
    return _named(cohort, _listed(of_cohort(cohort), keys, theirs))


def _named(cohort, listed):
    return f"{cohort.name}:\n{listed}"


@transaction.atomic
def rewrite(cohort, key, text, *, by):
    """Let this piece read otherwise in ``cohort``; the standard words again when it is those.

    Raises PermissionDenied, and ValidationError: ``empty``, ``too_long``, ``one_line``,
    ``unknown_placeholder``, ``no_placeholders``.
    """
    _coordinated(cohort, by)
    text = text.replace("\r\n", "\n").strip()
    judge(PIECE[key], text)
    rows = ReminderText.objects.filter(cohort=cohort, key=key)
    if text == str(PIECE[key].standard):
        rows.delete()
    else:
        facts = {"text": text, "changed_by": by}
        ReminderText.objects.update_or_create(cohort=cohort, key=key, defaults=facts)
    decided("reminder_text_changed", cohort, by=by, reason=key)


def restore(cohort, key, *, by):
    """Back to the standard words."""
    rewrite(cohort, key, str(PIECE[key].standard), by=by)


def judge(piece, text):
    """Raise ValidationError when ``text`` cannot be this piece; see ``rewrite``."""
    if not text:
        raise ValidationError(_("Schrijf een tekst, of kies de standaardtekst."), code="empty")
    if len(text) > LONGEST:
        raise ValidationError(_("Houd het kort: hooguit %d tekens.") % LONGEST, code="too_long")
    if piece.one_line and "\n" in text:
        raise ValidationError(_("Schrijf deze tekst op één regel."), code="one_line")
    _judge_placeholders(piece, text)


def _judge_placeholders(piece, text):
    named = IN_BRACES.findall(text)
    if named and not piece.may_name:
        raise ValidationError(
            _("In het onderwerp staat niets persoonlijks. Haal weg wat tussen { en } staat."),
            code="no_placeholders",
        )
    unknown = [name for name in named if name not in PLACEHOLDERS]
    if unknown or "{" in IN_BRACES.sub("", text) or "}" in IN_BRACES.sub("", text):
        told = f"{{{unknown[0]}}}" if unknown else "{ of }"
        allowed = ", ".join(f"{{{name}}}" for name in PLACEHOLDERS)
        raise ValidationError(
            _("%(unknown)s kennen we niet. Kies uit: %(allowed)s.")
            % {"unknown": told, "allowed": allowed},
            code="unknown_placeholder",
        )


def _coordinated(cohort, user):
    if not Cohort.objects.coordinated_by(user).filter(pk=cohort.pk).exists():
        raise PermissionDenied
