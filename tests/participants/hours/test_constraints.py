import datetime as dt
import uuid

import pytest
from django.db import IntegrityError, transaction

from participants.models import HourEntry
from tests.factories import HourEntryFactory, PlacementFactory, TrainingChoiceFactory, UserFactory
from tests.factories.cohorts import MOMENT

pytestmark = pytest.mark.django_db


def breaks(name, **facts):
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        HourEntryFactory(**facts)


@pytest.mark.parametrize("minutes", [0, 961])
def test_an_entry_is_one_minute_to_sixteen_hours(minutes):
    breaks("an_entry_is_one_minute_to_sixteen_hours", minutes=minutes)


def test_hours_know_when_they_were_submitted():
    breaks("hours_know_when_they_were_submitted", submitted_at=None)
    breaks("hours_know_when_they_were_submitted", status="draft", submitted_at=MOMENT)


def test_hours_have_a_verdict_and_its_moment_or_neither():
    name = "hours_have_a_verdict_and_its_moment_or_neither"
    breaks(name, status="approved")
    breaks(name, approved=True, reviewed_at=None)
    breaks(name, reviewed_by=UserFactory())


def test_returned_hours_say_why():
    breaks("returned_hours_say_why", returned=True, return_reason="")


def test_work_has_no_training_and_study_no_placement():
    name, choice = "work_has_no_training_and_study_no_placement", TrainingChoiceFactory()
    breaks(name, enrolment=choice.enrolment, training_choice=choice)
    breaks(name, enrolment=choice.enrolment, kind="study", placement=PlacementFactory())


def test_times_come_in_pairs():
    breaks("times_come_in_pairs", starts_at=dt.time(10))


def test_hours_end_after_they_start():
    breaks("hours_end_after_they_start", starts_at=dt.time(10), ends_at=dt.time(10))


def test_a_repeated_send_is_one_entry():
    entry = HourEntryFactory(client_id=uuid.uuid4())
    with pytest.raises(IntegrityError), transaction.atomic():
        HourEntryFactory(enrolment=entry.enrolment, client_id=entry.client_id)


def test_hours_have_one_correction_at_a_time():
    old = HourEntryFactory(approved=True)
    HourEntryFactory(enrolment=old.enrolment, corrects=old, withdrawn=True)
    HourEntryFactory(enrolment=old.enrolment, corrects=old)
    with pytest.raises(IntegrityError), transaction.atomic():
        HourEntryFactory(enrolment=old.enrolment, corrects=old)


def test_replaced_hours_no_longer_count():
    breaks("replaced_hours_no_longer_count", approved=True, replaced_at=MOMENT)


def test_sums_are_per_kind_and_state():
    entry = HourEntryFactory(approved=True, minutes=90)
    same = {"enrolment": entry.enrolment}
    HourEntryFactory(**same, approved=True, minutes=45)
    HourEntryFactory(**same, kind="study", minutes=30)
    tallies = HourEntry.objects.tallies()
    assert tallies == {("work", "approved"): (135, 2), ("study", "submitted"): (30, 1)}
