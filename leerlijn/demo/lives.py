"""What one person did: hours, meetings, plans, an interview. Written as rows, dated in the past."""

import datetime as dt
from itertools import cycle

from django.utils import timezone

from participants.interviews.models import Value
from participants.models import (
    Attendance,
    DevelopmentPlan,
    Endorsement,
    FinalInterview,
    HourEntry,
    InterviewItem,
    LearningGoal,
    LearningPlace,
    Placement,
    PlanVersion,
    Rating,
    Seat,
    Session,
    Supervisor,
)

WORK = [
    "Meegelopen op het spreekuur",
    "Koffieochtend in de buurtkamer",
    "Kennismaken met het team",
    "Samen met een collega op huisbezoek",
    "Brieven uitgezocht in de buurtkamer",
]
STUDY = [
    "Gelezen en een samenvatting gemaakt",
    "Een gesprek geoefend, open vragen",
    "Aantekeningen voor mijn POP",
    "Een filmpje over luisteren gekeken",
]
POP = {
    "goed": "Ik blijf rustig als het druk is en mensen praten makkelijk met mij.",
    "leren": "Ik wil beter mijn grens aangeven.",
    "rol": "Ik laat zien dat het anders kan.",
    "nodig": "Een collega om mee na te praten.",
    "volhouden": "Op vrijdag wandel ik.",
}
GOALS = [
    {
        "what": "Nee zeggen als het te veel is",
        "why": "Dan houd ik het langer vol.",
        "actions": "Elke week één keer oefenen, en het opschrijven.",
        "how_seen": "Ik slaap beter na een drukke dag.",
        "state": "busy",
    },
    {"what": "Open vragen stellen in een gesprek", "actions": "Oefenen in de intervisie."},
]
GOP = {
    "doel": "Wij willen dat ieder buurtteam ons weet te vinden.",
    "meebrengen": "Geduld, humor en veel kennis van de buurt.",
    "afspraken": "We zijn op tijd en laten elkaar uitpraten.",
}
SUPERVISORS = ["Karim Zonneveld", "Hester Prins", "Lidia Costa"]


def on_a_weekday(day):
    """``day``, or the Friday before it."""
    return day - dt.timedelta(days=max(day.weekday() - 4, 0))


def noon(day):
    return timezone.make_aware(dt.datetime.combine(day, dt.time(12)))


def supervisor(number):
    """One of the invented people at the learning places; made when first asked for."""
    number = number % len(SUPERVISORS)
    address = f"begeleider{number + 1}@buurtteam.example"
    known, _new = Supervisor.objects.get_or_create(
        email=address, defaults={"name": SUPERVISORS[number], "phone": f"06 0000 000{number + 1}"}
    )
    return known


def place(enrolment, number):
    places = list(LearningPlace.objects.order_by("pk"))
    return Placement.objects.create(
        enrolment=enrolment,
        place=places[number % len(places)],
        supervisor=supervisor(number),
        starts_on=enrolment.starts_on,
    )


def log(enrolment, kind, minutes, *, last, by=None, step=3, longest=240, **facts):
    """Entries of ``kind`` that add up to ``minutes``, back in time from the day ``last``.

    Approved by ``by``, else submitted and waiting.
    """
    days = (last - dt.timedelta(days=step * n) for n in range(10_000))
    words = cycle(WORK if kind == "work" else STUDY)
    rows = []
    while minutes > 0:
        rows.append(_entry(enrolment, kind, min(minutes, longest), next(days), next(words), by))
        minutes -= longest
    for row in rows:
        for name, value in facts.items():
            setattr(row, name, value)
    return HourEntry.objects.bulk_create(rows)


def _entry(enrolment, kind, minutes, day, words, by):
    placement = enrolment.placements.first() if kind == "work" else None
    verdict = {"status": "submitted"}
    if by:
        verdict = {"status": "approved", "reviewed_by": by, "reviewed_at": noon(day)}
    return HourEntry(
        enrolment=enrolment,
        kind=kind,
        minutes=minutes,
        date=max(day, enrolment.starts_on),
        description=words,
        placement=placement,
        submitted_at=noon(day),
        **verdict,
    )


