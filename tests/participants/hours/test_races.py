import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import connection

from participants.hours import actions
from participants.models import Event, HourEntry
from tests.factories import EnrolmentFactory, HourEntryFactory, RoleFactory
from tests.participants.hours.scene import NOON, TODAY, log

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def noon():
    with time_machine.travel(NOON):
        yield


def at_once(*acts):
    """What each act answered: the code of its refusal, or "done"; other exceptions fly."""
    barrier = Barrier(len(acts))

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


def test_of_two_reviewers_exactly_one_wins_a_hundred_times(noon):
    entry = HourEntryFactory()
    first, second = RoleFactory.create_batch(2, cohort=entry.enrolment.cohort)
    entries = HourEntryFactory.create_batch(100, enrolment=entry.enrolment, minutes=1)
    for each in entries:
        outcome = at_once(
            lambda each=each: actions.approve(each, by=first.user, seen=each.changed_at),
            lambda each=each: actions.send_back(each, by=second.user, reason="Waarom?"),
        )
        assert outcome == ["already_reviewed", "done"]
    assert Event.objects.decisions().count() == 100


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
