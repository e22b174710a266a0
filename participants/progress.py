"""Has an enrolment met its criteria? Answered here, in SQL, and nowhere else.

Every criterion has one shape: so much achieved of so much required. The expressions are
about an outer Enrolment row, so one rule serves one page, a list, or a hundred thousand.
Time is in minutes; meetings are counted; the rest is one item or none.
The rules are those of domain.md, "The criteria for the certificate".
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.db import models
from django.db.models import Case, Count, Exists, F, Max, OuterRef, Q, Subquery, Sum, Value, When
from django.db.models.functions import Coalesce, Greatest, NullIf
from django.db.models.lookups import GreaterThanOrEqual

from participants import explanations
from participants.enrolments.models import CriterionKey, Exemption, Pause
from participants.hours.models import HourEntry
from participants.interviews.models import FinalInterview
from participants.once import Figures, Named, Once, Today
from participants.plans.models import DevelopmentPlan, Endorsement, Feedback
from participants.sessions.models import Attendance, Session

NOTHING = Value(0)


@dataclass(frozen=True)
class Criterion:
    """One condition for the certificate, as expressions about an outer Enrolment."""

    key: str
    unit: str
    achieved: object
    required: object
    submitted: object
    explain: Callable
    facts: dict = field(default_factory=dict)

    @property
    def label(self):
        return CriterionKey(self.key).label

    def exempted(self):
        """Whether a standing exemption makes this criterion count as met."""
        given = Exemption.objects.standing().whole().filter(criterion=self.key)
        return Exists(given.filter(enrolment=OuterRef("pk")))

    def met(self):
        return _enough(self.achieved, self.required, self.exempted())

    def figures(self):
        """What ``lines`` reads of this criterion, by name, but for the verdict."""
        return {
            f"{self.key}_achieved": self.achieved,
            f"{self.key}_required": self.required,
            f"{self.key}_submitted": self.submitted,
            f"{self.key}_exempted": self.exempted(),
            **{f"{self.key}_{name}": fact for name, fact in self.facts.items()},
        }


def _enough(achieved, required, exempted):
    """The one meaning of met: as much as is required, or an exemption."""
    return GreaterThanOrEqual(achieved, required) | Q(exempted)


def of(enrolments):
    """``enrolments`` with their ``standing``: what ``lines`` reads, and ``criteria_met``.

    One query, whatever the number of rows; totals come from subqueries, never from joins.
    """
    return enrolments.annotate(standing=STANDING)


def with_hours(enrolments):
    """``enrolments`` with ``study_achieved`` and ``work_achieved`` in minutes, to sort by."""
    return enrolments.annotate(**HOURS)


def with_verdict(enrolments):
    """``enrolments`` with only ``criteria_met``: for lists that need no figures."""
    return enrolments.annotate(criteria_met=ALL_MET)


def met(enrolments):
    """Those of ``enrolments`` that have met every criterion."""
    return enrolments.filter(ALL_MET)


def not_met(enrolments):
    """Those of ``enrolments`` that still miss a criterion."""
    return enrolments.exclude(ALL_MET)


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
    figures = {
        name: enrolment.standing[f"{criterion.key}_{name}"]
        for name in ["required", "achieved", "submitted", "met", "exempted", *criterion.facts]
    }
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


def _per(owner, rows, value):
    """``value`` aggregated over ``rows`` of one owner; 0 where there are no rows."""
    totals = rows.order_by().values(owner).annotate(total=value).values("total")
    return Coalesce(Subquery(totals, output_field=models.IntegerField()), 0)


def _of_enrolment(rows, value):
    return _per("enrolment", rows.filter(enrolment=OuterRef("pk")), value)


# Hours


def _entries(kind, status):
    return _of_enrolment(HourEntry.objects.filter(kind=kind, status=status), Sum("minutes"))


def _entries_returned(kind):
    return _of_enrolment(HourEntry.objects.returned().filter(kind=kind), Count("pk"))


def _norm(kind):
    """The cohort's pinned norm, lowered by what an exemption takes off; never below 0."""
    return Greatest(F(f"cohort__{kind}_minutes") - _lowered_by(kind), 0)


def _lowered_by(kind):
    """The minutes that a standing exemption takes off the norm."""
    less = Exemption.objects.standing().of_minutes().filter(criterion=kind)
    return _of_enrolment(less, Sum("minutes"))


def _in_meetings():
    """Minutes of closed registers: lessons, intervision and events all count as study."""
    there = Attendance.objects.counting()
    return _of_enrolment(there, Sum("minutes"))


STUDY_NORM = Case(When(cohort__study_required=True, then=_norm("study")), default=NOTHING)


# Meetings


def _asked_of_one():
    """Conditions on a meeting, seen from an enrolment two queries up: held and meant for you.

    Planned and not cancelled, within the enrolment and outside confirmed pauses.
    """
    pause = (
        Pause.objects.confirmed()
        .filter(enrolment=OuterRef(OuterRef("pk")))
        .covering(OuterRef("session__date"))
    )
    return [
        Q(session__cancelled_at=None),
        Q(session__date__gte=OuterRef("starts_on")),
        Q(session__date__lte=Coalesce(OuterRef("ends_on"), F("session__date"))),
        ~Exists(pause),
    ]


def _planned(kind, value):
    """``value`` over the meetings of one kind that are asked of an enrolment."""
    meetings = Session.cohorts.through.objects.filter(
        *_asked_of_one(), cohort=OuterRef("cohort"), session__kind=kind
    )
    return _per("cohort", meetings, value)