def meeting(cohort, kind, number, day, minutes, *, closed_by=None):
    """One meeting of ``cohort``; with ``closed_by`` its register is done."""
    names = {"lesson": "Les", "intervision": "Intervisie", "event": "Open avond"}
    day = on_a_weekday(day)
    closed = {"closed_at": noon(day), "closed_by": closed_by, "register_version": 1}
    session = Session.objects.create(
        kind=kind,
        title=f"{names[kind]} {number}",
        date=day,
        starts_at=dt.time(10),
        minutes=minutes,
        place="Huis van de Wijk Zuiderlicht",
        **(closed if closed_by else {}),
    )
    session.cohorts.add(cohort)
    return session


def attend(sessions, enrolment, *, by, missed=0):
    """Present and taken part, but for the last ``missed`` of ``sessions``."""
    there = len(sessions) - missed
    Attendance.objects.bulk_create(
        Attendance(
            session=session,
            enrolment=enrolment,
            status="present" if place < there else "excused",
            actively_participated=place < there,
            minutes=session.minutes if place < there else 0,
            recorded_by=by,
        )
        for place, session in enumerate(sessions)
    )


def pop(enrolment, day, *, state="draft", by=None):
    """A POP in ``state`` with one version of that day; ``by`` completed it."""
    plan = DevelopmentPlan.objects.create(
        kind="personal", enrolment=enrolment, status="draft" if state == "draft" else "shared"
    )
    goals = LearningGoal.objects.bulk_create(
        LearningGoal(plan=plan, position=place, **goal) for place, goal in enumerate(GOALS, start=1)
    )
    version = PlanVersion.objects.create(
        plan=plan,
        number=1,
        author=enrolment.participant,
        sections=POP,
        goals=[] if state == "draft" else [goal.as_shared for goal in goals],
        shared_at=None if state == "draft" else noon(day),
        saved_at=noon(day),
    )
    if state == "complete":
        complete(plan, version, day, by)


def gop(cohort, author, day, *, by):
    """The complete GOP of ``cohort``; returns the version that was completed."""
    plan = DevelopmentPlan.objects.create(kind="group", cohort=cohort, status="shared")
    version = PlanVersion.objects.create(
        plan=plan, number=1, author=author, sections=GOP, shared_at=noon(day)
    )
    complete(plan, version, day, by)
    return version


def complete(plan, version, day, by):
    plan.status = "complete"
    plan.completed_version = version
    plan.completed_at = noon(day)
    plan.completed_by = by
    plan.save()


def endorse(version, enrolment):
    Endorsement.objects.create(
        version=version, enrolment=enrolment, recorded_by=enrolment.participant
    )


def interview(enrolment, moment, assessors, *, by):
    """A planned interview with its criteria and its seats."""
    talk = FinalInterview.objects.create(
        enrolment=enrolment, planned_at=moment, place="Kamer 2, De Leerkring", planned_by=by
    )
    InterviewItem.objects.bulk_create(
        InterviewItem(
            interview=talk,
            criterion=criterion,
            position=criterion.position,
            title=criterion.title,
            required=criterion.required,
        )
        for criterion in enrolment.cohort.track.interview_criteria.all()
    )
    for assessor in assessors:
        Seat.objects.create(interview=talk, assessor=assessor)
    return talk


def pass_interview(talk, day):
    """Both assessors rated, they agreed, and it is final."""
    values = [Value.GOOD, Value.GOOD, Value.SUFFICIENT]
    talk.seats.update(independent_at=noon(day), rated_at=noon(day))
    for place, item in enumerate(talk.items.all()):
        item.joint_value = values[place % len(values)]
        item.save()
        for seat in talk.seats.all():
            Rating.objects.create(seat=seat, item=item, value=item.joint_value)
    talk.status, talk.result = "final", "pass"
    talk.strengths = "Je luistert goed en je blijft jezelf."
    talk.advice = "Vraag vaker om hulp als het druk is."
    talk.finalised_at, talk.finalised_by = noon(day), talk.seats.first().assessor
    talk.save()
