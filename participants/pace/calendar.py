"""How much was planned by today, for anyone at all (see the docstring of ``participants.pace``).

Days are numbers here (``Day``), so that both databases count with them in the same way. Breaks
never overlap each other, nor do pauses; what a break and a pause share is taken off once.
"""

import datetime as dt

from django.db import models
from django.db.models import Case, Exists, F, Func, OuterRef, Q, Subquery, Sum, When
from django.db.models.functions import Cast, Coalesce, Greatest, Least, TruncDate
from django.db.models.lookups import GreaterThanOrEqual

from participants import progress
from participants.enrolments.models import Enrolment, Pause
from participants.layers import Layers, One
from participants.once import Named, Today
from participants.sources import SOURCES
from participants.statements import ByKey
from participants.tracks.models import CohortBreak

KINDS = ("study", "work")
EPOCH = dt.date(2000, 1, 1)
MOST_POINTS = 60  # of a line: one a week for a cohort of more than a year


class Day(Func):
    """A date as the number of days since EPOCH."""

    arity = 1
    output_field = models.IntegerField()

    def as_sqlite(self, compiler, connection, **context):
        start = "julianday('2000-01-01')"
        template = f"CAST(julianday(%(expressions)s) - {start} AS INTEGER)"
        return self.as_sql(compiler, connection, template=template, **context)

    def as_postgresql(self, compiler, connection, **context):
        template = "(CAST(%(expressions)s AS date) - DATE '2000-01-01')"
        return self.as_sql(compiler, connection, template=template, **context)


def number(name):
    """A figure of a lower layer."""
    return Named(name, models.IntegerField())


def of(enrolments):
    """``enrolments`` with their ``pace``, which ``lines`` and ``talk`` read; one query."""
    return enrolments.annotate(pace=PACE)


def known(enrolments):
    """``enrolments`` as a list, each with its ``standing`` (see ``progress.of``) and ``pace``.

    One query beside that for the rows themselves. Both are read off the same figures, which are
    counted once, so this costs less than to ask for the two apart.
    """
    rows = list(enrolments)
    figures = TOGETHER([row.pk for row in rows])
    there = [row for row in rows if row.pk in figures]  # who was erased meanwhile is not
    for row in there:
        row.standing = row.pace = figures[row.pk]
    return there


def to_talk(enrolments):
    """Those of ``enrolments`` who read now that it is time to talk."""
    return enrolments.filter(TALK)


def to_talk_for_staff(enrolments):
    """Those of ``enrolments`` of whom staff read it too: they could read it for some days."""
    return enrolments.filter(TALK_FOR_STAFF)


def planned(enrolments, days):
    """``[(day, study minutes, work minutes)]``: what was planned for all together by each day.

    One query. Raises ValueError for more than MOST_POINTS ``days``.
    """
    if len(days) > MOST_POINTS:
        raise ValueError(f"a line has at most {MOST_POINTS} points")
    sums = {
        f"{kind}_{turn}": Coalesce(Sum(PLANNED[kind].on(day)), 0)
        for turn, day in enumerate(days)
        for kind in KINDS
    }
    found = enrolments.order_by().aggregate(**sums)
    return [(day, found[f"study_{turn}"], found[f"work_{turn}"]) for turn, day in enumerate(days)]


# The days of one person


def _total(rows, owner, value):
    totals = rows.order_by().values(owner).annotate(total=Sum(value)).values("total")
    return Coalesce(Subquery(totals, output_field=models.IntegerField()), 0)


def _shared(starts, ends):
    """How many days lie between the latest of ``starts`` and the earliest of ``ends``."""
    return Greatest(Least(*ends) - Greatest(*starts) + 1, 0)


def _own_pauses():
    """The confirmed pauses, with ``last``: one without an end runs until today."""
    own = Pause.objects.confirmed().filter(enrolment=OuterRef("pk"))
    return own.annotate(last=Day(Coalesce("ends_on", Today())))


def _paused_days():
    """Days of pauses since the first day: by so many the last day moves."""
    days = Greatest(F("last") - Greatest(Day("starts_on"), number("first_day")) + 1, 0)
    return _total(_own_pauses(), "enrolment", days)


