"""The cohort that is under way: 24 people in every state, today well inside it."""

import datetime as dt

from django.utils import timezone

from leerlijn.demo import hearing, lives, people, talks
from participants.models import Enrolment, HourEntry, Pause, Role, Training, TrainingChoice
from participants.tracks import actions as tracks

STARTED_DAYS_AGO, DAYS_TO_GO = 150, 75
LESSONS_HELD, LESSONS_TO_COME = 8, 2
INTERVISIONS_HELD, INTERVISIONS_TO_COME = 4, 1
NORM = 3600
# Approved minutes of work and of study on one's own, by place in the list of names.
PACES = [(3300, 1710), (2700, 1500), (1500, 1200), (2400, 600), (900, 300), (3000, 1890)]


def make(demo, track):
    cohort = start(demo, track)
    by = demo.people["coordinator"]
    sessions = meet(cohort, demo)
    names = ["deelnemer", "deelnemer2", *people.RUNNING]
    enrolments = [enrol(cohort, demo.people[name], by) for name in names]
    plan = lives.gop(cohort, demo.people["Glenda Pinas"], ago(demo, 20), by=by)
    half_way(demo, enrolments[0], sessions, plan, pop_state="shared")
    half_way(demo, enrolments[1], sessions, plan, pop_state="draft")
    for enrolment in enrolments[2:5]:
        ready(demo, enrolment, sessions, plan)
    for number, enrolment in enumerate(enrolments[5:20]):
        under_way(demo, enrolment, sessions, plan, number)
    at_the_edges(demo, enrolments[20:])
    unfinished_interview(demo, enrolments[5])
    talks.reply(enrolments[2])
    hearing.make(demo, cohort, silent=enrolments[20])
    assessors = [demo.people["beoordelaar"], demo.people["beoordelaar2"]]
    talks.object_to(enrolments[6], ago(demo, 5), assessors, by=demo.people["coordinator"])


def ago(demo, days):
    return demo.today - dt.timedelta(days=days)


def start(demo, track):
    starts_on = ago(demo, STARTED_DAYS_AGO)
    ends_on = demo.today + dt.timedelta(days=DAYS_TO_GO)
    cohort = tracks.start_cohort(
        track,
        name=f"Lichting {starts_on.year}-{ends_on.year}",
        starts_on=starts_on,
        ends_on=ends_on,
        contact_name="Karima Zahir",
        contact_phone="06 0000 0000",
        contact_when="op maandag en donderdag",
    )
    Role.objects.create(user=demo.people["trainer"], kind=Role.Kind.TRAINER, cohort=cohort)
    for key in ("beoordelaar", "beoordelaar2"):
        Role.objects.create(user=demo.people[key], kind=Role.Kind.ASSESSOR, cohort=cohort)
    return cohort


def meet(cohort, demo):
    """The meetings: held ones with their register done, the last one not, and those to come."""
    by, held = demo.people["trainer"], []
    for number in range(LESSONS_HELD):
        day = ago(demo, 140 - 16 * number)
        held.append(lives.meeting(cohort, "lesson", number + 1, day, 150, closed_by=by))
    for number in range(INTERVISIONS_HELD):
        day = ago(demo, 130 - 30 * number)
        held.append(lives.meeting(cohort, "intervision", number + 1, day, 120, closed_by=by))
    for number in range(LESSONS_TO_COME):
        day = demo.today + dt.timedelta(days=9 + 16 * number)
        lives.meeting(cohort, "lesson", LESSONS_HELD + number + 1, day, 150)
    for number in range(INTERVISIONS_TO_COME):
        day = demo.today + dt.timedelta(days=20 + 30 * number)
        lives.meeting(cohort, "intervision", INTERVISIONS_HELD + number + 1, day, 120)
    lives.meeting(cohort, "event", 1, ago(demo, 3), 120)
    return held


def enrol(cohort, person, by):
    enrolment = Enrolment.objects.create(
        participant=person,
        cohort=cohort,
        status=Enrolment.Status.ACTIVE,
        starts_on=cohort.starts_on,
        did_training=True,
        has_experience=True,
        decided_at=lives.noon(cohort.starts_on),
        decided_by=by,
    )
    lives.place(enrolment, enrolment.pk)
    return enrolment


