"""Has an enrolment met its criteria? Answered here, in SQL, and nowhere else.

Every criterion has one shape: so much achieved of so much required. What is counted for it stands
in ``sources``, what follows from that here. All of it is about an outer Enrolment row, so one
rule serves one page, a list, or a hundred thousand.
Time is in minutes; meetings are counted; the rest is one item or none.
The rules are those of domain.md, "The criteria for the certificate".
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, lru_cache

from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.db.models.functions import Coalesce, Greatest, NullIf
from django.db.models.lookups import GreaterThan, GreaterThanOrEqual

from participants import explanations
from participants.enrolments.models import CriterionKey, Enrolment
from participants.layers import ASKED, Layers, One, side_by_side
from participants.once import Named, Once
from participants.sources import SOURCES


@dataclass(frozen=True)
class Criterion:
    """One condition for the certificate; its figures are counted in SOURCES or DERIVED from them.

    ``facts`` are the figures beside those that every criterion has, by their last name.
    """

    key: str
    unit: str
    explain: Callable
    facts: tuple = ()

    @property
    def label(self):
        return CriterionKey(self.key).label

    @cached_property
    def named(self):
        """What ``standing`` calls its figures."""
        names = ("required", "achieved", "submitted", "met", "exempted", *self.facts)
        return tuple(f"{self.key}_{name}" for name in names)

    @property
    def achieved(self):
        return figure(f"{self.key}_achieved")

    @property
    def required(self):
        return figure(f"{self.key}_required")

    @property
    def submitted(self):
        return figure(f"{self.key}_submitted")

    def exempted(self):
        """Whether a standing exemption makes this criterion count as met."""
        return figure(f"{self.key}_exempted", models.BooleanField())


def of(enrolments):
    """``enrolments`` with their ``standing``: what ``lines`` reads, and ``criteria_met``.

    One query, whatever the number of rows; totals come from subqueries, never from joins.
    """
    return enrolments.annotate(standing=STANDING)


def with_ranks(enrolments, *keys):
    """``enrolments`` with a ``<key>_rank`` to sort by for each of the criteria ``keys``.

    What was achieved, in minutes or meetings; of one item whether it is met.
    """
    return enrolments.annotate(**{f"{key}_rank": RANKS[key] for key in keys})


def with_verdict(enrolments):
    """``enrolments`` with only ``criteria_met``: for lists that need no figures."""
    return enrolments.annotate(criteria_met=ALL_MET)


def met(enrolments):
    """Those of ``enrolments`` that have met every criterion."""
    return enrolments.filter(EVERYTHING)


def not_met(enrolments):
    """Those of ``enrolments`` that still miss a criterion."""
    return enrolments.exclude(EVERYTHING)


def missing(enrolments, key):
    """Those of ``enrolments`` that still miss the criterion ``key``."""
    return enrolments.exclude(MET[key])


def lines(enrolment):
    """The criteria of an enrolment that came from ``of``, in order, for people to read.

    Each line: key, label, unit (minutes, meetings, item), required, achieved (uncapped),
    submitted (waiting for an answer), returned (entries that came back), met, exempted,
    lowered_by (minutes that an exemption took off the norm), started (a plan with a version),
    explanation (one or two Dutch sentences) and waiting_on (who acts next; None when met).
    """
    return [_line(enrolment, criterion) for criterion in CRITERIA]


def _line(enrolment, criterion):
    standing = enrolment.standing
    return dict(_told(criterion, tuple(standing[name] for name in criterion.named)))


# The words hang on the figures alone, and in a list many people have the same.
@lru_cache(maxsize=4096)
def _told(criterion, values):
    names = (name.removeprefix(f"{criterion.key}_") for name in criterion.named)
    figures = dict(zip(names, values, strict=True))
    explanation, waiting_on = explanations.explain(criterion, figures)
    return {
        "key": str(criterion.key),
        "label": str(criterion.label),
        "unit": criterion.unit,
        **{name: figures[name] for name in ["required", "achieved", "submitted"]},
        "returned": figures.get("returned", 0),
        "met": bool(figures["met"]),
        "exempted": bool(figures["exempted"]),
        "lowered_by": figures.get("lowered_by", 0),
        "started": bool(figures.get("started")),
        "explanation": explanation,
        "waiting_on": waiting_on,
    }


# What follows from it


def _number(name):
    return Named(name, models.IntegerField())


def _norm(kind):
    """The cohort's pinned norm, lowered by what an exemption takes off; never below 0."""
    return Greatest(F(f"cohort__{kind}_minutes") - _number(f"{kind}_lowered_by"), 0)


