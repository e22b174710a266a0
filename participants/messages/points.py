"""What a reminder may be about: each point is a condition about an outer Enrolment.

A point asks something that is open now, or tells of news since the reminder before. The
sentence that stands in the mail is in ``texts``; none of them says anything about a person.
"""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Exists, F, OuterRef, Q, Value
from django.db.models.functions import TruncDate
from django.db.models.lookups import GreaterThanOrEqual
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from participants import progress
from participants.enrolments.models import Pause
from participants.hours.models import HourEntry
from participants.interviews.afterwards import Objection
from participants.interviews.models import FinalInterview
from participants.messages.models import Reminder
from participants.pace.calendar import TALK, Day
from participants.plans.feedback import Feedback
from participants.plans.models import DevelopmentPlan
from participants.sessions.models import Session
from participants.tracks.models import CohortBreak

MEETING_DAYS = 7
INTERVIEW_DAYS = 14
NEWS_DAYS = 28


@dataclass(frozen=True)
class Point:
    """``why``: what staff read; ``holds``: a function from a moment to a condition."""

    key: str
    why: object
    holds: object


def with_points(enrolments, moment):
    """``enrolments`` with ``point_<key>`` for each of POINTS, true or false at ``moment``."""
    return enrolments.annotate(**{f"point_{point.key}": Q(point.holds(moment)) for point in POINTS})


def any_point():
    """A condition on what comes from ``with_points``: there is something to say."""
    return Q(*(Q(**{f"point_{point.key}": True}) for point in POINTS), _connector=Q.OR)


def of(enrolment):
    """The keys of the points that hold for an enrolment that came from ``with_points``."""
    return [point.key for point in POINTS if getattr(enrolment, f"point_{point.key}")]


def _own(rows):
    return rows.filter(enrolment=OuterRef("pk"))


def _returned(moment):
    return Exists(_own(HourEntry.objects.returned()))


def _quiet(moment):
    """Nothing was written down for so many days, hours are open, and there was time to."""
    day = _number(timezone.localdate(moment))
    since = day - OuterRef("cohort__quiet_days")
    written = HourEntry.objects.filter(
        GreaterThanOrEqual(Day(TruncDate("created_at")), since + 1), enrolment=OuterRef("pk")
    )
    return (
        Q(cohort__quiet_days__gt=0)
        & (~Q(progress.MET["work"]) | ~Q(progress.MET["study"]))
        & Q(GreaterThanOrEqual(day - F("cohort__quiet_days"), Day(F("starts_on"))))
        # Who came in lately could not write down what was before.
        & Q(GreaterThanOrEqual(day - F("cohort__quiet_days"), Day(TruncDate(F("decided_at")))))
        & ~Exists(written)
        & ~Exists(_lately(Pause.objects.confirmed(), since, moment, enrolment=OuterRef("pk")))
        & ~Exists(_lately(CohortBreak.objects.all(), since, moment, cohort=OuterRef("cohort")))
    )


def _lately(rows, since, moment, **owner):
    """Those of ``rows`` of which a day lies between ``since`` and ``moment``."""
    ended_before = Q(ends_on__isnull=False) & ~Q(GreaterThanOrEqual(Day("ends_on"), since))
    return rows.filter(starts_on__lte=timezone.localdate(moment), **owner).exclude(ended_before)


def _number(day):
    return Day(Value(day))


def _plan(moment):
    asked = Feedback.objects.unanswered()
    return Exists(asked.filter(version__plan__enrolment=OuterRef("pk")))


def _group_plan(moment):
    complete = DevelopmentPlan.objects.of_groups().filter(
        cohort=OuterRef("cohort"), status=DevelopmentPlan.Status.COMPLETE
    )
    return Exists(complete) & ~Q(progress.MET["gop"])


def _meeting(moment):
    today = timezone.localdate(moment)
    coming = Session.objects.planned().filter(
        cohorts=OuterRef("cohort"),
        kind__in=[Session.Kind.LESSON, Session.Kind.INTERVISION],
        date__range=(today, today + dt.timedelta(days=MEETING_DAYS - 1)),
    )
    return Exists(coming)


def _interview(moment):
    until = moment + dt.timedelta(days=INTERVIEW_DAYS)
    planned = FinalInterview.objects.filter(
        status=FinalInterview.Status.PLANNED, planned_at__range=(moment, until)
    )
    return Exists(_own(planned))


def _untold(rows, happened_at, moment, participant):
    """Those of ``rows`` that happened lately, after the last reminder to that person."""
    after = Reminder.objects.sent().filter(
        participant=OuterRef(participant), made_at__gte=OuterRef(happened_at), made_at__lt=moment
    )
    since = moment - dt.timedelta(days=NEWS_DAYS)
    return rows.filter(~Exists(after), **{f"{happened_at}__gte": since})


def _report(moment):
    final = FinalInterview.objects.final()
    return Exists(_own(_untold(final, "finalised_at", moment, "enrolment__participant")))


def _answer(moment):
    decided = Objection.objects.filter(interview__enrolment=OuterRef("pk"))
    path = "interview__enrolment__participant"
    return Exists(_untold(decided, "decided_at", moment, path))


def _talk(moment):
    return Q(TALK.on(timezone.localdate(moment)))


def _name(moment):
    return Q(progress.ALL_MET) & Q(name_confirmed_at=None)


POINTS = (
    Point("returned", _("Uren kwamen terug met een vraag"), _returned),
    Point("plan", _("Vraag over het plan (POP) wacht"), _plan),
    Point("group_plan", _("Het groepsplan (GOP) is compleet"), _group_plan),
    Point("meeting", _("Les of intervisie deze week"), _meeting),
    Point("interview", _("Het eindgesprek komt eraan"), _interview),
    Point("report", _("Verslag van het eindgesprek is klaar"), _report),
    Point("answer", _("Over het bezwaar is besloten"), _answer),
    Point("quiet", _("Een tijd geen uren opgeschreven"), _quiet),
    Point("talk", _("Even praten over de planning"), _talk),
    Point("name", _("De naam is nog niet bevestigd"), _name),
)
BY_KEY = {point.key: point for point in POINTS}
