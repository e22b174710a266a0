"""What a coordinator changes about a planned talk, through the API."""

import pytest

from participants.models import FinalInterview
from tests.participants.interviews.scene import both_hand_in
from tests.participants.interviews.test_api import at, post

LATER = "2025-06-18T10:00:00+02:00"


def sits(scene):
    return set(scene.interview.seats.taken().values_list("assessor", flat=True))


def test_a_talk_gets_another_moment_and_place(client, planned):
    sent = {"planned_at": LATER, "place": "Bibliotheek"}
    answer = post(client, planned.coordinator, at(planned, "replan"), sent)
    assert answer.status_code == 200
    assert {name: answer.json()[name] for name in sent} == sent


def test_a_talk_that_was_not_held_is_no_attempt(client, planned):
    answer = post(client, planned.coordinator, at(planned, "not-held"))
    assert answer.json()["status"] == FinalInterview.Status.NOT_HELD
    assert post(client, planned.coordinator, at(planned, "not-held")).json()["code"] == "not_held"


def test_a_seat_passes_to_another(client, planned):
    sent = {"leaves": planned.first.pk, "assessor": planned.third.pk}
    assert post(client, planned.coordinator, at(planned, "replace"), sent).status_code == 200
    assert sits(planned) == {planned.second.pk, planned.third.pk}


def test_a_third_comes_beside_two_who_handed_in(client, planned):
    sent = {"assessor": planned.third.pk}
    early = post(client, planned.coordinator, at(planned, "third"), sent)
    assert (early.status_code, early.json()["code"]) == (400, "ratings_not_in")
    both_hand_in(planned)
    assert post(client, planned.coordinator, at(planned, "third"), sent).status_code == 200
    assert planned.third.pk in sits(planned)


def test_who_was_not_there_leaves_the_other_alone(client, planned):
    sent = {"absent": planned.first.pk, "reason": "Ziek", "recorded_how": "Aantekeningen"}
    assert post(client, planned.coordinator, at(planned, "leave-one"), sent).status_code == 200
    assert sits(planned) == {planned.second.pk}


@pytest.mark.parametrize(
    ("door", "sent"),
    [
        ("replace", {"leaves": "third", "assessor": "second"}),
        ("third", {"assessor": "participant"}),
        ("leave-one", {"absent": "third", "reason": "Ziek", "recorded_how": "Papier"}),
    ],
)
def test_who_has_no_seat_or_may_have_none_is_not_there(client, planned, door, sent):
    people = {"participant": planned.enrolment.participant} | vars(planned)
    sent = {name: people[said].pk if said in people else said for name, said in sent.items()}
    assert post(client, planned.coordinator, at(planned, door), sent).status_code == 404


@pytest.mark.parametrize("door", ["replan", "not-held", "replace", "third", "leave-one"])
def test_an_assessor_plans_nothing(client, planned, door):
    sent = {
        "planned_at": LATER,
        "leaves": planned.first.pk,
        "assessor": planned.third.pk,
        "absent": planned.first.pk,
        "reason": "Ziek",
        "recorded_how": "Papier",
    }
    assert post(client, planned.first, at(planned, door), sent).status_code == 403
