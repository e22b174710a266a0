"""The pile of a reviewer: per person and week, the longest waiting first."""

import datetime as dt
from dataclasses import dataclass

from django.core.paginator import Paginator
from django.db.models import Count, Min, Q
from django.utils import timezone

from participants.hours import notes
from participants.hours import weeks as weeks_of_year
from participants.hours.models import HourEntry
from participants.hours.review_forms import ReviewLineForm

WEEKS_A_PAGE = 15
LONG_WAIT_DAYS = 7
MOST_RECENT = 10


@dataclass
class Line:
    """One entry to judge, what to look at, and the answer so far."""

    entry: HourEntry
    notes: list
    form: ReviewLineForm


@dataclass
class Week:
    """What one person handed in of one week, and is judged together."""

    lines: list

    @property
    def first(self):
        return self.lines[0].entry

    @property
    def person(self):
        return self.first.enrolment.participant

    @property
    def monday(self):
        return self.first.date - dt.timedelta(days=self.first.date.weekday())

    @property
    def name(self):
        """As in the address of a week: "2026-W47"."""
        return weeks_of_year.name_of(self.monday)

    @property
    def minutes(self):
        return sum(line.entry.minutes for line in self.lines)

    @property
    def waiting_since(self):
        return min(line.entry.submitted_at for line in self.lines)

    @property
    def tone(self):
        """The colour of how long it waits: after a week it asks for attention."""
        return "yellow" if (timezone.now() - self.waiting_since).days >= LONG_WAIT_DAYS else ""


def waiting_for(user):
    """What ``user`` may answer now."""
    return HourEntry.objects.awaiting_review().reviewable_by(user)


def just_approved_by(user):
    """What ``user`` approved lately and may still take back, the latest first."""
    rows = HourEntry.objects.retractable_by(user).with_people()
    return rows.order_by("-reviewed_at", "-pk")[:MOST_RECENT]


def size(waiting):
    """``lines``, ``people`` and the ``oldest`` moment of a pile, in one query."""
    return waiting.aggregate(
        lines=Count("pk"),
        people=Count("enrolment__participant", distinct=True),
        oldest=Min("submitted_at"),
    )


def page_of(waiting, number):
    """A page of the weeks in the pile: rows with ``enrolment`` and ``monday``."""
    return Paginator(waiting.by_week(), WEEKS_A_PAGE).get_page(number)


def weeks(waiting, page, typed):
    """The Week of each row of ``page``; ``typed`` holds bound forms by key of their entry."""
    rows = [(row["enrolment"], row["monday"]) for row in page]
    found = {row: [] for row in rows}
    for entry in _entries(waiting, rows):
        monday = entry.date - dt.timedelta(days=entry.date.weekday())
        found[entry.enrolment_id, monday].append(line(entry, typed))
    # A week may have been answered by somebody else since the page was counted.
    return [Week(lines) for lines in found.values() if lines]


def line(entry, typed):
    """The Line of an ``entry`` that came with its review facts."""
    form = typed.get(entry.pk) or ReviewLineForm(entry)
    return Line(entry, notes.for_reviewer(entry), form)


def _entries(waiting, rows):
    if not rows:
        return []
    asked = Q()
    for enrolment, monday in rows:
        asked |= Q(enrolment=enrolment, date__range=(monday, monday + dt.timedelta(days=6)))
    found = waiting.filter(asked).with_people().with_review_facts()
    return found.prefetch_related("proofs__file").order_by("date", "pk")
