"""Reads and logins are kept a year, and go by whole days; what was decided stays."""

import datetime as dt

import pytest
from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from participants.events import guards
from participants.events.actions import decided, was_read
from participants.events.models import kept_from
from participants.models import Event
from tests.factories import EnrolmentFactory, RoleFactory, UserFactory

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 3, 10, 14, 30, tzinfo=dt.UTC)
FIRST_KEPT = dt.datetime(2025, 3, 9, 23, tzinfo=dt.UTC)  # midnight in Amsterdam


@pytest.fixture
def at(time_machine):
    return lambda moment: time_machine.move_to(moment, tick=False)


def test_the_first_day_that_is_kept_is_whole(at):
    at(NOW)
    assert settings.KEEP_READS_DAYS == 365
    assert kept_from() == FIRST_KEPT


@pytest.mark.parametrize(
    ("moment", "left"),
    [
        (FIRST_KEPT - dt.timedelta(microseconds=1), 0),
        (FIRST_KEPT, 1),
        (FIRST_KEPT + dt.timedelta(hours=9), 1),
    ],
)
def test_a_read_goes_with_its_whole_day(at, moment, left):
    at(moment)
    was_read(EnrolmentFactory(), by=RoleFactory().user)
    at(NOW)
    assert Event.objects.expire() == 1 - left
    assert Event.objects.reads().count() == left


def test_logins_go_as_reads_do_and_decisions_stay(at, client):
    at(NOW - dt.timedelta(days=400))
    person = UserFactory()
    client.force_login(person)
    decided("called", EnrolmentFactory(), by=person)
    assert Event.objects.logins().get().actor == person
    at(NOW)
    assert Event.objects.expire() == 1
    assert Event.objects.get().act == "called"
    assert Event.objects.expire() == 0


def test_the_database_refuses_a_day_too_many(at):
    at(FIRST_KEPT + dt.timedelta(seconds=1))
    was_read(EnrolmentFactory(), by=RoleFactory().user)
    refused(FIRST_KEPT)
    at(NOW - dt.timedelta(days=400))
    decided("called", EnrolmentFactory(), by=UserFactory())
    refused(NOW, "decision")


def refused(before, kind="read"):
    """With the door open for what is older than ``before``, an event of ``kind`` stays."""
    never = pytest.raises(IntegrityError, match="only_by_being_forgotten")
    opened = guards.forgetting_before(before, "default")
    with never, transaction.atomic(), opened, connection.cursor() as cursor:
        cursor.execute("DELETE FROM participants_event WHERE kind = %s", [kind])


def test_a_login_is_told_to_whose_it_is(client):
    person = UserFactory()
    client.force_login(person)
    page = client.get("/mijn-gegevens/bekijk/wie-je-bent/").content.decode()
    assert "Wanneer je inlogde" in page
    assert timezone.localtime(Event.objects.logins().get().happened_at).strftime("%H.%M") in page
