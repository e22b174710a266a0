"""The burn-up of a cohort: study and work that count, against its calendar and its norms.

Minutes are an average per person who takes part, cut off at a quarter of an hour, so that a line
means the same however many people there are. Study and work are two lines, never one.
"""

import datetime as dt
from dataclasses import dataclass
from itertools import accumulate

from django.utils import timezone

from participants import pace
from participants.enrolments.models import CriterionKey
from participants.overview import periods
from participants.overview.periods import Period

MOST_POINTS = 26  # each is worked out for everybody
WEEK, QUARTER = 7, 15
WIDTH, HEIGHT = 600, 200  # units of the picture
SHOWN_ROWS = 12  # of the table with the same figures


@dataclass(frozen=True)
class Point:
    """One day: how much counted, and how much was planned; None where it is not there."""

    day: dt.date
    there: int | None
    planned: int


@dataclass(frozen=True)
class Curve:
    """One kind of hours: its points in the order of the days, and the norm of the cohort."""

    kind: str
    norm: int
    points: list

    @property
    def label(self):
        return CriterionKey(self.kind).label

    @property
    def now(self):
        """The last point that has hours."""
        return [point for point in self.points if point.there is not None][-1]

    @property
    def top(self):
        """Minutes at the upper edge of the picture: a little above all that is drawn."""
        reached = max(max(point.there or 0, point.planned) for point in self.points)
        return max(self.norm, reached) * 21 // 20

    @property
    def last_day(self):
        return self.points[-1].day

    @property
    def there_line(self):
        return self._line([(point.day, point.there) for point in self.points])

    @property
    def planned_line(self):
        return self._line([(point.day, point.planned) for point in self.points])

    @property
    def norm_height(self):
        return self._height(self.norm)

    @property
    def today_at(self):
        return self._across(self.now.day)

    @property
    def rows(self):
        """Some of the points that have hours, the last among them: for the table."""
        known = [point for point in self.points if point.there is not None]
        step = -(-len(known) // SHOWN_ROWS)
        return known[::-1][::step][::-1]

    def _line(self, places):
        known = [(day, minutes) for day, minutes in places if minutes is not None]
        return " ".join(f"{self._across(day)},{self._height(minutes)}" for day, minutes in known)

    def _across(self, day):
        first, last = self.points[0].day, self.points[-1].day
        return f"{(day - first).days * WIDTH / max((last - first).days, 1):.1f}"

    def _height(self, minutes):
        return f"{HEIGHT - minutes * HEIGHT / self.top:.1f}"


def curves(cohort, people):
    """The Curves of study and work of ``people``, enrolments of ``cohort``.

    [] without people, and before the first day. Four queries, whatever the number of people.
    """
    many = people.count()
    if not many or cohort.starts_on > timezone.localdate():
        return []
    days = days_of(cohort)
    grown = _grown(people, [day for day in days if day <= timezone.localdate()])
    planned = {day: (study, work) for day, study, work in pace.planned(people, days)}
    return [
        Curve(
            kind,
            norm,
            [
                Point(day, _each(grown[kind].get(day), many), _each(planned[day][place], many))
                for day in days
            ],
        )
        for place, (kind, norm) in enumerate(norms(cohort))
    ]


def norms(cohort):
    return [("study", cohort.study_minutes), ("work", cohort.work_minutes)]


def days_of(cohort):
    """The days of the points: whole weeks from the first day, the last day, and today in between.

    Of a long cohort fewer, with more weeks between them.
    """
    today = timezone.localdate()
    last = max(cohort.ends_on, min(today, cohort.last_entry_on))
    weeks = (last - cohort.starts_on).days // WEEK + 1
    step = dt.timedelta(weeks=-(-weeks // MOST_POINTS))
    days = {cohort.starts_on + step * turn for turn in range(MOST_POINTS)} | {last, today}
    return sorted(day for day in days if cohort.starts_on <= day <= last)


def _each(minutes, many):
    return None if minutes is None else minutes // many // QUARTER * QUARTER


def _grown(people, days):
    """{kind: {day: minutes that counted up to and including that day}}."""
    so_far = Period(dt.date.min, timezone.localdate())
    keys = people.values("pk")
    by_day: dict[str, dict] = {"study": {}, "work": {}}
    for row in periods.approved(keys, so_far, "date", "kind"):
        by_day[row["kind"]][row["date"]] = row["total"]
    for row in periods.presence(keys, so_far, "session__date"):
        earlier = by_day["study"].get(row["session__date"], 0)
        by_day["study"][row["session__date"]] = earlier + row["minutes"]
    return {kind: _up_to(days, minutes) for kind, minutes in by_day.items()}


def _up_to(days, minutes):
    edges = [dt.date.min, *days]
    grown = accumulate(
        sum(many for day, many in minutes.items() if before < day <= until)
        for before, until in zip(edges, days, strict=False)
    )
    return dict(zip(days, grown, strict=True))
