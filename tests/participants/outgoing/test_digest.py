"""Once a week staff hears how much waits: counts and links, no names, and never nothing."""

import datetime as dt

import pytest
from django.core.management import call_command
from django.utils import timezone

from participants.mailing import deliver_waiting
from participants.messages import choosing
from participants.models import HourEntry
from participants.outgoing import digest, letters
from tests.factories import EnrolmentFactory, HourEntryFactory
from tests.participants.messages.scene import cohort_with_contact, someone, staff

pytestmark = pytest.mark.django_db
MONDAY = dt.datetime(2025, 3, 3, 8, 0, tzinfo=dt.UTC)  # nine o'clock in Amsterdam


@pytest.fixture(autouse=True)
def monday(time_machine):
    time_machine.move_to(MONDAY)
    return time_machine


@pytest.fixture
def trainer():
    """Of a cohort in which the hours of one person wait."""
    cohort = cohort_with_contact()
    HourEntryFactory(enrolment=someone(cohort, "Samira Aalbers"), submitted_at=timezone.now())
    return staff(cohort, "trainer")


def test_two_ticks_send_one(trainer, mailoutbox):
    call_command("tick")
    call_command("tick")
    assert [mail.to for mail in mailoutbox] == [[trainer.email]]


def test_it_counts_and_names_nobody(trainer, mailoutbox):
    digest.send_due()
    deliver_waiting()
    body = mailoutbox[0].body
    assert "- Uren: 1" in body and "/wacht/?soort=uren" in body and "/berichten/mail/" in body
    assert "Samira" not in body


@pytest.mark.parametrize(
    ("moment", "made"),
    [
        ("2025-03-03 06:59:59", 0),
        ("2025-03-03 07:00", 1),
        ("2025-03-04 06:59:59", 1),
        ("2025-03-04 07:00", 0),
    ],
)
def test_it_goes_on_monday_from_eight_in_amsterdam(monday, trainer, moment, made):
    monday.move_to(dt.datetime.fromisoformat(moment).replace(tzinfo=dt.UTC))
    assert digest.send_due() == made


def test_the_week_after_there_is_another(monday, trainer):
    digest.send_due()
    monday.move_to(MONDAY + dt.timedelta(days=7))
    assert digest.send_due() == 1


def test_on_whom_nothing_waits_gets_none():
    staff(cohort_with_contact())
    assert digest.send_due() == 0


def test_what_was_done_since_is_not_told(trainer):
    assert letters.digest(trainer.pk)
    HourEntry.objects.update(status="withdrawn")
    assert letters.digest(trainer.pk) is None


def test_who_switched_it_off_and_who_is_no_staff_get_none(trainer):
    choosing.switch("digest", False, by=trainer)
    EnrolmentFactory()
    assert digest.send_due() == 0
    choosing.switch("digest", True, by=trainer)
    assert digest.send_due() == 1


def test_who_may_not_log_in_any_more_gets_none(trainer):
    type(trainer).objects.filter(pk=trainer.pk).update(is_active=False)
    assert digest.send_due() == 0
