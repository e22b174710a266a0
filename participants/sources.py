"""What is counted for the criteria, a table at a time, as SQL about an outer Enrolment.

Each source goes over the rows of one Enrolment once and counts all that ``progress`` asks of
them. Time is in minutes. The rules are those of domain.md, "The criteria for the certificate".
"""

from django.db.models import Count, Exists, F, Max, OuterRef, Q, Sum
from django.db.models.functions import Coalesce

from participants.enrolments.models import CriterionKey, Exemption, Pause
from participants.hours.models import HourEntry
from participants.interviews.models import FinalInterview
from participants.layers import Source
from participants.once import Today
from participants.plans.models import DevelopmentPlan, Endorsement, Feedback, PlanVersion
from participants.sessions.models import Attendance, Session


def _minutes(kind, status):
    return Sum("minutes", filter=Q(kind=kind, status=status), default=0)


def _hours(kind, approved):
    return {
        approved: _minutes(kind, HourEntry.Status.APPROVED),
        f"{kind}_submitted": _minutes(kind, HourEntry.Status.SUBMITTED),
        # Of the minutes, not of the key: those the index has too.
        f"{kind}_returned": Count("minutes", filter=Q(kind=kind, status=HourEntry.Status.RETURNED)),
    }


HOURS = Source(
    HourEntry.objects.filter(enrolment=OuterRef("pk")),
    _hours("work", "work_achieved") | _hours("study", "study_typed"),
)
# Of closed registers: lessons, intervision and events all count as study.
REGISTERS = Source(
    Attendance.objects.counting().filter(enrolment=OuterRef("pk")),
    {"study_in_meetings": Sum("minutes", default=0)},
)


def _asked_of_one():
    """Conditions on a meeting, seen from an outer enrolment: held and meant for you.

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


LESSON, INTERVISION = Q(session__kind="lesson"), Q(session__kind="intervision")
WITHOUT_REGISTER = Q(session__closed_at=None, session__date__lte=Today())
MEETINGS = Source(
    Session.cohorts.through.objects.filter(*_asked_of_one(), cohort=OuterRef("cohort")),
    {
        "lessons_planned": Count("pk", filter=LESSON),
        "lessons_open_registers": Count("pk", filter=LESSON & WITHOUT_REGISTER),
        "intervision_planned": Count("pk", filter=INTERVISION),
        "intervision_open_registers": Count("pk", filter=INTERVISION & WITHOUT_REGISTER),
    },
)
PRESENCE = Source(
    Attendance.objects.counting()
    .achieved()
    .filter(*_asked_of_one(), session__cohorts=OuterRef("cohort"), enrolment=OuterRef("pk")),
    {
        "lessons_achieved": Count("pk", filter=LESSON),
        "intervision_achieved": Count("pk", filter=INTERVISION),
    },
)
EXEMPTIONS = Source(
    Exemption.objects.standing().filter(enrolment=OuterRef("pk")),
    {
        f"{key}_exemptions": Count("pk", filter=Q(criterion=key, minutes=None))
        for key in CriterionKey.values
    }
    | {
        # The minutes that an exemption takes off the norm.
        f"{kind}_lowered_by": Sum(
            "minutes", filter=Q(criterion=kind, minutes__isnull=False), default=0
        )
        for kind in ("work", "study")
    },
)

IS_SHARED = Q(status=DevelopmentPlan.Status.SHARED)
IS_COMPLETE = Q(status=DevelopmentPlan.Status.COMPLETE)
STARTED = Q(Exists(PlanVersion.objects.filter(plan=OuterRef("pk"))))
# Staff asked for more on the latest shared version.
ASKED_FOR_MORE = Q(Exists(Feedback.objects.unanswered().filter(version__plan=OuterRef("pk"))))
# By this member, of the version that was completed: a plan that is not complete has none.
ENDORSED = Q(
    Exists(
        Endorsement.objects.filter(
            version=OuterRef("completed_version"), enrolment=OuterRef(OuterRef("pk"))
        )
    )
)
POP = Source(
    DevelopmentPlan.objects.personal().filter(enrolment=OuterRef("pk")),
    {
        "pop_achieved": Count("pk", filter=IS_COMPLETE),
        "pop_submitted": Count("pk", filter=IS_SHARED),
        "pop_started": Count("pk", filter=STARTED),
        "pop_asked_for_more": Count("pk", filter=IS_SHARED & ASKED_FOR_MORE),
    },
)
GOP = Source(
    DevelopmentPlan.objects.of_groups().filter(cohort=OuterRef("cohort")),
    {
        "gop_achieved": Count("pk", filter=ENDORSED),
        "gop_complete": Count("pk", filter=IS_COMPLETE),
        "gop_started": Count("pk", filter=STARTED),
    },
)
IS_PLANNED = Q(status=FinalInterview.Status.PLANNED)
IS_FINAL = Q(status=FinalInterview.Status.FINAL)
INTERVIEWS = Source(
    FinalInterview.objects.filter(enrolment=OuterRef("pk")),
    {
        "interview_achieved": Count("pk", filter=IS_FINAL & Q(result=FinalInterview.Result.PASS)),
        "interview_submitted": Count("pk", filter=IS_PLANNED),
        "interview_not_yet": Count("pk", filter=IS_FINAL & Q(result=FinalInterview.Result.NOT_YET)),
        "interview_planned_at": Max("planned_at", filter=IS_PLANNED),
    },
)
SOURCES = [HOURS, REGISTERS, MEETINGS, PRESENCE, EXEMPTIONS, POP, GOP, INTERVIEWS]
