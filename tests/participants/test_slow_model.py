"""What the database works out against the same in plain Python, after each of 2,000 steps.

On PostgreSQL, where each step takes longer, after 500.
"""

import datetime as dt

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection, transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from participants import progress
from participants.enrolments import actions as enrolments
from participants.hours import actions as hours
from participants.models import (
    Cohort,
    Endorsement,
    Enrolment,
    Exemption,
    HourEntry,
    Pause,
    Session,
    User,
)
from participants.plans import actions as plans
from participants.sessions import actions as sessions
from participants.sessions.register import CaughtUp, Mark
from tests.factories import CohortFactory, EnrolmentFactory, RoleFactory, ready_enrolment
from tests.participants import slow_model

pytestmark = pytest.mark.django_db

EXAMPLES, STEPS = (40 if connection.vendor == "sqlite" else 10), 50
TODAY = dt.date(2025, 6, 2)
# Some meetings before a pause, within it and after it; one that is still to come.
DAYS = [dt.date(2025, month, day) for month in (2, 4, 6) for day in (1, 2, 3)]
MINUTES = [1, 59, 60, 61, 120]  # with these norms are met to the minute
NORMS = [60, 119, 120, 121, 240]


class World:
    """Two cohorts, three people who have everything, and a coordinator of all."""

    def __init__(self):
        few = {"work_minutes": 120, "study_minutes": 120}
        first, second = CohortFactory(**few), CohortFactory(**few)
        self.by = RoleFactory(coordinator=True).user
        for cohort in (first, first, second):
            ready_enrolment(EnrolmentFactory(cohort=cohort), work=120, study=120)

    def act(self, verb, picks):
        """One step; what may not be done now is refused, and is a step as well."""
        try:
            with transaction.atomic():
                verb(Pick(picks), self.by)
        except (ValidationError, PermissionDenied):
            return False
        return True


class Nothing(ValidationError):
    """There is nothing to do this with."""

    def __init__(self):
        super().__init__("nothing")


class Pick:
    """Chooses by the numbers that hypothesis drew: the same numbers, the same choices."""

    def __init__(self, numbers):
        self.numbers = iter(numbers)

    def of(self, things):
        if not things:
            raise Nothing
        return things[next(self.numbers) % len(things)]

    def row(self, rows):
        return self.of(list(rows.order_by("pk")))

    def person(self):
        return self.row(Enrolment.objects.select_related("participant", "cohort"))

    def entry(self, *statuses):
        rows = HourEntry.objects.select_related("enrolment__participant")
        return self.row(rows.filter(status__in=statuses))


def log(pick, by):
    person = pick.person()
    facts = {"kind": pick.of(["work", "study"]), "date": pick.of(DAYS), "minutes": pick.of(MINUTES)}
    draft = pick.of([False, False, True])
    hours.log(person, by=person.participant, description="Spreekuur", draft=draft, **facts)


def log_for(pick, by):
    facts = {"kind": pick.of(["work", "study"]), "date": pick.of(DAYS), "minutes": pick.of(MINUTES)}
    hours.log_for(pick.person(), by=by, note="Gezien", description="Spreekuur", **facts)


def by_owner(act, *statuses):
    def step(pick, by):
        entry = pick.entry(*statuses)
        act(entry, by=entry.enrolment.participant)

    return step


def edit(pick, by):
    entry = pick.entry("draft", "submitted", "returned")
    changes = {"minutes": pick.of(MINUTES), "kind": pick.of(["work", "study"])}
    hours.edit(entry, by=entry.enrolment.participant, **changes)


def correct(pick, by):
    entry = pick.entry("approved")
    hours.correct(entry, by=entry.enrolment.participant, minutes=pick.of(MINUTES))


def approve(pick, by):
    hours.approve(pick.entry("submitted"), by=by)


def send_back(pick, by):
    hours.send_back(pick.entry("submitted"), by=by, reason="Welke dag was dit?")


def take_back(pick, by):
    hours.take_back(pick.entry("approved"), by=by)


def plan(pick, by):
    cohorts = list(Cohort.objects.order_by("pk"))
    chosen = pick.of([cohorts, cohorts[:1], cohorts[1:]])
    kind = pick.of(["lesson", "lesson", "intervision", "event"])
    facts = {"title": "Samen", "date": pick.of(DAYS), "minutes": pick.of(MINUTES)}
    sessions.plan(chosen, by=by, kind=kind, **facts)


def change(pick, by):
    session = pick.row(Session.objects.planned())
    sessions.change(session, by=by, minutes=pick.of(MINUTES))


def move(pick, by):
    sessions.change(pick.row(Session.objects.planned()), by=by, date=pick.of(DAYS))


def cancel(pick, by):
    sessions.cancel(pick.row(Session.objects.planned()), by=by)


def register(pick, by):
    session = pick.row(Session.objects.planned().past(TODAY))
    marks = [mark(pick, person, session) for person in session.people().order_by("pk")]
    sessions.save_register(
        session, marks, session.register_version, by=by, close=pick.of([True, True, False])
    )


