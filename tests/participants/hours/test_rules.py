import datetime as dt

import pytest
import time_machine

from participants.hours import actions
from tests.factories import (
    CohortFactory,
    EnrolmentFactory,
    HourEntryFactory,
    PauseFactory,
    PlacementFactory,
    TrainingChoiceFactory,
    TrainingFactory,
)
from tests.participants.hours.scene import NOON, TODAY, log, refused

pytestmark = pytest.mark.django_db

DAY = dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def noon():
    with time_machine.travel(NOON, tick=False):
        yield


def test_today_counts_and_tomorrow_does_not():
    enrolment = EnrolmentFactory()
    assert log(enrolment, date=TODAY).status == "submitted"
    with refused("in_the_future"):
        log(enrolment, date=TODAY + DAY)


@pytest.mark.parametrize(
    ("moment", "today"),
    [
        ("2025-04-01 23:59 +0200", dt.date(2025, 4, 1)),
        ("2025-04-02 00:01 +0200", dt.date(2025, 4, 2)),
        ("2025-03-30 01:59 +0100", dt.date(2025, 3, 30)),  # the clock goes forward this night
        ("2025-03-30 23:59 +0200", dt.date(2025, 3, 30)),
        ("2025-03-31 00:01 +0200", dt.date(2025, 3, 31)),
        ("2025-01-31 00:30 +0100", dt.date(2025, 1, 31)),  # still the 30th in UTC
    ],
)
def test_a_day_is_a_day_in_amsterdam(moment, today):
    with time_machine.travel(moment, tick=False):
        enrolment = EnrolmentFactory()
        assert log(enrolment, date=today).date == today
        with refused("in_the_future"):
            log(enrolment, date=today + DAY)


def test_the_night_in_october_with_an_hour_twice_is_one_day():
    enrolment = EnrolmentFactory(
        cohort=CohortFactory(starts_on=dt.date(2025, 9, 1), ends_on=dt.date(2026, 7, 1))
    )
    for moment in ("2025-10-26 02:30 +0200", "2025-10-26 02:30 +0100"):
        with time_machine.travel(moment, tick=False):
            log(enrolment, date=dt.date(2025, 10, 26))
            with refused("in_the_future"):
                log(enrolment, date=dt.date(2025, 10, 27))


def test_the_29th_of_february_is_a_day():
    with time_machine.travel("2028-02-29 12:00 +0100", tick=False):
        leap = dt.date(2028, 2, 29)
        enrolment = EnrolmentFactory(cohort=CohortFactory(starts_on=leap, ends_on=leap))
        assert log(enrolment, date=leap).date == leap
        with refused("before_the_start"):
            log(enrolment, date=leap - DAY)


def test_hours_begin_on_the_first_day_of_the_cohort():
    enrolment = EnrolmentFactory()
    log(enrolment, date=enrolment.cohort.starts_on)
    with refused("before_the_start"):
        log(enrolment, date=enrolment.cohort.starts_on - DAY)


def test_who_came_later_begins_on_their_own_first_day():
    enrolment = EnrolmentFactory(starts_on=dt.date(2025, 2, 3))
    log(enrolment, date=dt.date(2025, 2, 3))
    with refused("before_the_start"):
        log(enrolment, date=dt.date(2025, 2, 2))


def last_day_is(enrolment, day):
    with time_machine.travel("2025-12-01 12:00 +0100", tick=False):
        log(enrolment, date=day - DAY)
        log(enrolment, date=day)
        with refused("after_the_end"):
            log(enrolment, date=day + DAY)


def test_hours_end_thirty_days_after_the_cohort():
    last_day_is(EnrolmentFactory(), dt.date(2025, 8, 10))


def test_confirmed_pauses_move_the_end_and_asked_ones_do_not():
    enrolment = EnrolmentFactory()
    pause = {"enrolment": enrolment, "starts_on": dt.date(2025, 3, 3)}
    PauseFactory(**pause, ends_on=dt.date(2025, 3, 12), confirmed=True)
    PauseFactory(**pause, ends_on=dt.date(2025, 3, 22))
    last_day_is(enrolment, dt.date(2025, 8, 20))


def test_a_day_in_two_pauses_moves_the_end_once():
    enrolment = EnrolmentFactory()
    for first in (3, 5):
        PauseFactory(
            enrolment=enrolment,
            starts_on=dt.date(2025, 3, first),
            ends_on=dt.date(2025, 3, 12),
            confirmed=True,
        )
    last_day_is(enrolment, dt.date(2025, 8, 20))


@pytest.mark.parametrize("day", [dt.date(2025, 6, 1), dt.date(2025, 10, 1)])
def test_a_personal_date_takes_the_place_of_the_cohorts(day):
    last_day_is(EnrolmentFactory(entries_until=day), day)


