"""Trainers and coordinators plan, change and cancel meetings of their cohorts."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from participants import progress
from participants.models import Enrolment, Event, Session
from participants.sessions.actions import cancel, change, plan
from participants.sessions.times import end_time, minutes_between
from tests.factories import (
    AttendanceFactory,
    CohortFactory,
    EnrolmentFactory,
    RoleFactory,
    SessionFactory,
)

pytestmark = pytest.mark.django_db
DAY = dt.date(2025, 3, 18)
FACTS = {"kind": "lesson", "title": "Grenzen stellen", "date": DAY, "minutes": 150}


def refused(action, *args, **facts):
    """The code with which ``action`` is refused."""
    with pytest.raises(ValidationError) as refusal:
        action(*args, **facts)
    return refusal.value.code


def test_a_trainer_plans_for_the_own_cohort(cohort, trainer):
    session = plan([cohort], by=trainer, **FACTS)
    assert list(session.cohorts.all()) == [cohort]
    assert Event.objects.decisions().get().act == "session_planned"


@pytest.mark.parametrize("traits", [{"assessor": True}, {"administrator": True}])
def test_who_is_no_trainer_or_coordinator_plans_nothing(cohort, traits):
    place = {} if "administrator" in traits else {"cohort": cohort}
    with pytest.raises(PermissionDenied):
        plan([cohort], by=RoleFactory(**traits, **place).user, **FACTS)


def test_nobody_plans_for_a_cohort_of_somebody_else(cohort, trainer):
    with pytest.raises(PermissionDenied):
        plan([cohort, CohortFactory()], by=trainer, **FACTS)
    assert not Session.objects.exists()


def test_a_meeting_is_for_somebody(trainer):
    assert refused(plan, [], by=trainer, **FACTS) == "no_cohort"


def test_a_meeting_that_lasts_longer_than_sixteen_hours_is_refused(cohort, trainer):
    with pytest.raises(ValidationError, match="1 minuut tot 16 uur"):
        plan([cohort], by=trainer, **{**FACTS, "minutes": 961})


def test_a_meeting_of_two_cohorts_is_changed_by_who_plans_for_both(cohort, trainer):
    session = SessionFactory(cohorts=[cohort, CohortFactory()])
    for action in (change, cancel):
        with pytest.raises(PermissionDenied):
            action(session, by=trainer)
    coordinator = RoleFactory(coordinator=True).user
    assert change(session, by=coordinator, title="Samen").title == "Samen"


def test_before_anybody_is_marked_all_of_it_can_change(session, trainer):
    change(session, by=trainer, date=DAY, minutes=90, title="Anders")
    session.refresh_from_db()
    assert (session.date, session.minutes, session.title) == (DAY, 90, "Anders")


def test_the_day_and_the_cohort_stay_once_somebody_is_marked(session, trainer, cohort):
    AttendanceFactory(session=session, enrolment=EnrolmentFactory(cohort=cohort))
    other = RoleFactory(user=trainer).cohort
    assert refused(change, session, by=trainer, date=DAY) == "has_register"
    assert refused(change, session, by=trainer, cohorts=[cohort, other]) == "has_register"
    assert change(session, by=trainer, cohorts=[cohort], title="Anders").title == "Anders"


@pytest.mark.parametrize(("minutes", "partly"), [(150, 100), (90, 90)])
def test_presence_follows_a_corrected_length(session, trainer, cohort, minutes, partly):
    for status, had in [("present", 120), ("partly", 100), ("absent", 0)]:
        AttendanceFactory(
            session=session,
            enrolment=EnrolmentFactory(cohort=cohort),
            status=status,
            minutes=had,
            actively_participated=False,
        )
    changed = change(session, by=trainer, minutes=minutes)
    rows = dict(session.attendances.values_list("status", "minutes"))
    assert rows == {"present": minutes, "partly": partly, "absent": 0}
    assert changed.register_version == 1


def test_a_length_that_cannot_be_leaves_presence_alone(session, trainer, cohort):
    row = AttendanceFactory(session=session, enrolment=EnrolmentFactory(cohort=cohort))
    with pytest.raises(ValidationError):
        change(session, by=trainer, minutes=961)
    row.refresh_from_db()
    assert row.minutes == 120


def test_a_cancelled_meeting_no_longer_counts(trainer, cohort):
    session = SessionFactory(cohorts=[cohort], closed=True)
    person = EnrolmentFactory(cohort=cohort)
    AttendanceFactory(session=session, enrolment=person)
    before = progress.of(Enrolment.objects.filter(pk=person.pk)).get()
    cancel(session, by=trainer)
    after = progress.of(Enrolment.objects.filter(pk=person.pk)).get()
    assert (before.standing["study_achieved"], after.standing["study_achieved"]) == (120, 0)
    assert (before.standing["lessons_planned"], after.standing["lessons_planned"]) == (1, 0)


def test_a_meeting_is_cancelled_once_and_then_stays_as_it_was(session, trainer):
    cancel(session, by=trainer)
    assert refused(cancel, session, by=trainer) == "cancelled"
    assert refused(change, session, by=trainer, title="Toch wel") == "cancelled"


@pytest.mark.parametrize(
    ("day", "start", "end", "minutes"),
    [
        (DAY, (10, 0), (12, 30), 150),
        (dt.date(2025, 3, 30), (1, 30), (3, 30), 60),  # the clock goes forward
        (dt.date(2025, 10, 26), (1, 30), (3, 30), 180),  # and back
    ],
)
def test_a_meeting_lasts_as_long_as_it_really_takes(day, start, end, minutes):
    assert minutes_between(day, dt.time(*start), dt.time(*end)) == minutes
    assert end_time(day, dt.time(*start), minutes) == dt.time(*end)


def test_a_meeting_that_ends_before_it_begins_lasts_less_than_nothing():
    assert minutes_between(DAY, dt.time(12), dt.time(10)) == -120