def half_way(demo, enrolment, sessions, plan, *, pop_state):
    """Somebody to log in as: half-way, with lines in every state."""
    by = demo.people["trainer"]
    lives.attend(sessions, enrolment, by=by, missed=1)
    lives.log(enrolment, "work", 1890, last=ago(demo, 9), by=by)
    lives.log(enrolment, "study", 480, last=ago(demo, 12), by=by, step=9)
    lives.log(enrolment, "work", 360, last=ago(demo, 2), longest=180)
    lives.log(enrolment, "study", 90, last=ago(demo, 1))
    returned(demo, enrolment)
    lives.pop(enrolment, ago(demo, 15), state=pop_state)
    training = Training.objects.order_by("pk").first()
    TrainingChoice.objects.create(enrolment=enrolment, training=training, status="chosen")


def returned(demo, enrolment):
    [entry] = lives.log(enrolment, "study", 120, last=ago(demo, 6))
    entry.description = "Training"
    entry.status = HourEntry.Status.RETURNED
    entry.reviewed_by, entry.reviewed_at = demo.people["trainer"], lives.noon(ago(demo, 5))
    entry.return_reason = "Welke training was dit? Zet de titel erbij, dan kijk ik er meteen naar."
    entry.save()


def ready(demo, enrolment, sessions, plan):
    """Every criterion met, the name confirmed, and no certificate yet."""
    by = demo.people["trainer"]
    lives.attend(sessions, enrolment, by=by)
    lives.log(enrolment, "work", NORM + 120, last=ago(demo, 10), by=by)
    lives.log(enrolment, "study", 2100, last=ago(demo, 11), by=by, step=8)
    lives.pop(enrolment, ago(demo, 40), state="complete", by=by)
    lives.endorse(plan, enrolment)
    talk = lives.interview(
        enrolment,
        lives.noon(ago(demo, 8)),
        [demo.people["beoordelaar"], demo.people["beoordelaar2"]],
        by=demo.people["coordinator"],
    )
    lives.pass_interview(talk, ago(demo, 8))
    choices = Training.objects.order_by("pk")[:2]
    for training in choices:
        TrainingChoice.objects.create(enrolment=enrolment, training=training, status="completed")
    enrolment.certificate_name = enrolment.participant.name
    enrolment.name_confirmed_at = lives.noon(ago(demo, 4))
    enrolment.name_confirmed_by = enrolment.participant
    enrolment.save()


def under_way(demo, enrolment, sessions, plan, number):
    by = demo.people["trainer"]
    work, study = PACES[number % len(PACES)]
    lives.attend(sessions, enrolment, by=by, missed=number % 4)
    lives.log(enrolment, "work", work, last=ago(demo, 12), by=by)
    lives.log(enrolment, "study", study, last=ago(demo, 13), by=by, step=7)
    if number % 3 == 0:
        lives.log(enrolment, "study", 90, last=ago(demo, 1 + number))
    if number % 4 == 1:
        lives.log(enrolment, "work", 480, last=ago(demo, 2), longest=240)
    if number % 5:
        states = ["draft", "shared", "complete"]
        lives.pop(enrolment, ago(demo, 30), state=states[number % 3], by=by)
    if number % 2:
        lives.endorse(plan, enrolment)


def at_the_edges(demo, enrolments):
    """Just begun, on a pause, stopped, and somebody who applied."""
    _begun, pausing, stopping, applying = enrolments
    by = demo.people["coordinator"]
    Pause.objects.create(
        enrolment=pausing,
        starts_on=ago(demo, 14),
        ends_on=demo.today + dt.timedelta(days=28),
        requested_by=pausing.participant,
        confirmed_by=by,
        confirmed_at=timezone.now(),
    )
    lives.log(pausing, "work", 600, last=ago(demo, 20), by=by)
    stopping.status, stopping.ends_on = Enrolment.Status.STOPPED, ago(demo, 60)
    stopping.save()
    applying.placements.all().delete()
    applying.status, applying.decided_at, applying.decided_by = "applied", None, None
    applying.save()


def unfinished_interview(demo, enrolment):
    """An interview of yesterday in which both assessors sit and have yet to rate."""
    lives.interview(
        enrolment,
        lives.noon(ago(demo, 1)),
        [demo.people["beoordelaar"], demo.people["beoordelaar2"]],
        by=demo.people["coordinator"],
    )
    talks.fill_file(enrolment)