def _days_until(last_day):
    """The days from the first up to and with ``last_day``, without breaks and pauses."""
    first_day = number("first_day")
    breaks = CohortBreak.objects.filter(cohort=OuterRef("cohort"))
    in_breaks = _shared([Day("starts_on"), first_day], [Day("ends_on"), last_day])
    # Within each pause, and not as one list of pairs: most people never pause, and then nothing
    # is looked up.
    in_both = _shared(
        [Day(OuterRef("starts_on")), Day("starts_on"), first_day],
        [OuterRef("last"), Day("ends_on"), last_day],
    )
    theirs = CohortBreak.objects.filter(cohort=OuterRef(OuterRef("cohort")))
    in_pauses = _shared([Day("starts_on"), first_day], [F("last"), last_day])
    away = _total(breaks, "cohort", in_breaks) + _total(
        _own_pauses(), "enrolment", in_pauses - _total(theirs, "cohort", in_both)
    )
    return Greatest(last_day - first_day + 1 - away, 0)


# The layers


def _facts():
    """What is read of the person: the first day, the measure, and what stands there.

    The last two from the figures of ``progress``, which went over each table once.
    """
    on_pause = Pause.objects.confirmed().filter(enrolment=OuterRef("pk")).covering(Today())
    facts = {
        "first_day": Greatest(Day(F("starts_on")), Day(F("cohort__starts_on"))),
        "today": Day(Today()),
        "let_in": Day(TruncDate("decided_at")),
        "takes_part": Q(status=Enrolment.Status.ACTIVE) & ~Exists(on_pause),
    }
    for kind in KINDS:
        exempted = Q(Named(f"{kind}_exempted", models.BooleanField()))
        facts[f"{kind}_norm"] = Case(When(exempted, then=0), default=number(f"{kind}_required"))
        # What waits for an answer is written down: that it waits is not theirs to mend.
        facts[f"{kind}_there"] = number(f"{kind}_achieved") + number(f"{kind}_submitted")
    return facts


def _ends():
    last = Coalesce(Day(F("entries_until")), Day(F("cohort__ends_on")) + _paused_days())
    return {"last_day": last}


def _until():
    """The days up to which is counted: those that are over, now and when it was first told."""
    yesterday = number("today") - 1
    return {
        "until": Least(yesterday, number("last_day")),
        "until_when_told": Least(yesterday - F("cohort__talk_first_days"), number("last_day")),
    }


def _days():
    return {
        "in_all": _days_until(number("last_day")),
        "gone": _days_until(number("until")),
        "gone_when_told": _days_until(number("until_when_told")),
    }


def _planned(kind, gone):
    # Whole numbers on both sides, so that both databases leave out what is less than a minute.
    grown = Cast(number(f"{kind}_norm") * number(gone), models.BigIntegerField())
    return grown / Cast(Greatest(number("in_all"), 1), models.BigIntegerField())


def _plan():
    return {
        f"{kind}_planned{suffix}": _planned(kind, f"gone{suffix}")
        for kind in KINDS
        for suffix in ("", "_when_told")
    }


def _behind(kind, suffix):
    """Whether what stands there is at least the threshold less than what was planned."""
    less = number(f"{kind}_planned{suffix}") - number(f"{kind}_there")
    return Q(
        Named("takes_part", models.BooleanField()),
        GreaterThanOrEqual(less, F("cohort__talk_behind_minutes")),
        cohort__talk_behind_minutes__gt=0,
    )


def _could_read_it():
    """Whether they were let in long enough ago to have read it before staff do."""
    since = number("let_in") + F("cohort__talk_first_days")
    return Q(GreaterThanOrEqual(number("today"), since))


def _flags():
    flags = {}
    for suffix, told in (("", Q()), ("_when_told", _could_read_it())):
        each = {f"{kind}_behind{suffix}": _behind(kind, suffix) & told for kind in KINDS}
        flags |= each | {f"talk{suffix}": Q(*each.values(), _connector=Q.OR)}
    return flags


UP_TO_THE_PLAN = [progress.DERIVED, _facts(), _ends(), _until(), _days(), _plan()]
LAYERS = [*UP_TO_THE_PLAN, _flags()]
SHOWN = [
    *(f"{kind}_{what}" for kind in KINDS for what in ("planned", "there", "behind")),
    *(f"{kind}_behind_when_told" for kind in KINDS),
    "talk",
    "talk_when_told",
]
PACE = Layers("pace", LAYERS, SHOWN, SOURCES)
TOGETHER = ByKey(progress.standing_with("standing_and_pace", LAYERS, SHOWN))
TALK = One("pace", LAYERS, "talk", models.BooleanField(), SOURCES)
TALK_FOR_STAFF = One("pace", LAYERS, "talk_when_told", models.BooleanField(), SOURCES)
PLANNED = {
    kind: One("pace", UP_TO_THE_PLAN, f"{kind}_planned", models.IntegerField(), SOURCES)
    for kind in KINDS
}
