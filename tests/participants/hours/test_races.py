import datetime as dt
import time
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import connection, transaction

from participants.hours import actions
from participants.models import Enrolment, Event, HourEntry
from tests.factories import CohortFactory, EnrolmentFactory, HourEntryFactory, RoleFactory
from tests.participants.hours.scene import NOON, TODAY, log

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def noon():
    with time_machine.travel(NOON):
        yield


def at_once(*acts):
    """What each act answered: the code of its refusal, or "done"; other exceptions fly."""
    barrier = Barrier(len(acts), timeout=30)

    def perform(act):
        try:
            barrier.wait()
            act()
        except ValidationError as refusal:
            return refusal.code
        else:
            return "done"
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return sorted(pool.map(perform, acts))


PAIRS = 100


def a_hundred(act):
    """Entries of one person, and the outcome of two reviewers at once on each."""
    enrolment = EnrolmentFactory()
    first, second = (role.user for role in RoleFactory.create_batch(2, cohort=enrolment.cohort))
    entries = HourEntryFactory.create_batch(PAIRS, enrolment=enrolment, minutes=1)
    for entry in entries:
        seen = {"seen": entry.changed_at}
        assert act(entry, first, second, seen) == ["already_reviewed", "done"]
    return entries


def decisions_of(entries):
    """The acts on ``entries``, one for each: which one of the two it was does not matter."""
    subjects = list(Event.objects.decisions().values_list("subject", flat=True))
    assert sorted(subjects) == sorted(f"hourentry:{entry.pk}" for entry in entries)
    return set(Event.objects.values_list("act", flat=True))


def test_of_two_approvals_at_once_exactly_one_counts_a_hundred_times(noon):
    entries = a_hundred(
        lambda entry, first, second, seen: at_once(
            lambda: actions.approve(entry, by=first, **seen),
            lambda: actions.approve(entry, by=second, **seen),
        )
    )
    assert HourEntry.objects.approved().count() == PAIRS
    assert decisions_of(entries) == {"hours_approved"}


def test_of_an_approval_and_a_return_at_once_exactly_one_stands_a_hundred_times(noon):
    entries = a_hundred(
        lambda entry, first, second, seen: at_once(
            lambda: actions.approve(entry, by=first, **seen),
            lambda: actions.send_back(entry, by=second, reason="Waarom?", **seen),
        )
    )
    answered = HourEntry.objects.approved().count() + HourEntry.objects.returned().count()
    assert answered == PAIRS
    assert decisions_of(entries) <= {"hours_approved", "hours_returned"}


def test_whole_weeks_that_overlap_are_reviewed_at_once_without_a_deadlock(noon):
    people = EnrolmentFactory.create_batch(4, cohort=CohortFactory())
    first, second = (role.user for role in RoleFactory.create_batch(2, cohort=people[0].cohort))
    for _turn in range(10):
        entries = [HourEntryFactory(enrolment=person, minutes=1) for person in people]
        refused: list = []

        def approve(rows, by, into=refused):
            into.extend(actions.approve_many(rows, by=by))

        at_once(partial(approve, entries, first), partial(approve, entries[::-1], second))
        assert sorted(refused) == sorted(entry.pk for entry in entries)
    assert Event.objects.decisions().count() == HourEntry.objects.approved().count() == 40


def test_an_approval_taken_back_twice_at_once_is_taken_back_once(noon):
    enrolment = EnrolmentFactory()
    trainer = RoleFactory(cohort=enrolment.cohort).user
    for entry in HourEntryFactory.create_batch(20, enrolment=enrolment, minutes=1):
        approved = actions.approve(entry, by=trainer)
        outcome = at_once(*[lambda entry=approved: actions.take_back(entry, by=trainer)] * 2)
        assert outcome == ["done", "not_yours_to_take_back"]


def test_two_entries_at_once_do_not_both_fit_in_what_is_left_of_a_day(noon):
    person = EnrolmentFactory()
    elsewhere = EnrolmentFactory(participant=person.participant)
    for days in range(20):
        day = TODAY - dt.timedelta(days=days)
        outcome = at_once(
            lambda day=day: log(person, date=day, minutes=540),
            lambda day=day: log(elsewhere, date=day, minutes=540),
        )
        assert outcome == ["done", "too_much_on_a_day"]


def meanwhile(person, act, change):
    """What ``act`` answers that has to wait for who makes ``change`` to ``person``."""
    with ThreadPoolExecutor(1) as pool, transaction.atomic():
        Enrolment.objects.select_for_update().get(pk=person.pk)
        waiting = pool.submit(at_once, act)
        until = time.monotonic() + 30
        while not somebody_waits():
            assert time.monotonic() < until
            time.sleep(0.01)
        change()
    return waiting.result()


def somebody_waits():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT 1 FROM pg_stat_activity"
            " WHERE datname = current_database() AND wait_event_type = 'Lock'"
        )
        return cursor.fetchone() is not None


def test_hours_that_waited_for_a_lock_are_judged_by_what_is_so_after_the_wait(noon):
    person = EnrolmentFactory()
    here = Enrolment.objects.filter(pk=person.pk)
    day = {"date": dt.date(2025, 1, 7)}
    later = CohortFactory(starts_on=dt.date(2025, 2, 3), ends_on=dt.date(2025, 9, 1))
    changes = {
        "too_much_on_a_day": lambda: HourEntryFactory(enrolment=person, minutes=900, **day),
        "before_the_start": lambda: here.update(cohort=later),
        "not_active": lambda: here.update(status="stopped"),
    }
    assert meanwhile(person, lambda: log(person, **day), lambda: None) == ["done"]
    for code, change in changes.items():
        assert meanwhile(person, lambda: log(person, **day), change) == [code]


def test_an_edit_and_an_approval_at_once_have_one_outcome(noon):
    entry = HourEntryFactory()
    trainer = RoleFactory(cohort=entry.enrolment.cohort).user
    for each in HourEntryFactory.create_batch(30, enrolment=entry.enrolment, minutes=1):
        outcome = at_once(
            lambda each=each: actions.approve(each, by=trainer, seen=each.changed_at),
            lambda each=each: actions.edit(each, by=entry.enrolment.participant, minutes=2),
        )
        each.refresh_from_db()
        assert (outcome, each.status, each.minutes) in [
            (["already_approved", "done"], "approved", 1),
            (["changed", "done"], "submitted", 2),
        ]


def test_the_same_client_id_at_once_is_one_entry(noon):
    enrolment = EnrolmentFactory()
    sent = "2f1b6c1e-8f0a-4d5e-9a55-1d2c3b4a5f60"
    assert at_once(*[lambda: log(enrolment, client_id=sent)] * 4) == ["done"] * 4
    assert HourEntry.objects.count() == 1
