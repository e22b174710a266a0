"""The API of the catalogue and of choices: the contract, and the same refusals as the pages."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import (
    EnrolmentFactory,
    LearningTrackFactory,
    RoleFactory,
    TrainingChoiceFactory,
    TrainingFactory,
)

pytestmark = pytest.mark.django_db
CHOICES = "/api/v1/training-choices/"


@pytest.fixture
def enrolment():
    return EnrolmentFactory()


@pytest.fixture
def own(client, enrolment):
    client.force_login(enrolment.participant)
    return client


@pytest.fixture
def staff(client, enrolment):
    client.force_login(RoleFactory(cohort=enrolment.cohort).user)
    return client


def post(client, address, **data):
    return client.post(address, data, content_type="application/json")


def test_the_catalogue_is_listed(own):
    training = TrainingFactory(title="Grenzen stellen", description="Nee zeggen")
    TrainingFactory(track=LearningTrackFactory())
    assert own.get("/api/v1/trainings/").json()["results"] == [
        {
            "id": training.pk,
            "title": "Grenzen stellen",
            "minutes": 180,
            "description": "Nee zeggen",
            "track": None,
            "provider": "",
            "where_and_when": "",
            "has_register": False,
            "dates": [],
        }
    ]


def test_the_catalogue_is_searched_and_ordered(own):
    TrainingFactory(title="Grenzen", minutes=60)
    TrainingFactory(title="Vragen", minutes=30)
    found = own.get("/api/v1/trainings/?ordering=minutes").json()["results"]
    assert [training["title"] for training in found] == ["Vragen", "Grenzen"]
    assert len(own.get("/api/v1/trainings/?search=gren").json()["results"]) == 1


def test_a_training_is_chosen(own, enrolment):
    training = TrainingFactory()
    answer = post(own, CHOICES, enrolment=enrolment.pk, training=training.pk)
    assert answer.status_code == 201
    assert answer.json() == {
        "id": enrolment.training_choices.get().pk,
        "enrolment": enrolment.pk,
        "training": training.pk,
        "own_title": "",
        "reason": "",
        "status": "chosen",
        "answer": "",
    }
    again = post(own, CHOICES, enrolment=enrolment.pk, training=training.pk)
    assert (again.status_code, again.json()["code"]) == (400, "already_chosen")


def test_an_own_training_is_proposed(own, enrolment):
    answer = post(own, CHOICES, enrolment=enrolment.pk, own_title="Rouw", reason="Past bij mij")
    assert (answer.status_code, answer.json()["status"]) == (201, "proposed")


@pytest.mark.parametrize(
    ("data", "code"),
    [
        ({}, "title_missing"),
        ({"training": "{training}", "own_title": "Rouw"}, "one_of_two"),
        ({"own_title": "x" * 121}, "invalid"),
    ],
)
def test_a_choice_is_one_of_two_things(own, enrolment, data, code):
    if "training" in data:
        data = {**data, "training": TrainingFactory().pk}
    answer = post(own, CHOICES, enrolment=enrolment.pk, **data)
    assert (answer.status_code, answer.json()["code"]) == (400, code)


def test_ids_of_others_and_ids_that_are_not_there_answer_alike(own, enrolment):
    elsewhere = EnrolmentFactory()
    hidden = TrainingFactory(track=LearningTrackFactory())
    for field, key in [("enrolment", elsewhere.pk), ("training", hidden.pk)]:
        bodies = []
        for sent in (key, 999_999):
            data = {"enrolment": enrolment.pk, "training": TrainingFactory().pk, field: sent}
            answer = post(own, CHOICES, **data)
            assert answer.status_code == 400
            bodies.append(answer.content.decode().replace(str(sent), "…"))
        assert bodies[0] == bodies[1]


def test_an_answer_is_given(staff, enrolment):
    first, second = (
        TrainingChoiceFactory(enrolment=enrolment, own=True, own_title=title)
        for title in ("Rouw", "Schuldhulp")
    )
    assert post(staff, f"{CHOICES}{first.pk}/accept/").json()["status"] == "chosen"
    no_reason = post(staff, f"{CHOICES}{second.pk}/decline/")
    assert no_reason.json()["code"] == "answer_missing"
    no = post(staff, f"{CHOICES}{second.pk}/decline/", answer="Zit al in les 4.")
    assert (no.json()["status"], no.json()["answer"]) == ("declined", "Zit al in les 4.")


def test_a_choice_is_dropped_or_completed(own, enrolment):
    first, second = TrainingChoiceFactory.create_batch(2, enrolment=enrolment)
    assert post(own, f"{CHOICES}{first.pk}/drop/").json()["status"] == "dropped"
    assert post(own, f"{CHOICES}{second.pk}/complete/").json()["status"] == "completed"
    late = post(own, f"{CHOICES}{second.pk}/drop/")
    assert (late.status_code, late.json()["code"]) == (400, "cannot_drop")


@pytest.mark.parametrize("asked", ["status=proposed", "enrolment={e.pk}", "cohort={e.cohort.pk}"])
def test_choices_are_filtered(staff, enrolment, asked):
    RoleFactory(
        user_id=int(staff.session["_auth_user_id"]), cohort=(other := EnrolmentFactory()).cohort
    )
    TrainingChoiceFactory(enrolment=other)
    mine = TrainingChoiceFactory(enrolment=enrolment, own=True)
    found = staff.get(f"{CHOICES}?{asked.format(e=enrolment)}").json()["results"]
    assert [choice["id"] for choice in found] == [mine.pk]


@pytest.mark.parametrize("address", ["/api/v1/trainings/", CHOICES])
def test_lists_take_as_many_queries_for_three_as_for_one(own, enrolment, address):
    counts = []
    for size in (1, 2):
        TrainingChoiceFactory.create_batch(size, enrolment=enrolment)
        with CaptureQueriesContext(connection) as queries:
            own.get(address)
        counts.append(len(queries))
    assert counts[0] == counts[1]