def mark(pick, person, session):
    status = pick.of(["present", "present", "partly", "excused", "absent"])
    minutes = session.minutes // 2 + 1 if status == "partly" else None
    caught_up = None
    if status in ("excused", "absent") and pick.of([True, False]):
        caught_up = CaughtUp("De opdracht gemaakt", TODAY)
    return Mark(
        person.pk,
        status,
        active=pick.of([None, None, False]),
        minutes=minutes,
        caught_up=caught_up,
    )


def catch_up(pick, by):
    person = pick.person()
    closed = pick.row(Session.objects.filter(closed_at__isnull=False))
    sessions.catch_up(person, [closed], what="De opdracht gemaakt", on=TODAY, by=by)


def exempt(pick, by):
    minutes = pick.of([None, 1, 60, 500])
    keys = list(progress.MET) if minutes is None else ["work", "study"]
    enrolments.exempt(pick.person(), pick.of(keys), by=by, reason="Eerder getoond", minutes=minutes)


def withdraw_exemption(pick, by):
    enrolments.withdraw_exemption(pick.row(Exemption.objects.standing()), by=by)


def pause(pick, by):
    person, days = pick.person(), sorted([pick.of(DAYS), pick.of(DAYS)])
    last = pick.of([days[1], days[1], None])
    enrolments.request_pause(person, days[0], last, by=pick.of([by, person.participant]))


def confirm_pause(pick, by):
    enrolments.confirm_pause(pick.row(Pause.objects.awaiting_confirmation()), by=by)


def end_pause(pick, by):
    enrolments.end_pause(pick.row(Pause.objects.all()), pick.of(DAYS), by=by)


def drop_pause(pick, by):
    enrolments.drop_pause(pick.row(Pause.objects.all()), by=by)


def stop(pick, by):
    enrolments.stop(pick.row(Enrolment.objects.active()), by=by, last_day=pick.of(DAYS))


def resume(pick, by):
    enrolments.resume(pick.row(Enrolment.objects.stopped()), by=by)


def complete(pick, by):
    enrolments.complete([pick.row(Enrolment.objects.active())], by=by)


def reactivate(pick, by):
    enrolments.reactivate([pick.row(Enrolment.objects.filter(status="completed"))], by=by)


def unendorse(pick, by):
    given = pick.row(Endorsement.objects.select_related("enrolment__participant"))
    plans.unendorse(given.version.plan, by=given.enrolment.participant)


def endorse(pick, by):
    person = pick.person()
    plans.endorse(person.cohort.gop, by=person.participant)


def norms(pick, by):
    """The measure itself; what asks for a reason before it changes is tested elsewhere."""
    cohort = pick.row(Cohort.objects.all())
    cohort.work_minutes, cohort.study_minutes = pick.of(NORMS), pick.of(NORMS)
    cohort.may_miss_one_in = pick.of([0, 1, 2, 5])
    cohort.study_required = pick.of([True, True, False])
    cohort.save()


VERBS = [
    *(log, log, log_for, edit, correct, approve, approve, approve, send_back, take_back),
    by_owner(hours.submit, "draft", "returned"),
    by_owner(hours.withdraw, "draft", "submitted", "returned"),
    by_owner(hours.restore, "withdrawn"),
    *(plan, plan, change, move, cancel, register, register, register, catch_up),
    *(exempt, withdraw_exemption, pause, confirm_pause, end_pause, drop_pause),
    *(stop, resume, complete, reactivate, unendorse, endorse, norms),
]
STEP = st.tuples(st.sampled_from(VERBS), st.lists(st.integers(0, 59), min_size=12, max_size=12))


def asked_of_the_database():
    """As ``slow_model.everybody``, and the keys of who meets everything, asked in two ways."""
    everybody, ready = {}, set()
    for person in progress.of(Enrolment.objects.all()):
        lines = {line["key"]: line for line in progress.lines(person)}
        parts = ("achieved", "required", "submitted", "met")
        everybody[person.pk] = {
            key: tuple(line[part] for part in parts) for key, line in lines.items()
        }
        if person.criteria_met:
            ready.add(person.pk)
    return everybody, ready, set(progress.met(Enrolment.objects.all()).values_list("pk", flat=True))


@given(steps=st.lists(STEP, min_size=STEPS, max_size=STEPS))
@settings(max_examples=EXAMPLES, derandomize=True, deadline=None, database=None)
def compare(done, steps):
    with transaction.atomic():
        world = World()
        for verb, picks in steps:
            done.append(world.act(verb, picks))
            expected = slow_model.everybody()
            ready = {
                pk for pk, figures in expected.items() if all(line[-1] for line in figures.values())
            }
            assert asked_of_the_database() == (expected, ready, ready), verb.__name__
            done.ready += len(ready)
        transaction.set_rollback(True)


class Done(list):
    """Of each step whether it was accepted; ``ready`` adds up who met everything after it."""

    ready = 0


@time_machine.travel(dt.datetime.combine(TODAY, dt.time(12), tzinfo=dt.UTC))
def test_progress_equals_a_slow_model_after_each_of_two_thousand_steps():
    done = Done()
    compare(done)
    assert len(done) >= EXAMPLES * STEPS
    # Else it would be a walk past refusals, or one in which nobody ever gets there.
    assert sum(done) > len(done) / 2
    assert done.ready > EXAMPLES
    assert not User.objects.exists()
