"""A signed paper by the other door: what stands on it is approved, line by line, once."""

import uuid

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from rest_framework.test import APIClient

from participants.hours import actions
from participants.models import HourEntry, HourProof
from tests.factories import EnrolmentFactory, HourEntryFactory, RoleFactory
from tests.participants.files import corpus
from tests.participants.hours.scene import NOON

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def noon():
    with time_machine.travel(NOON, tick=False):
        yield


def send(person, entries, **sent):
    client = APIClient()
    client.force_authenticate(person)
    paper = SimpleUploadedFile("briefje.pdf", corpus.pdf(), "application/pdf")
    data = {"entries": [entry.pk for entry in entries], "file": paper, **sent}
    answer = client.post("/api/v1/hours/slips/", data, format="multipart")
    return answer.status_code, answer.json()


def test_one_line_that_was_seen_to_leaves_the_others_approved():
    enrolment = EnrolmentFactory()
    trainer = RoleFactory(cohort=enrolment.cohort).user
    first, second = HourEntryFactory.create_batch(2, enrolment=enrolment)
    actions.approve(second, by=trainer)
    sent = {"client_id": str(uuid.uuid4()), "note": "maart"}
    told = send(trainer, [first, second], **sent)
    assert told[0] == 201
    assert told[1]["approved"] == [first.pk]
    assert [(one["entry"], one["code"]) for one in told[1]["refused"]] == [
        (second.pk, "already_reviewed")
    ]
    assert send(trainer, [first, second], **sent) == told
    assert HourProof.objects.slips().count() == 1


def test_lines_of_two_people_or_of_strangers_are_refused():
    enrolment = EnrolmentFactory()
    trainer = RoleFactory(cohort=enrolment.cohort).user
    mine = HourEntryFactory(enrolment=enrolment)
    colleague = HourEntryFactory(enrolment=EnrolmentFactory(cohort=enrolment.cohort))
    assert send(trainer, [mine, colleague])[1]["code"] == "several_people"
    assert send(trainer, [mine, HourEntryFactory()])[0] == 404
    assert send(enrolment.participant, [mine])[0] == 403
    assert not HourEntry.objects.approved().exists()
