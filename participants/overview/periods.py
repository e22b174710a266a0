"""What happened in a period, counted per cohort: people, hours and presence.

One set of figures, for the accounting to a funder, the page of a year and the page of a cohort.
A period is two dates in Amsterdam, both included. Minutes are whole; nothing is an average.
"""

import datetime as dt
from dataclasses import dataclass, field, fields

from django.db.models import Case, Count, Exists, OuterRef, Q, Subquery, Sum, Value, When
from django.utils import timezone

from participants.enrolments.models import Enrolment, Pause
from participants.hours.models import HourEntry
from participants.sessions.models import Attendance, Session

THERE = Attendance.THERE


@dataclass(frozen=True)
class Period:
    """The days from ``first`` up to and including ``last``."""

    first: dt.date
    last: dt.date

    @classmethod
    def of_year(cls, year):
        return cls(dt.date(year, 1, 1), dt.date(year, 12, 31))

    @classmethod
    def of_cohort(cls, cohort):
        return cls(cohort.starts_on, cohort.ends_on)

    def so_far(self):
        """Without the days that are still to come; of a period to come its first day."""
        return Period(self.first, max(min(self.last, timezone.localdate()), self.first))


@dataclass
class People:
    """How many there were and what became of them; ``before + began - left = at_the_end``."""

    before: int = 0  # took part already when the period began
    began: int = 0
    paused: int = 0  # had a confirmed pause on some day of the period
    stopped: int = 0
    completed: int = 0  # the award date of their certificate lies in the period

    @property
    def total(self):
        """Everybody who took part on some day of the period."""
        return self.before + self.began

    @property
    def at_the_end(self):
        return self.total - self.stopped - self.completed

    def __add__(self, other):
        names = (one.name for one in fields(self))
        return People(*(getattr(self, name) + getattr(other, name) for name in names))


@dataclass
class Presence:
    """Closed registers of one kind of meeting; every row is one person at one meeting."""

    rows: int = 0
    there: int = 0
    caught_up: int = 0
    minutes: int = 0


@dataclass
class Meetings:
    """The meetings of one kind in the period that were not cancelled."""

    planned: int = 0
    registered: int = 0  # those with a closed register: only these say who was there


@dataclass
class Counted:
    """The figures of one cohort in one period. ``approved`` is in minutes, by kind of hours."""

    people: People = field(default_factory=People)
    approved: dict = field(default_factory=dict)
    presence: dict = field(default_factory=dict)  # a Presence by kind of meeting
    meetings: dict = field(default_factory=dict)  # Meetings by kind

    @property
    def work_minutes(self):
        return self.approved.get("work", 0)

    @property
    def own_study_minutes(self):
        """Study that was written down and approved."""
        return self.approved.get("study", 0)

    @property
    def met_minutes(self):
        """Study that came from the registers."""
        return sum(one.minutes for one in self.presence.values())

    @property
    def study_minutes(self):
        return self.own_study_minutes + self.met_minutes

    def of_kind(self, kind):
        """(Meetings, Presence) of one kind of meeting; empty ones where there were none."""
        return self.meetings.get(kind, Meetings()), self.presence.get(kind, Presence())


def taking_part(enrolments, period):
    """Those of ``enrolments`` that took part on some day of ``period``, each with ``outcome``.

    That is "stopped" or "completed" for who did so in the period, and else "here".
    """
    standing = Enrolment.objects.filter(pk=OuterRef("pk"), certificates__status="valid")
    award = Subquery(standing.order_by().values("certificates__award_date")[:1])
    people = enrolments.admitted().filter(starts_on__lte=period.last).annotate(completed_on=award)
    within = (period.first, period.last)
    return (
        people.exclude(status="stopped", ends_on__lt=period.first)
        .exclude(completed_on__isnull=False, completed_on__lt=period.first)
        .annotate(
            outcome=Case(
                When(status="stopped", ends_on__range=within, then=Value("stopped")),
                When(completed_on__range=within, then=Value("completed")),
                default=Value("here"),
            )
        )
    )


def by_cohort(enrolments, period):
    """{key of a cohort: Counted} of the cohorts where somebody took part; four queries."""
    people = taking_part(enrolments, period)
    found = {row.pop("cohort"): Counted(people=People(**row)) for row in _people(people, period)}
    keys = people.values("pk")
    for row in approved(keys, period, "enrolment__cohort", "kind"):
        found[row["enrolment__cohort"]].approved[row["kind"]] = row["total"]
    for row in presence(keys, period, "enrolment__cohort", "session__kind"):
        key, kind = row.pop("enrolment__cohort"), row.pop("session__kind")
        found[key].presence[kind] = Presence(**row)
    for row in _meetings(list(found), period):
        key, kind = row.pop("cohort"), row.pop("session__kind")
        found[key].meetings[kind] = Meetings(**row)
    return found


def _people(people, period):
    pauses = Pause.objects.confirmed().overlapping(period.first, period.last)
    pause = pauses.filter(enrolment=OuterRef("pk"))
    marked = people.annotate(has_paused=Case(When(Exists(pause), then=1)))
    return (
        marked.order_by()
        .values("cohort")
        .annotate(
            before=Count("pk", filter=Q(starts_on__lt=period.first)),
            began=Count("pk", filter=Q(starts_on__gte=period.first)),
            paused=Count("has_paused"),
            stopped=Count("pk", filter=Q(outcome="stopped")),
            completed=Count("pk", filter=Q(outcome="completed")),
        )
    )


def approved(enrolments, period, *groups):
    """Approved minutes of ``enrolments`` in ``period`` as rows of ``groups`` with ``total``."""
    rows = HourEntry.objects.approved().between(period.first, period.last)
    rows = rows.filter(enrolment__in=enrolments).order_by()
    return rows.values(*groups).annotate(total=Sum("minutes"))


def presence(enrolments, period, *groups):
    """Presence of ``enrolments`` in ``period`` as rows of ``groups`` with the facts of Presence."""
    rows = Attendance.objects.counting().filter(
        enrolment__in=enrolments, session__date__range=(period.first, period.last)
    )
    there = Q(status__in=THERE, actively_participated=True)
    return (
        rows.order_by()
        .values(*groups)
        .annotate(
            rows=Count("pk"),
            there=Count("pk", filter=there),
            caught_up=Count("pk", filter=Q(caught_up_on__isnull=False) & ~there),
            minutes=Sum("minutes"),
        )
    )


def _meetings(cohorts, period):
    links = Session.cohorts.through.objects.filter(
        cohort__in=cohorts,
        session__cancelled_at=None,
        session__date__range=(period.first, period.last),
    )
    return (
        links.order_by()
        .values("cohort", "session__kind")
        .annotate(
            planned=Count("pk"),
            registered=Count("pk", filter=Q(session__closed_at__isnull=False)),
        )
    )
