"""The figures of a period: who took part, what became of them, and what they did."""

import datetime as dt

import pytest
import time_machine

from participants.models import Enrolment
from participants.overview import periods
from participants.overview.periods import Period
from tests.factories import (
    AttendanceFactory,
    CohortFactory,
    EnrolmentFactory,
    HourEntryFactory,
    PauseFactory,
    SessionFactory,
)
from tests.factories.certificates import CertificateFactory

pytestmark = pytest.mark.django_db
FIRST, LAST = dt.date(2025, 3, 1), dt.date(2025, 3, 31)
MARCH = Period(FIRST, LAST)
DAY = dt.timedelta(days=1)


@pytest.fixture
def cohort():
    return CohortFactory()


@pytest.fixture
def counted(cohort):
    """The figures of the cohort in March."""

    def counted(period=MARCH):
        found = periods.by_cohort(Enrolment.objects.filter(cohort=cohort), period)
        return found.get(cohort.pk, periods.Counted())

    return counted


@pytest.mark.parametrize(
    ("day", "before", "began"),
    [(FIRST - DAY, 1, 0), (FIRST, 0, 1), (LAST, 0, 1), (LAST + DAY, 0, 0)],
)
def test_who_begins_in_the_period_is_told_apart_from_who_was_there(
    cohort, counted, day, before, began
):
    EnrolmentFactory(cohort=cohort, starts_on=day)
    people = counted().people
    assert (people.before, people.began) == (before, began)


@pytest.mark.parametrize(
    ("day", "total", "stopped"),
    [(FIRST - DAY, 0, 0), (FIRST, 1, 1), (LAST, 1, 1), (LAST + DAY, 1, 0)],
)
def test_who_stops_counts_until_the_last_day(cohort, counted, day, total, stopped):
    EnrolmentFactory(cohort=cohort, stopped=True, ends_on=day)
    people = counted().people
    assert (people.total, people.stopped, people.at_the_end) == (total, stopped, total - stopped)


@pytest.mark.parametrize(
    ("day", "total", "completed"),
    [(FIRST - DAY, 0, 0), (FIRST, 1, 1), (LAST, 1, 1), (LAST + DAY, 1, 0)],
)
def test_who_completes_does_so_on_the_award_date(cohort, counted, day, total, completed):
    enrolment = EnrolmentFactory(cohort=cohort, status="completed")
    CertificateFactory(enrolment=enrolment, award_date=day)
    people = counted().people
    assert (people.total, people.completed) == (total, completed)


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "paused"),
    [
        (FIRST - 9 * DAY, FIRST - DAY, 0),
        (FIRST - 9 * DAY, FIRST, 1),
        (LAST, None, 1),
        (LAST + DAY, None, 0),
    ],
)
def test_a_confirmed_pause_on_one_day_of_the_period_counts_once(
    cohort, counted, starts_on, ends_on, paused
):
    enrolment = EnrolmentFactory(cohort=cohort)
    PauseFactory(enrolment=enrolment, confirmed=True, starts_on=starts_on, ends_on=ends_on)
    PauseFactory(enrolment=EnrolmentFactory(cohort=cohort), starts_on=FIRST)
    assert counted().people.paused == paused


def test_applicants_are_in_no_figure(cohort, counted):
    EnrolmentFactory(cohort=cohort, applied=True)
    EnrolmentFactory(cohort=cohort, status="declined")
    assert counted().people.total == 0


def test_approved_hours_count_on_their_day_and_kinds_stay_apart(cohort, counted):
    enrolment = EnrolmentFactory(cohort=cohort)
    for day in (FIRST - DAY, FIRST, LAST, LAST + DAY):
        HourEntryFactory(enrolment=enrolment, approved=True, date=day, minutes=60)
        HourEntryFactory(enrolment=enrolment, approved=True, date=day, kind="study", minutes=7)
        HourEntryFactory(enrolment=enrolment, date=day, minutes=500)
    found = counted()
    assert (found.work_minutes, found.study_minutes) == (120, 14)


def test_presence_comes_from_closed_registers_of_meetings_that_were_held(cohort, counted):
    people = [EnrolmentFactory(cohort=cohort) for _turn in range(3)]
    lesson = SessionFactory(closed=True, cohorts=[cohort], date=FIRST)
    SessionFactory(cohorts=[cohort], date=LAST)  # its register is open
    off = SessionFactory(closed=True, cancelled=True, cohorts=[cohort], date=FIRST)
    AttendanceFactory(enrolment=people[0], session=lesson, minutes=120)
    AttendanceFactory(enrolment=people[1], session=lesson, caught_up=True)
    AttendanceFactory(enrolment=people[2], session=lesson, absent=True)
    AttendanceFactory(enrolment=people[0], session=off)
    meetings, presence = counted().of_kind("lesson")
    assert (meetings.planned, meetings.registered) == (2, 1)
    assert presence == periods.Presence(rows=3, there=1, caught_up=1, minutes=120)
    assert counted().study_minutes == 120


@time_machine.travel("2025-03-10T12:00:00+01:00")
def test_days_to_come_are_left_out():
    assert MARCH.so_far() == Period(FIRST, dt.date(2025, 3, 10))
    ahead = Period(dt.date(2025, 4, 1), dt.date(2025, 4, 30))
    assert ahead.so_far() == Period(ahead.first, ahead.first)


def test_as_many_queries_for_three_people_in_three_cohorts_as_for_one(
    django_assert_num_queries,
):
    for turn in range(3):
        enrolment = EnrolmentFactory()
        HourEntryFactory(enrolment=enrolment, approved=True)
        AttendanceFactory(enrolment=enrolment)
        with django_assert_num_queries(4):
            found = periods.by_cohort(Enrolment.objects.all(), MARCH)
        assert len(found) == turn + 1
