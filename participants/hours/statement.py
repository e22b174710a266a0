"""The facts of a statement of hours (urenstaat): what counts, of one person and period."""

from django.utils import timezone

from participants.hours.models import HourEntry
from participants.paper.hours_statement import hours_statement_pdf

KINDS = {"study": "Studie", "work": "Werk"}


def period_of(enrolment):
    """(first, last) day of all that ``enrolment`` could hold up to today."""
    first = enrolment.entries_from or min(enrolment.starts_on, enrolment.cohort.starts_on)
    return first, max(timezone.localdate(), first)


def pdf(enrolment, first, last):
    """The statement as PDF bytes: approved hours from ``first`` up to and including ``last``."""
    return hours_statement_pdf(facts(enrolment, first, last))


def facts(enrolment, first, last):
    """The facts as ``participants.paper.hours_statement`` takes them."""
    track = enrolment.cohort.track
    rows = HourEntry.objects.approved().filter(enrolment=enrolment).between(first, last)
    return {
        "name": enrolment.printed_name,
        "track": track.name,
        "cohort": enrolment.cohort.name,
        "provider": track.provider,
        "period_start": first.isoformat(),
        "period_end": last.isoformat(),
        "made_on": timezone.localdate().isoformat(),
        "entries": [_line(entry) for entry in rows.with_people().order_by("date", "pk")],
    }


def _line(entry):
    return {
        "date": entry.date.isoformat(),
        "kind": KINDS[entry.kind],
        "description": entry.description,
        "minutes": entry.minutes,
        "approved_by": entry.judge.name,
    }
