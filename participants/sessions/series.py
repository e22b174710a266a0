"""Which days a series would take, and what to look at before planning on them."""

import datetime as dt
from dataclasses import dataclass, field
from itertools import count, islice, takewhile

from django.utils.translation import gettext as _

from leerlijn.templatetags.dates import long_date
from participants.sessions import holidays
from participants.sessions.models import Session


@dataclass(frozen=True)
class Day:
    """A day to plan on; ``warnings`` are sentences, and none of them is in the way."""

    date: dt.date
    warnings: list = field(default_factory=list)


def dates(first, weeks, *, times=None, until=None, most):
    """Every so many weeks from ``first``: so many times, or up to and with ``until``.

    At most ``most`` of them.
    """
    endless = (first + dt.timedelta(weeks=weeks * turn) for turn in count())
    wanted = islice(endless, min(times or most, most))
    return list(takewhile(lambda day: until is None or day <= until, wanted))


def looked_at(dates, cohorts, *, kind, but=None):
    """A Day for each of ``dates``; three queries at most for any number.

    ``but`` is the meeting that is being changed: it is not in its own way.
    """
    others = Session.objects.planned().filter(cohorts__in=cohorts, date__in=dates)
    if but is not None:
        others = others.exclude(pk=but.pk)
    taken = {}
    for session in others.distinct():
        taken.setdefault(session.date, []).append(session.title)
    return [Day(day, _warnings(day, cohorts, kind, taken.get(day, []))) for day in dates]


def looked_at_each(planned, cohort):
    """A Day for each (kind, date) of ``planned``, all for one ``cohort`` that has no meetings."""
    return [Day(date, _warnings(date, [cohort], kind, [])) for kind, date in planned]


def _warnings(day, cohorts, kind, taken):
    said = []
    if name := holidays.name_of(day):
        said.append(_("Dit is %s.") % name)
    if kind != Session.Kind.EVENT:
        said += [_outside(day, cohort) for cohort in cohorts if not _covers(cohort, day)]
    if taken:
        said.append(_("Op deze dag is er al: %s.") % ", ".join(taken))
    return said


def _covers(cohort, day):
    return cohort.starts_on <= day <= cohort.ends_on


def _outside(day, cohort):
    facts = {"cohort": cohort.name}
    if day < cohort.starts_on:
        facts["day"] = long_date(cohort.starts_on)
        return _("%(cohort)s begint pas op %(day)s.") % facts
    facts["day"] = long_date(cohort.ends_on)
    return _("%(cohort)s is dan klaar: de laatste dag is %(day)s.") % facts
