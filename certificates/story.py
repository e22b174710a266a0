"""What happened to one certificate, in order: when, what, who, and why."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from certificates.models import Certificate, Revocation
from participants.events.actions import subject_of
from participants.events.models import Event

# What is told from the rows themselves: there the words and the links are.
ON_THE_ROWS = (
    "certificate_issued",
    "certificate_corrected",
    "certificate_revoked",
    "certificate_withdrawn",
    "revocation_asked",
    "revocation_rejected",
    "revocation_taken_back",
)
WORDS = {
    "certificate_exported": gettext_lazy("Opgehaald om uit te reiken of te printen"),
    "certificate_buried": gettext_lazy("Alle gegevens over de persoon zijn weggehaald"),
    "check_page_short": gettext_lazy("De eigenaar laat op de controlepagina weinig zien"),
    "check_page_full": gettext_lazy("De eigenaar laat op de controlepagina alles zien"),
}


@dataclass(frozen=True)
class Step:
    """One thing that happened. ``other`` is the certificate at the other end of a replacement."""

    at: dt.datetime
    what: str
    who: Any  # a User, or None for the clock
    why: str = ""
    other: Certificate | None = None


def told(certificate):
    """The Steps of ``certificate``, the first one on top; three queries at most."""
    steps = [_made(certificate), *_wishes(certificate), *_noted(certificate)]
    if certificate.ended_at:
        steps.append(_ended(certificate))
    return sorted(steps, key=lambda step: step.at)


def _made(certificate):
    old = certificate.replaces
    what = _("Gemaakt in plaats van %s") % old.number if old else _("Gemaakt")
    return Step(certificate.issued_at, what, certificate.issued_by, other=old)


def _ended(certificate):
    new = getattr(certificate, "replaced_by", None)
    return Step(
        certificate.ended_at,
        certificate.state.capitalize() if not new else _("Vervangen door %s") % new.number,
        certificate.ended_by,
        why=_because(certificate.get_end_category_display(), certificate.end_reason),
        other=new,
    )


def _wishes(certificate):
    """Each time that a second person was asked, and the answers that left it valid."""
    rows = certificate.revocations.select_related("asked_by", "answered_by")
    for wish in rows:
        why = _because(wish.get_category_display(), wish.reason)
        yield Step(wish.asked_at, _("Gevraagd om in te trekken"), wish.asked_by, why=why)
        if wish.answer in (Revocation.Answer.REJECTED, Revocation.Answer.TAKEN_BACK):
            what = wish.get_answer_display().capitalize()
            yield Step(wish.answered_at, what, wish.answered_by, why=wish.note)


def _noted(certificate):
    events = Event.objects.decisions().filter(subject=subject_of(certificate))
    for event in events.exclude(act__in=ON_THE_ROWS).select_related("actor"):
        yield Step(event.happened_at, str(WORDS.get(event.act, event.act)), event.actor)


def _because(category, words):
    return f"{category.capitalize()}. {words}" if category and words else category or words