@pytest.mark.parametrize(("minutes", "fits"), [(59, True), (60, True), (61, False)])
def test_a_day_holds_sixteen_hours_over_all_that_one_person_wrote(minutes, fits):
    enrolment = EnrolmentFactory()
    earlier = EnrolmentFactory(participant=enrolment.participant)
    here = {"date": TODAY, "minutes": 300}
    HourEntryFactory(enrolment=earlier, approved=True, **here)
    HourEntryFactory(enrolment=enrolment, draft=True, **here)
    HourEntryFactory(enrolment=enrolment, returned=True, **here)
    HourEntryFactory(enrolment=enrolment, withdrawn=True, **here)
    HourEntryFactory(enrolment=enrolment, date=TODAY - DAY, minutes=960)
    HourEntryFactory(date=TODAY, minutes=960)  # of somebody else
    if fits:
        log(enrolment, minutes=minutes)
    else:
        with refused("too_much_on_a_day"):
            log(enrolment, minutes=minutes)


def test_one_entry_alone_may_be_sixteen_hours():
    enrolment = EnrolmentFactory()
    with refused("too_much_on_a_day"):
        log(enrolment, minutes=961)
    log(enrolment, minutes=960)
    with refused("too_much_on_a_day"):
        log(enrolment, minutes=1)


@pytest.mark.parametrize("minutes", [0, -30])
def test_nothing_and_less_than_nothing_is_refused(minutes):
    with refused("zero_duration"):
        log(EnrolmentFactory(), minutes=minutes)


@pytest.mark.parametrize("status", ["applied", "declined", "stopped", "completed"])
def test_only_who_takes_part_writes_hours(status):
    enrolment = EnrolmentFactory(
        **({"applied": True} if status == "applied" else {"status": status})
    )
    with refused("not_active"):
        log(enrolment)


def test_who_pauses_may_write_hours():
    enrolment = EnrolmentFactory()
    PauseFactory(enrolment=enrolment, starts_on=TODAY, ends_on=None, confirmed=True)
    assert log(enrolment).status == "submitted"


def test_who_stopped_may_finish_what_came_back():
    enrolment = EnrolmentFactory(stopped=True)
    entry = HourEntryFactory(enrolment=enrolment, returned=True)
    actions.edit(entry, by=enrolment.participant, description="De training Grenzen stellen")
    assert actions.submit(entry, by=enrolment.participant).status == "submitted"
    draft = HourEntryFactory(enrolment=enrolment, draft=True)
    with refused("not_active"):
        actions.submit(draft, by=enrolment.participant)


def test_the_only_placement_of_that_day_is_filled_in():
    enrolment = EnrolmentFactory()
    PlacementFactory(enrolment=enrolment, ends_on=dt.date(2025, 2, 28))
    now = PlacementFactory(enrolment=enrolment, starts_on=dt.date(2025, 3, 1))
    assert log(enrolment).placement == now
    assert log(enrolment, kind="study").placement is None


def test_of_two_placements_none_is_guessed():
    enrolment = EnrolmentFactory()
    PlacementFactory.create_batch(2, enrolment=enrolment)
    assert log(enrolment).placement is None


def test_placement_and_training_are_ones_own_and_go_with_the_kind():
    enrolment = EnrolmentFactory()
    place, choice = (
        PlacementFactory(enrolment=enrolment),
        TrainingChoiceFactory(enrolment=enrolment),
    )
    assert log(enrolment, placement=place).placement == place
    assert log(enrolment, kind="study", training_choice=choice).training_choice == choice
    with refused("unknown_placement"):
        log(enrolment, placement=PlacementFactory())
    with refused("unknown_training"):
        log(enrolment, kind="study", training_choice=TrainingChoiceFactory())
    with refused("study_has_no_placement"):
        log(enrolment, kind="study", placement=place)
    with refused("work_has_no_training"):
        log(enrolment, training_choice=choice)


def test_a_training_that_is_not_chosen_any_more_is_refused():
    choice = TrainingChoiceFactory(status="dropped")
    with refused("unknown_training"):
        log(choice.enrolment, kind="study", training_choice=choice)


def test_a_training_with_a_register_is_not_typed():
    choice = TrainingChoiceFactory(training=TrainingFactory(has_register=True))
    with refused("comes_from_the_register"):
        log(choice.enrolment, kind="study", training_choice=choice)


def test_times_come_in_pairs_and_in_order():
    enrolment = EnrolmentFactory()
    with refused("half_a_time"):
        log(enrolment, starts_at=dt.time(10))
    with refused("ends_before_it_starts"):
        log(enrolment, starts_at=dt.time(10), ends_at=dt.time(10))
    assert log(enrolment, starts_at=dt.time(10), ends_at=dt.time(11)).ends_at == dt.time(11)


def test_what_is_handed_in_says_what_was_done_and_a_draft_may_wait():
    enrolment = EnrolmentFactory()
    with refused("description_missing"):
        log(enrolment, description=" ")
    draft = log(enrolment, description="", draft=True)
    with refused("description_missing"):
        actions.submit(draft, by=enrolment.participant)
