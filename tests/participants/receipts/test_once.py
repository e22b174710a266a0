"""What is sent twice is made once: by the same person, whatever went wrong in between."""

import datetime as dt
import uuid
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from drf_spectacular.generators import SchemaGenerator
from rest_framework.test import APIClient

from leerlijn.schema import operations_of
from participants import receipts
from participants.models import HourProof, LearningPlace, Pause, Receipt
from tests.factories import EnrolmentFactory, HourEntryFactory, RoleFactory, UserFactory
from tests.participants.files import corpus

PLACES = "/api/v1/learning-places/"
FACTS = {"organisation": "Buurtwerk De Brug", "team": "Buurtteam Oosterhoek"}


@pytest.fixture
def coordinator(db):
    return RoleFactory(coordinator=True).user


@pytest.fixture
def key():
    return str(uuid.uuid4())


def post(person, address, data, encoding="json"):
    client = APIClient()
    client.force_authenticate(person)
    response = client.post(address, data, format=encoding)
    return response.status_code, response.json()


def test_what_is_sent_twice_is_made_once_and_told_twice(coordinator, key):
    first = post(coordinator, PLACES, {**FACTS, "client_id": key})
    assert first[0] == 201
    LearningPlace.objects.update(district="Oost")
    assert post(coordinator, PLACES, {**FACTS, "client_id": key}) == first
    assert LearningPlace.objects.count() == 1


def test_without_a_client_id_each_is_a_request_of_its_own(coordinator):
    for client_id in ({}, {"client_id": None}):
        facts = {"enrolment": EnrolmentFactory().pk, "starts_on": "2025-02-03", **client_id}
        assert post(coordinator, "/api/v1/pauses/", facts)[0] == 201
    assert not Receipt.objects.exists()


@pytest.mark.parametrize("other", [{"team": "Buurtteam West"}, {"district": "Oost"}])
def test_something_else_with_the_same_client_id_is_refused(coordinator, key, other):
    post(coordinator, PLACES, {**FACTS, "client_id": key})
    status, said = post(coordinator, PLACES, {**FACTS, **other, "client_id": key})
    assert (status, said["code"]) == (409, "sent_before")
    elsewhere = {"enrolment": EnrolmentFactory().pk, "starts_on": "2025-02-03", "client_id": key}
    assert post(coordinator, "/api/v1/pauses/", elsewhere)[0] == 409
    assert (LearningPlace.objects.count(), Pause.objects.count()) == (1, 0)


def test_the_client_id_of_somebody_else_is_another(coordinator, key):
    colleague = RoleFactory(coordinator=True).user
    post(coordinator, PLACES, {**FACTS, "client_id": key})
    team = {**FACTS, "team": "Buurtteam West", "client_id": key}
    assert post(colleague, PLACES, team)[0] == 201
    assert LearningPlace.objects.count() == 2


def test_what_was_refused_may_be_sent_again_with_other_words(coordinator, key):
    assert post(coordinator, PLACES, {**FACTS, "team": "", "client_id": key})[0] == 400
    assert post(UserFactory(), PLACES, {**FACTS, "client_id": key})[0] == 403
    assert not Receipt.objects.exists()
    assert post(coordinator, PLACES, {**FACTS, "client_id": key})[0] == 201


@pytest.mark.parametrize("sent", [{"client_id": "nog eens"}, {"client_id": 7.5}])
def test_what_is_no_uuid_is_refused(coordinator, sent):
    status, said = post(coordinator, PLACES, {**FACTS, **sent})
    assert (status, list(said["fields"])) == (400, ["client_id"])
    assert post(coordinator, PLACES, [FACTS])[0] == 400


@pytest.mark.django_db
def test_a_file_is_taken_in_once(key):
    entry = HourEntryFactory()
    address, owner = f"/api/v1/hours/{entry.pk}/proofs/", entry.enrolment.participant

    def send(content):
        file = SimpleUploadedFile("rooster.pdf", content, "application/pdf")
        return post(owner, address, {"file": file, "client_id": key}, "multipart")

    first = send(corpus.pdf())
    assert (first[0], send(corpus.pdf())) == (201, first)
    assert send(corpus.pdf("Iets anders"))[0] == 409
    assert HourProof.objects.count() == 1


def test_the_answer_is_unreadable_without_the_client_id(coordinator, key):
    post(coordinator, PLACES, {**FACTS, "client_id": key})
    kept = Receipt.objects.get()
    for said in (kept.name, kept.asked, kept.answer):
        assert key not in said
        assert "Oosterhoek" not in said


def test_an_answer_is_kept_for_three_days(coordinator, key):
    post(coordinator, PLACES, {**FACTS, "client_id": key})
    now = timezone.now()
    for hours, left in ((71, 1), (73, 0)):
        Receipt.objects.update(made_at=now - dt.timedelta(hours=hours))
        assert receipts.sweep() == 1 - left
        assert Receipt.objects.count() == left


def test_the_database_keeps_one_of_a_person_by_whole_digests(coordinator):
    facts = {"user": coordinator, "name": "a" * 64, "asked": "b" * 64}
    Receipt.objects.create(**facts)
    for broken in (facts, {**facts, "name": "c"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Receipt.objects.create(**broken)


def test_whatever_makes_something_takes_a_client_id():
    schema = SchemaGenerator().get_schema(public=True)
    without, beside = [], []
    for path, method, operation in operations_of(schema):
        taken = {
            "client_id" in schema["components"]["schemas"][named]["properties"]
            for content in operation.get("requestBody", {}).get("content", {}).values()
            if (named := content["schema"].get("$ref", "").rpartition("/")[2])
        }
        if method == "post" and "201" in operation["responses"]:
            without += [path] if taken != {True} else []
        elif True in taken:
            beside.append(path)
    assert (without, beside) == ([], [])


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("right", [True, False])
def test_of_two_at_once_one_makes_it_and_both_are_told(key, right):
    coordinator = RoleFactory(coordinator=True).user
    facts = {"enrolment": EnrolmentFactory().pk, "starts_on": "2025-02-03", "client_id": key}
    barrier = Barrier(2, timeout=30)

    def send(ends_on):
        barrier.wait()
        try:
            return post(coordinator, "/api/v1/pauses/", {**facts, "ends_on": ends_on})
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        last = ["2025-03-03", "2025-03-03" if right else "2025-02-01"]
        answers = list(pool.map(send, last))
    assert Pause.objects.count() == 1
    if right:
        assert answers[0] == answers[1]
    else:
        assert sorted(status for status, _said in answers) in ([201, 400], [201, 409])
