"""How one cohort is doing: its figures on one page, for who works with it."""

from dataclasses import dataclass
from statistics import median

from django.db.models import Count, Q
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from participants import pace, progress
from participants.enrolments.models import CriterionKey, Enrolment
from participants.hours.models import HourEntry
from participants.interviews.models import FinalInterview
from participants.overview import burnup
from participants.overview.turns import COLUMNS
from participants.plans.models import TAKING_PART, DevelopmentPlan
from participants.sessions.models import Session
from participants.tracks.finding import staffed
from participants.tracks.models import Cohort

LISTED = 5  # open registers that are named on the page


@dataclass(frozen=True)
class Waiting:
    """The hours that wait for an answer; ``days`` are calendar days."""

    many: int
    minutes: int
    oldest_days: int
    median_days: int


@require_GET
def page(request, pk):
    """People, burn-up, hours that wait, meetings, GOP, interviews and certificates."""
    cohort = staffed(request.user, pk)
    admitted = Enrolment.objects.filter(cohort=cohort).admitted()
    people = admitted.filter(status__in=TAKING_PART)
    coordinates = Cohort.objects.coordinated_by(request.user).contains(cohort)
    criteria = _criteria(people)
    talks = pace.of(pace.to_talk_for_staff(admitted.active()).select_related("participant"))
    to_talk = list(talks.by_name())
    registers = Session.objects.unregistered().filter(cohorts=cohort).order_by("date", "pk")
    context = {
        "cohort": cohort,
        "coordinates": coordinates,
        "states": _states(admitted),
        "curves": burnup.curves(cohort, people),
        "waiting": waiting(HourEntry.objects.filter(enrolment__cohort=cohort)),
        "meetings": _meetings(cohort),
        "registers": list(registers[:LISTED]),
        "criteria": criteria,
        "endorsed": criteria[COLUMNS.index("gop")],
        "gop": DevelopmentPlan.objects.visible_to(request.user).filter(cohort=cohort).first(),
        "to_talk": to_talk,
        "talks": [(each, pace.talk_for_staff(each)) for each in to_talk],
        "interviews": _interviews(request.user, cohort) if coordinates else None,
        "certificates": _certificates(admitted),
    }
    return render(request, "participants/overview/stand.html", context)


def waiting(entries):
    """The Waiting of those of ``entries`` that wait; None where nothing does."""
    rows = entries.awaiting_review().order_by("submitted_at")
    rows = list(rows.values_list("submitted_at", "minutes"))
    if not rows:
        return None
    today = timezone.localdate()
    days = [(today - timezone.localdate(moment)).days for moment, _minutes in rows]
    return Waiting(len(rows), sum(minutes for _day, minutes in rows), days[0], int(median(days)))


def _states(admitted):
    """(word, how many) for each state in which somebody is."""
    counted = admitted.with_state().order_by().values("state").annotate(many=Count("pk"))
    many = {row["state"]: row["many"] for row in counted}
    return [(word, many[state]) for state, word in Enrolment.STATES if state in many]


def _meetings(cohort):
    """Per kind of meeting (word, how many are planned, held, and have a closed register)."""
    past = Q(date__lte=timezone.localdate())
    rows = Session.objects.planned().filter(cohorts=cohort).order_by().values("kind")
    counted = rows.annotate(
        planned=Count("pk"),
        held=Count("pk", filter=past),
        registered=Count("pk", filter=past & Q(closed_at__isnull=False)),
    )
    by_kind = {row["kind"]: row for row in counted}
    return [(word, by_kind[kind]) for kind, word in Session.Kind.choices if kind in by_kind]


def _criteria(people):
    """(word, how many met it, of how many) for each criterion."""
    standings = [enrolment.standing for enrolment in progress.of(people)]
    met = {key: sum(bool(each[f"{key}_met"]) for each in standings) for key in COLUMNS}
    return [(CriterionKey(key).label, many, len(standings)) for key, many in met.items()]


def _interviews(user, cohort):
    seen = FinalInterview.objects.visible_to(user).filter(enrolment__cohort=cohort)
    return seen.aggregate(
        planned=Count("pk", filter=Q(status="planned")),
        passed=Count("pk", filter=Q(result="pass")),
        not_yet=Count("pk", filter=Q(result="not_yet")),
    )


def _certificates(admitted):
    """How many have one that is valid, and how many more could get one today."""
    held = admitted.filter(certificates__status="valid").count()
    return {"valid": held, "ready": progress.met(admitted.active()).count()}
