"""What staff do about hours besides the pile, through the API."""

import uuid

import pytest
import time_machine
from rest_framework.test import APIClient

from participants.models import HourEntry
from tests.factories import (
    EnrolmentFactory,
    HourEntryFactory,
    PlacementFactory,
    RoleFactory,
    TrainingChoiceFactory,
)
from tests.participants.hours.scene import NOON, TODAY

pytestmark = pytest.mark.django_db
FOR = "/api/v1/hours/for-somebody/"


@pytest.fixture(autouse=True)
def noon():
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def enrolment():
    return EnrolmentFactory()


@pytest.fixture
def trainer(enrolment):
    return RoleFactory(cohort=enrolment.cohort, user__name="Ellen Brouwer").user


def post(person, address, data=None):
    client = APIClient()
    client.force_authenticate(person)
    response = client.post(address, data)
    return response.status_code, response.json()


def sent(enrolment, **facts):
    known = {"kind": "work", "date": str(TODAY), "minutes": "1:30", "description": "Meegelopen"}
    return {"enrolment": enrolment.pk, "note": "Van de lijst"} | known | facts


def test_staff_write_hours_down_for_somebody(enrolment, trainer):
    place = PlacementFactory(enrolment=enrolment)
    status, made = post(trainer, FOR, sent(enrolment, placement=place.pk))
    assert (status, made["status"], made["minutes"]) == (201, "submitted", 90)
    assert (made["written_by"], made["placement"]) == ("Ellen Brouwer", place.pk)
    assert HourEntry.objects.get().written_note == "Van de lijst"


def test_a_training_that_the_person_chose_is_found(enrolment, trainer):
    choice = TrainingChoiceFactory(enrolment=enrolment)
    facts = {"kind": "study", "training": choice.training.pk}
    assert post(trainer, FOR, sent(enrolment, **facts))[1]["training_choice"] == choice.pk


def test_hours_for_somebody_sent_twice_are_made_once(enrolment, trainer):
    body = sent(enrolment, client_id=str(uuid.uuid4()))
    assert post(trainer, FOR, body) == post(trainer, FOR, body)
    assert HourEntry.objects.count() == 1


@pytest.mark.parametrize(
    ("facts", "field"),
    [({"note": ""}, "note"), ({"note": "x" * 241}, "note"), ({"enrolment": 0}, "enrolment")],
)
def test_how_you_know_and_of_whom_is_asked(enrolment, trainer, facts, field):
    status, refusal = post(trainer, FOR, sent(enrolment) | facts)
    assert (status, [*refusal["fields"]]) == (400, [field])


def test_nobody_writes_down_for_oneself_or_for_strangers(enrolment, trainer):
    assert post(enrolment.participant, FOR, sent(enrolment))[0] == 403
    assert post(trainer, FOR, sent(EnrolmentFactory()))[0] == 400
    place = PlacementFactory()
    assert post(trainer, FOR, sent(enrolment, placement=place.pk))[0] == 400
    assert not HourEntry.objects.exists()


def test_an_approval_is_taken_back_by_who_gave_it(enrolment, trainer):
    entry = HourEntryFactory(enrolment=enrolment)
    address = f"/api/v1/hours/{entry.pk}/"
    assert post(trainer, f"{address}approve/")[1]["status"] == "approved"
    other = RoleFactory(cohort=enrolment.cohort).user
    status, refusal = post(other, f"{address}take-back/")
    assert (status, refusal["code"]) == (400, "not_yours_to_take_back")
    assert post(trainer, f"{address}take-back/")[1]["status"] == "submitted"
    assert post(enrolment.participant, f"{address}take-back/")[0] == 403


def test_a_correction_sent_twice_is_made_once(enrolment):
    entry = HourEntryFactory(enrolment=enrolment, approved=True)
    body = {"minutes": 30, "client_id": str(uuid.uuid4())}
    first = post(enrolment.participant, f"/api/v1/hours/{entry.pk}/correct/", body)
    assert first == post(enrolment.participant, f"/api/v1/hours/{entry.pk}/correct/", body)
    assert (first[0], entry.corrections.count()) == (201, 1)