def _to_attend(key):
    """How many meetings must be attended: all, minus one in so many, rounded up.

    At least 1: where no meeting is planned the criterion is open, never silently met.
    """
    planned, one_in = _number(f"{key}_planned"), NullIf(F("cohort__may_miss_one_in"), 0)
    may_miss = Coalesce((planned + one_in - 1) / one_in, 0)
    return Greatest(planned - may_miss, 1)


DERIVED = {
    "work_required": _norm("work"),
    "study_achieved": _number("study_typed") + _number("study_in_meetings"),
    "study_required": Case(When(cohort__study_required=True, then=_norm("study")), default=0),
    "lessons_required": _to_attend("lessons"),
    "intervision_required": _to_attend("intervision"),
    **{f"{key}_required": Value(1) for key in ("pop", "gop", "interview")},
    **{f"{key}_submitted": Value(0) for key in ("lessons", "intervision", "gop")},
    **{
        f"{key}_exempted": Q(GreaterThan(_number(f"{key}_exemptions"), 0))
        for key in CriterionKey.values
    },
}


def _enough(key):
    """The one meaning of met: as much as is required, or an exemption."""
    enough = GreaterThanOrEqual(_number(f"{key}_achieved"), _number(f"{key}_required"))
    return Q(enough) | Q(Named(f"{key}_exempted", models.BooleanField()))


VERDICTS = {f"{key}_met": _enough(key) for key in CriterionKey.values}
LAYERS = [DERIVED, VERDICTS]


def figure(name, output_field=None):
    """One figure of ``standing`` as an expression, to filter, sort or add up by."""
    return One("standing", LAYERS, name, output_field or models.IntegerField(), SOURCES)


CRITERIA = [
    Criterion(
        key=CriterionKey.WORK,
        unit="minutes",
        explain=explanations.of_hours,
        facts=("returned", "lowered_by"),
    ),
    Criterion(
        key=CriterionKey.STUDY,
        unit="minutes",
        explain=explanations.of_hours,
        facts=("returned", "lowered_by", "in_meetings"),
    ),
    Criterion(
        key=CriterionKey.LESSONS,
        unit="meetings",
        explain=explanations.of_meetings,
        facts=("planned", "open_registers"),
    ),
    Criterion(
        key=CriterionKey.INTERVISION,
        unit="meetings",
        explain=explanations.of_meetings,
        facts=("planned", "open_registers"),
    ),
    Criterion(
        key=CriterionKey.POP,
        unit="item",
        explain=explanations.of_pop,
        facts=("started", "asked_for_more"),
    ),
    Criterion(
        key=CriterionKey.GOP,
        unit="item",
        explain=explanations.of_gop,
        facts=("complete", "started"),
    ),
    Criterion(
        key=CriterionKey.INTERVIEW,
        unit="item",
        explain=explanations.of_interview,
        facts=("not_yet", "planned_at"),
    ),
]


# The questions, each worked out once


def _truth(name):
    return Named(name, models.BooleanField())


def standing_with(name, layers=(), shown=()):
    """All that ``lines`` reads, and whether everything is met, from one pass over each table.

    And the figures ``shown`` of ``layers`` that stand on the same figures.
    """
    everything = {"criteria_met": Q(*(_truth(verdict) for verdict in VERDICTS))}
    parts = ("achieved", "required", "submitted", "exempted", "met")
    own = [f"{one.key}_{part}" for one in CRITERIA for part in (*parts, *one.facts)]
    return Layers(
        name,
        side_by_side([*LAYERS, everything], layers),
        [*own, "criteria_met", *shown],
        SOURCES,
        moments=["interview_planned_at"],
    )


# Of a hundred thousand people most miss what is found in one row, or in one stretch of an index;
# meetings, which are looked up one by one, are asked of the few who are left.
QUICK_FIRST = ("interview", "pop", "gop", "work", "study", "lessons", "intervision")

STANDING = standing_with("standing")
MET = {one.key: figure(f"{one.key}_met", models.BooleanField()) for one in CRITERIA}
# Not within a CASE, of which PostgreSQL does not see what it costs.
EVERYTHING = Q(*(MET[key] for key in QUICK_FIRST))
ALL_MET = Once(
    "criteria_met",
    Case(When(EVERYTHING, then=True), default=False),
    models.BooleanField(),
    Enrolment,
    ASKED,
)
RANKS = {one.key: MET[one.key] if one.unit == "item" else one.achieved for one in CRITERIA}
