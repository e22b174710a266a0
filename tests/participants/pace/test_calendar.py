"""Expected hours follow the calendar of the cohort and the life of the person."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from participants import pace
from participants.models import Cohort, Enrolment, Pause
from tests.factories import (
    CohortBreakFactory,
    CohortFactory,
    EnrolmentFactory,
    ExemptionFactory,
    HourEntryFactory,
    PauseFactory,
)

pytestmark = pytest.mark.django_db
MONDAY = dt.date(2025, 1, 6)
LAST = dt.date(2025, 4, 15)  # a hundred days
AMSTERDAM = ZoneInfo("Europe/Amsterdam")
MOMENT = dt.datetime(2025, 1, 2, 9, tzinfo=dt.UTC)


@pytest.fixture
def cohort():
    """A hundred days for 100 hours of each kind: one hour a day."""
    return CohortFactory(
        starts_on=MONDAY, ends_on=LAST, study_minutes=6000, work_minutes=6000, talk_first_days=7
    )


def after(days):
    """The day on which so many days of the cohort are over."""
    return MONDAY + dt.timedelta(days=days)


def on(day, time_machine):
    time_machine.move_to(dt.datetime.combine(day, dt.time(12), tzinfo=dt.UTC))


def planned_minutes(enrolment):
    """Minutes of work that are planned by today."""
    row = pace.of(Enrolment.objects.filter(pk=enrolment.pk)).get()
    return next(line["planned"] for line in pace.lines(row) if line["kind"] == "work")


def planned(enrolment):
    return planned_minutes(enrolment) / 60


def confirmed_pause(enrolment, starts_on, ends_on=None):
    return PauseFactory(
        enrolment=enrolment,
        starts_on=starts_on,
        ends_on=ends_on,
        confirmed_at=MOMENT,
        confirmed_by=enrolment.decided_by,
    )


def wrote(enrolment, hours, kind="work", **facts):
    """``hours`` of a kind in entries of 8 hours at most, over the first days."""
    for turn in range(0, hours * 60, 480):
        minutes = min(480, hours * 60 - turn)
        day = MONDAY + dt.timedelta(days=turn // 480)
        HourEntryFactory(enrolment=enrolment, kind=kind, minutes=minutes, date=day, **facts)


@pytest.mark.parametrize(
    ("days", "hours"), [(-5, 0), (0, 0), (1, 1), (50, 50), (99, 99), (100, 100), (140, 100)]
)
def test_what_is_planned_grows_with_the_days_that_are_over(cohort, time_machine, days, hours):
    on(after(days), time_machine)
    assert planned(EnrolmentFactory(cohort=cohort)) == hours


def test_nothing_is_planned_in_a_break_and_the_rest_of_the_days_carry_it(cohort, time_machine):
    enrolment = EnrolmentFactory(cohort=cohort)
    CohortBreakFactory(cohort=cohort, starts_on=after(20), ends_on=after(39))
    on(after(20), time_machine)
    assert planned(enrolment) == 25
    on(after(40), time_machine)
    assert planned(enrolment) == 25
    on(after(100), time_machine)
    assert planned(enrolment) == 100


def test_a_pause_moves_what_is_planned_and_the_last_day(cohort, time_machine):
    enrolment = EnrolmentFactory(cohort=cohort)
    confirmed_pause(enrolment, after(20), after(29))
    on(after(30), time_machine)
    assert planned(enrolment) == 20
    on(after(100), time_machine)
    assert planned(enrolment) == 90
    on(after(110), time_machine)
    assert planned(enrolment) == 100


def test_a_pause_without_an_end_stands_still_for_as_long_as_it_takes(cohort, time_machine):
    enrolment = EnrolmentFactory(cohort=cohort)
    confirmed_pause(enrolment, after(20))
    on(after(60), time_machine)
    assert planned(enrolment) == 20


def test_a_pause_that_nobody_confirmed_changes_nothing(cohort, time_machine):
    enrolment = EnrolmentFactory(cohort=cohort)
    PauseFactory(enrolment=enrolment, starts_on=after(0), ends_on=after(30))
    on(after(40), time_machine)
    assert planned(enrolment) == 40


def test_days_in_a_break_and_a_pause_are_taken_off_once(cohort, time_machine):
    enrolment = EnrolmentFactory(cohort=cohort)
    CohortBreakFactory(cohort=cohort, starts_on=after(10), ends_on=after(19))
    confirmed_pause(enrolment, after(15), after(24))
    on(after(30), time_machine)
    # Fifteen of the days were away; ninety-five of 110 are left for 100 hours.
    assert planned(enrolment) == pytest.approx(100 * 15 / 95, abs=0.02)


def test_who_joins_later_begins_at_nothing(cohort, time_machine):
    enrolment = EnrolmentFactory(cohort=cohort, starts_on=after(50))
    on(after(50), time_machine)
    assert planned(enrolment) == 0
    on(after(75), time_machine)
    assert planned(enrolment) == 50


def test_a_personal_last_day_is_followed(cohort, time_machine):
    enrolment = EnrolmentFactory(cohort=cohort, entries_until=after(199))
    on(after(100), time_machine)
    assert planned(enrolment) == 50


def test_an_exemption_takes_the_plan_away_and_a_lowered_norm_lowers_it(cohort, time_machine):
    on(after(50), time_machine)
    whole, half = (EnrolmentFactory(cohort=cohort) for _each in range(2))
    ExemptionFactory(enrolment=whole, criterion="work", minutes=None)
    ExemptionFactory(enrolment=half, criterion="work", minutes=3000)
    assert (planned(whole), planned(half)) == (0, 25)


# The flag


def flags(enrolment):
    """(who it is about reads it, staff reads it)."""
    rows = Enrolment.objects.filter(pk=enrolment.pk)
    row = pace.of(rows).get()
    both = (pace.talk(row) is not None, pace.talk_for_staff(row) is not None)
    listed = (pace.to_talk(rows).exists(), pace.to_talk_for_staff(rows).exists())
    assert both == listed
    return both


@pytest.mark.parametrize(("days", "flag"), [(49, False), (50, True), (51, True)])
def test_the_flag_is_there_from_ten_hours_less_than_planned(cohort, time_machine, days, flag):
    enrolment = EnrolmentFactory(cohort=cohort)
    for kind in ("work", "study"):
        wrote(enrolment, 40, kind)
    on(after(days), time_machine)
    assert flags(enrolment)[0] is flag


@pytest.mark.parametrize(("days", "flag"), [(56, False), (57, True), (58, True)])
def test_staff_reads_it_seven_days_later(cohort, time_machine, days, flag):
    enrolment = EnrolmentFactory(cohort=cohort)
    for kind in ("work", "study"):
        wrote(enrolment, 40, kind)
    on(after(days), time_machine)
    assert flags(enrolment) == (True, flag)


@pytest.mark.parametrize(("days", "flag"), [(86, False), (87, True), (88, True)])
def test_of_who_was_let_in_late_staff_reads_it_seven_days_after_that(
    cohort, time_machine, days, flag
):
    late = dt.datetime.combine(after(80), dt.time(0, 30), tzinfo=AMSTERDAM)
    enrolment = EnrolmentFactory(cohort=cohort, decided_at=late)
    on(after(days), time_machine)
    assert flags(enrolment) == (True, flag)


def test_both_read_the_same_words(cohort, time_machine):
    on(after(60), time_machine)
    enrolment = EnrolmentFactory(cohort=cohort)
    wrote(enrolment, 60, "study", approved=True)
    row = pace.of(Enrolment.objects.all()).get()
    assert pace.talk(row) == pace.talk_for_staff(row)
    assert str(pace.talk(row).label) == "Even praten?"
    assert (
        pace.talk(row).text == "Werk: er staat 0 uur, de planning tot vandaag is ongeveer 60 uur."
    )


def test_it_ends_by_itself_once_the_hours_are_written_down(cohort, time_machine):
    on(after(60), time_machine)
    enrolment = EnrolmentFactory(cohort=cohort)
    wrote(enrolment, 60, "study")
    assert flags(enrolment) == (True, True)
    wrote(enrolment, 51)  # handed in: that nobody looked yet is not theirs to mend
    assert flags(enrolment) == (False, False)


def test_it_is_not_there_in_a_pause_and_not_for_who_stopped_or_is_done(cohort, time_machine):
    on(after(60), time_machine)
    paused = EnrolmentFactory(cohort=cohort)
    confirmed_pause(paused, after(59))
    others = [EnrolmentFactory(cohort=cohort, status=state) for state in ("stopped", "completed")]
    assert [flags(one) for one in [paused, *others]] == [(False, False)] * 3


def test_a_cohort_may_do_without_it(cohort, time_machine):
    on(after(60), time_machine)
    Cohort.objects.update(talk_behind_minutes=0)
    assert flags(EnrolmentFactory(cohort=cohort)) == (False, False)


days = st.integers(min_value=0, max_value=120)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    today=st.integers(min_value=0, max_value=160),
    away=st.tuples(days, days).map(sorted),
    free=st.tuples(days, days).map(sorted),
    written=st.integers(min_value=0, max_value=40),
    first=st.integers(min_value=0, max_value=30),
)
def test_staff_never_reads_what_the_participant_cannot(
    time_machine, today, away, free, written, first
):
    Pause.objects.all().delete()
    cohort = CohortFactory(starts_on=MONDAY, ends_on=LAST, work_minutes=6000, talk_first_days=first)
    enrolment = EnrolmentFactory(cohort=cohort)
    CohortBreakFactory(cohort=cohort, starts_on=after(free[0]), ends_on=after(free[1]))
    confirmed_pause(enrolment, after(away[0]), after(away[1]))
    wrote(enrolment, written)
    on(after(today), time_machine)
    own, staff = flags(enrolment)
    assert own or not staff
    assert planned_minutes(enrolment) == slowly_planned(today, free, away)


def slowly_planned(today, free, away):
    """The same in plain Python: the days that count one by one."""
    length = 100 + away[1] - away[0] + 1

    def counts(day):
        return not free[0] <= day <= free[1] and not away[0] <= day <= away[1]

    counted = sum(counts(day) for day in range(min(today, length)))
    return 6000 * counted // max(sum(counts(day) for day in range(length)), 1)


# Sets


def test_the_line_of_a_cohort_adds_up_its_people(cohort):
    for starts in (0, 50):
        EnrolmentFactory(cohort=cohort, starts_on=after(starts))
    points = pace.planned(cohort.enrolments.all(), [after(0), after(50), after(100)])
    assert [work // 60 for _day, _study, work in points] == [0, 50, 200]
    with pytest.raises(ValueError, match="60"):
        pace.planned(cohort.enrolments.all(), [MONDAY] * 61)


@pytest.mark.parametrize("people", [1, 3])
def test_a_list_is_one_query(cohort, people):
    for _turn in range(people):
        EnrolmentFactory(cohort=cohort)
    with CaptureQueriesContext(connection) as asked:
        rows = list(pace.of(Enrolment.objects.all()))
        assert len([pace.talk(row) for row in rows]) == people
        pace.planned(Enrolment.objects.all(), [MONDAY, LAST])
    assert len(asked) == 2