def _to_attend(kind):
    """How many meetings must be attended: all, minus one in so many, rounded up.

    At least 1: where no meeting is planned the criterion is open, never silently met.
    """
    one_in = NullIf(Max("cohort__may_miss_one_in"), 0)  # one cohort: the same on every row
    may_miss = Coalesce((Count("pk") + one_in - 1) / one_in, 0)
    return Greatest(_planned(kind, Count("pk") - may_miss), 1)


def _attended(kind):
    rows = Attendance.objects.counting().achieved().filter(*_asked_of_one(), session__kind=kind)
    return _of_enrolment(rows.filter(session__cohorts=OuterRef("cohort")), Count("pk"))


def _register_open(kind):
    """How many past meetings wait for their register."""
    open_ones = Q(session__closed_at=None, session__date__lte=Today())
    return _planned(kind, Count("pk", filter=open_ones))


def _meetings(kind):
    return {
        "unit": "meetings",
        "achieved": _attended(kind),
        "required": _to_attend(kind),
        "submitted": NOTHING,
        "facts": {
            "planned": _planned(kind, Count("pk")),
            "open_registers": _register_open(kind),
        },
    }


# Plans and interview


def _one(rows):
    """1 where such a row exists, else 0."""
    return Case(When(Exists(rows), then=1), default=0, output_field=models.IntegerField())


def _pop(**state):
    return DevelopmentPlan.objects.personal().filter(enrolment=OuterRef("pk"), **state)


def _gop(**state):
    return DevelopmentPlan.objects.of_groups().filter(cohort=OuterRef("cohort"), **state)


def _endorsed():
    """An endorsement by this member of the version that was completed.

    A plan that is not complete has no completed version: the database holds that.
    """
    return Endorsement.objects.filter(
        enrolment=OuterRef("pk"),
        version__plan__cohort=OuterRef("cohort"),
        version__plan__completed_version=F("version"),
    )


def _asked_for_more():
    """Whether staff asked for more on the latest shared version of the POP."""
    asked = Feedback.objects.unanswered()
    return _one(asked.filter(version__plan__enrolment=OuterRef("pk")))


def _interviews(**state):
    return FinalInterview.objects.filter(enrolment=OuterRef("pk"), **state)


CRITERIA = [
    Criterion(
        key=CriterionKey.WORK,
        unit="minutes",
        achieved=_entries("work", "approved"),
        required=_norm("work"),
        submitted=_entries("work", "submitted"),
        explain=explanations.of_hours,
        facts={"returned": _entries_returned("work"), "lowered_by": _lowered_by("work")},
    ),
    Criterion(
        key=CriterionKey.STUDY,
        unit="minutes",
        achieved=_entries("study", "approved") + _in_meetings(),
        required=STUDY_NORM,
        submitted=_entries("study", "submitted"),
        explain=explanations.of_hours,
        facts={
            "returned": _entries_returned("study"),
            "lowered_by": _lowered_by("study"),
            "in_meetings": _in_meetings(),
        },
    ),
    Criterion(key=CriterionKey.LESSONS, explain=explanations.of_meetings, **_meetings("lesson")),
    Criterion(
        key=CriterionKey.INTERVISION,
        explain=explanations.of_meetings,
        **_meetings("intervision"),
    ),
    Criterion(
        key=CriterionKey.POP,
        unit="item",
        achieved=_one(_pop(status=DevelopmentPlan.Status.COMPLETE)),
        required=Value(1),
        submitted=_one(_pop(status=DevelopmentPlan.Status.SHARED)),
        explain=explanations.of_pop,
        facts={"started": _one(_pop(versions__isnull=False)), "asked_for_more": _asked_for_more()},
    ),
    Criterion(
        key=CriterionKey.GOP,
        unit="item",
        achieved=_one(_endorsed()),
        required=Value(1),
        submitted=NOTHING,
        explain=explanations.of_gop,
        facts={
            "complete": _one(_gop(status=DevelopmentPlan.Status.COMPLETE)),
            "started": _one(_gop(versions__isnull=False)),
        },
    ),
    Criterion(
        key=CriterionKey.INTERVIEW,
        unit="item",
        achieved=_one(_interviews(status="final", result="pass")),
        required=Value(1),
        submitted=_one(_interviews(status="planned")),
        explain=explanations.of_interview,
        facts={
            "not_yet": _one(_interviews(status="final", result="not_yet")),
            "planned_at": Subquery(_interviews(status="planned").values("planned_at")[:1]),
        },
    ),
]


# The questions, each worked out once


def _asked(name, condition):
    return Once(name, Case(When(condition, then=True), default=False), models.BooleanField())


def _read(criterion):
    """``met`` of a criterion whose figures were worked out, by their names."""
    return _enough(
        Named(f"{criterion.key}_achieved", models.IntegerField()),
        Named(f"{criterion.key}_required", models.IntegerField()),
        Named(f"{criterion.key}_exempted", models.BooleanField()),
    )


def _standing():
    figures, verdicts = {}, {}
    for criterion in CRITERIA:
        figures |= criterion.figures()
        verdicts[f"{criterion.key}_met"] = _read(criterion)
    verdicts["criteria_met"] = Q(*map(_read, CRITERIA))
    return Figures("standing", figures, verdicts, moments=["interview_planned_at"])


STANDING = _standing()
MET = {one.key: _asked(f"{one.key}_met", one.met()) for one in CRITERIA}
ALL_MET = _asked("criteria_met", Q(*(one.met() for one in CRITERIA)))
HOURS = {
    f"{one.key}_achieved": Once(f"{one.key}_achieved", one.achieved, models.IntegerField())
    for one in CRITERIA
    if one.unit == "minutes"
}
