"""The week of a person: its days, its hours, and the weeks beside it. A week has an address."""

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone

from participants.hours.models import HourEntry
from participants.hours.why import why_not_counted

KINDS = (("study", "studie"), ("work", "werk"))


@dataclass(frozen=True)
class Sum:
    """Minutes of one kind in one week."""

    kind: str
    word: str
    approved: int
    waiting: int  # handed in, nobody answered yet
    other: int  # a draft, or returned

    @property
    def written(self):
        return self.approved + self.waiting + self.other


@dataclass(frozen=True)
class PersonWeek:
    """What one person wrote down in one ISO week."""

    monday: dt.date
    entries: list

    @property
    def sunday(self):
        return self.monday + dt.timedelta(days=6)

    @property
    def name(self):
        """As in the address: "2026-W47"."""
        return name_of(self.monday)

    @property
    def number(self):
        return self.monday.isocalendar().week

    @property
    def previous(self):
        return name_of(self.monday - dt.timedelta(days=7))

    @property
    def next(self):
        """The week after this one; "" when it has not begun."""
        following = self.monday + dt.timedelta(days=7)
        return name_of(following) if following <= timezone.localdate() else ""

    @property
    def is_current(self):
        return self.monday == monday_of(timezone.localdate())

    @property
    def lines(self):
        """Each entry with the sentence that says why it does not count."""
        return [(entry, why_not_counted(entry)) for entry in self.entries]

    @property
    def sums(self):
        return [self._sum(kind, word) for kind, word in KINDS]

    @property
    def minutes_not_counted(self):
        return sum(each.written - each.approved for each in self.sums)

    def _sum(self, kind, word):
        states = {"approved": 0, "submitted": 0}
        other = 0
        for entry in self.entries:
            if entry.kind != kind or entry.status == HourEntry.Status.WITHDRAWN:
                continue
            if entry.status in states:
                states[entry.status] += entry.minutes
            else:
                other += entry.minutes
        return Sum(kind, word, states["approved"], states["submitted"], other)


def week_of(user, monday):
    """The PersonWeek of ``user`` that begins on ``monday``."""
    entries = HourEntry.objects.owned_by(user).in_week(monday).as_lines()
    return PersonWeek(monday, list(entries.prefetch_related("proofs").order_by("date", "pk")))


def monday_of(day):
    return day - dt.timedelta(days=day.weekday())


def name_of(day):
    """The ISO week in which ``day`` lies, as an address has it: "2026-W47"."""
    year, week, _weekday = day.isocalendar()
    return f"{year}-W{week:02}"


def monday_named(name):
    """The Monday of a week such as "2026-W47"; None when there is no such week."""
    try:
        monday = dt.datetime.strptime(f"{name}-1", "%G-W%V-%u").date()
    except ValueError:
        return None
    return monday if name_of(monday) == name else None
