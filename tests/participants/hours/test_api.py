import datetime as dt
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
    TrainingFactory,
)
from tests.participants.hours.scene import NOON, TODAY

pytestmark = pytest.mark.django_db
HOURS = "/api/v1/hours/"


@pytest.fixture(autouse=True)
def noon():
    with time_machine.travel(NOON, tick=False) as clock:
        yield clock


@pytest.fixture
def enrolment():
    return EnrolmentFactory()


@pytest.fixture
def api(enrolment):
    return as_user(enrolment.participant)


@pytest.fixture
def staff(enrolment):
    return as_user(RoleFactory(cohort=enrolment.cohort, user__name="Ellen Brouwer").user)


def as_user(user):
    client = APIClient()
    client.force_authenticate(user)
    return client


def sent(enrolment, **facts):
    known = {"kind": "work", "date": str(TODAY), "minutes": 90, "description": "Meegelopen"}
    return {"enrolment": enrolment.pk} | known | facts


def post(api, entry, act, **body):
    return api.post(f"{HOURS}{entry.pk}/{act}/", body)


def said(response):
    return response.status_code, response.json().get("code")


def test_a_post_hands_hours_in(api, enrolment):
    place = PlacementFactory(enrolment=enrolment)
    response = api.post(HOURS, sent(enrolment, private_note="Voor mij"))
    assert response.status_code == 201
    made = response.json()
    entry = HourEntry.objects.get()
    assert made == {
        "id": entry.pk,
        "enrolment": enrolment.pk,
        "kind": "work",
        "date": "2025-04-01",
        "minutes": 90,
        "starts_at": None,
        "ends_at": None,
        "description": "Meegelopen",
        "private_note": "Voor mij",
        "placement": place.pk,
        "training": None,
        "training_choice": None,
        "status": "submitted",
        "why_not_counted": "Wacht op akkoord sinds 1 april 2025.",
        "return_reason": "",
        "corrects": None,
        "submitted_at": "2025-04-01T12:00:00+02:00",
        "reviewed_at": None,
        "confirmed_by": None,
        "written_by": None,
        "changed_at": "2025-04-01T12:00:00+02:00",
    }


@pytest.mark.parametrize("typed", [90, "1,5", "1.5", "1:30", "1u30", "90 min", "90m", "1 uur 30"])
def test_minutes_are_a_number_or_text_that_the_parser_reads(api, enrolment, typed):
    assert api.post(HOURS, sent(enrolment, minutes=typed)).json()["minutes"] == 90


@pytest.mark.parametrize("typed", [0, -1, 961, "abc", "", None, True, 1.5, [], {}])
def test_what_is_no_duration_is_refused_with_a_sentence(api, enrolment, typed):
    response = api.post(HOURS, sent(enrolment, minutes=typed))
    assert said(response) == (400, "invalid")
    (sentence,) = response.json()["fields"]["minutes"]
    assert sentence.endswith(".")
    assert not HourEntry.objects.exists()


def test_a_rule_answers_with_its_own_code(api, enrolment):
    tomorrow = str(TODAY + dt.timedelta(days=1))
    assert said(api.post(HOURS, sent(enrolment, date=tomorrow))) == (400, "in_the_future")
    api.post(HOURS, sent(enrolment, minutes=900))
    assert said(api.post(HOURS, sent(enrolment, minutes=61))) == (400, "too_much_on_a_day")


def test_sent_twice_is_made_once(api, enrolment):
    body = sent(enrolment, client_id=str(uuid.uuid4()))
    first, second = api.post(HOURS, body), api.post(HOURS, body)
    assert (second.status_code, second.json()) == (201, first.json())
    assert HourEntry.objects.count() == 1
    assert "client_id" not in first.json()


def test_a_training_of_the_catalogue_becomes_what_was_chosen(api, enrolment):
    choice = TrainingChoiceFactory(enrolment=enrolment)
    body = sent(enrolment, kind="study", training=choice.training_id)
    made = api.post(HOURS, body).json()
    assert (made["training"], made["training_choice"]) == (choice.training_id, choice.pk)
    own = TrainingChoiceFactory(enrolment=enrolment, own=True)
    made = api.post(HOURS, sent(enrolment, kind="study", training_choice=own.pk)).json()
    assert (made["training"], made["training_choice"]) == (None, own.pk)


def test_a_training_with_a_register_is_refused(api, enrolment):
    training = TrainingFactory(has_register=True)
    TrainingChoiceFactory(enrolment=enrolment, training=training)
    response = api.post(HOURS, sent(enrolment, kind="study", training=training.pk))
    assert said(response) == (400, "comes_from_the_register")


def test_somebody_elses_and_nothing_are_refused_alike(api, enrolment):
    foreign = {
        "enrolment": EnrolmentFactory().pk,
        "placement": PlacementFactory().pk,
        "training": TrainingChoiceFactory().training_id,
        "training_choice": TrainingChoiceFactory().pk,
    }
    for name, key in foreign.items():
        kind = "study" if "training" in name else "work"
        there = api.post(HOURS, sent(enrolment, kind=kind) | {name: key})
        nothing = api.post(HOURS, sent(enrolment, kind=kind) | {name: 10**9})
        assert there.status_code == nothing.status_code == 400
        assert there.json() == nothing.json()
        assert list(there.json()["fields"]) == [name]
    assert not HourEntry.objects.exists()


def test_a_training_chosen_in_another_enrolment_of_oneself_does_not_fit(api, enrolment):
    elsewhere = EnrolmentFactory(participant=enrolment.participant)
    choice = TrainingChoiceFactory(enrolment=elsewhere)
    body = sent(enrolment, kind="study", training=choice.training_id)
    assert list(api.post(HOURS, body).json()["fields"]) == ["training"]


@pytest.mark.parametrize("status", ["declined", "stopped", "completed"])
def test_who_takes_no_part_hears_so(status):
    enrolment = EnrolmentFactory(status=status)
    response = as_user(enrolment.participant).post(HOURS, sent(enrolment))
    assert said(response) == (400, "not_active")


def test_the_owner_changes_hours_until_they_are_approved(api, enrolment):
    entry = HourEntryFactory(enrolment=enrolment)
    response = api.patch(f"{HOURS}{entry.pk}/", {"minutes": "2 uur", "enrolment": 1})
    assert (response.status_code, response.json()["minutes"]) == (200, 120)
    assert response.json()["enrolment"] == enrolment.pk
    approved = HourEntryFactory(enrolment=enrolment, approved=True)
    response = api.patch(f"{HOURS}{approved.pk}/", {"minutes": 30})
    assert said(response) == (409, "already_approved")


def test_who_reviews_does_not_change(staff, enrolment):
    entry = HourEntryFactory(enrolment=enrolment)
    assert staff.patch(f"{HOURS}{entry.pk}/", {"minutes": 30}).status_code == 403
    assert post(staff, entry, "withdraw").status_code == 403


def test_nobody_removes_or_overwrites(api, enrolment):
    entry = HourEntryFactory(enrolment=enrolment)
    assert api.delete(f"{HOURS}{entry.pk}/").status_code == 405
    assert api.put(f"{HOURS}{entry.pk}/", {}).status_code == 405


def test_the_road_of_hours_that_come_back(api, staff, enrolment):
    entry = HourEntryFactory(enrolment=enrolment, kind="study")
    back = post(staff, entry, "return", reason="Welke training was dit?")
    assert (back.status_code, back.json()["status"]) == (200, "returned")
    assert back.json()["return_reason"] == "Welke training was dit?"
    assert back.json()["why_not_counted"] == "Ellen vraagt: Welke training was dit?"
    api.patch(f"{HOURS}{entry.pk}/", {"description": "Grenzen stellen"})
    again = post(api, entry, "submit").json()
    assert (again["status"], again["return_reason"]) == ("submitted", "")
    approved = post(staff, entry, "approve", note="Mooi").json()
    assert (approved["status"], approved["why_not_counted"]) == ("approved", "")


def test_a_return_needs_a_reason(staff, enrolment):
    entry = HourEntryFactory(enrolment=enrolment)
    assert said(post(staff, entry, "return")) == (400, "reason_missing")
    assert said(post(staff, entry, "return", reason=" ")) == (400, "reason_missing")


def test_withdrawn_hours_are_put_back(api, enrolment):
    entry = HourEntryFactory(enrolment=enrolment)
    assert post(api, entry, "withdraw").json()["status"] == "withdrawn"
    assert post(api, entry, "restore").json()["status"] == "submitted"
    assert said(post(api, entry, "submit")) == (400, "already_submitted")


def test_approved_hours_are_corrected(api, staff, enrolment):
    old = HourEntryFactory(enrolment=enrolment, approved=True)
    made = post(api, old, "correct", minutes=30)
    assert (made.status_code, made.json()["corrects"]) == (201, old.pk)
    assert said(post(api, old, "correct", minutes=20)) == (400, "already_corrected")
    staff.post(f"{HOURS}{made.json()['id']}/approve/")
    assert api.get(f"{HOURS}{old.pk}/").json()["why_not_counted"] == (
        "Vervangen door een verbetering."
    )


def test_nobody_approves_their_own_hours(enrolment):
    entry = HourEntryFactory(enrolment=enrolment)
    person = enrolment.participant
    assert post(as_user(person), entry, "approve").status_code == 403
    RoleFactory(user=person, cohort=enrolment.cohort)
    RoleFactory(user=person, coordinator=True)
    assert post(as_user(person), entry, "approve").status_code == 403
    assert post(as_user(person), entry, "return", reason="Nee").status_code == 403
    assert HourEntry.objects.get().status == "submitted"


def test_the_second_reviewer_is_too_late(staff, enrolment):
    entry = HourEntryFactory(enrolment=enrolment)
    second = as_user(RoleFactory(cohort=enrolment.cohort).user)
    assert post(staff, entry, "approve").status_code == 200
    assert said(post(second, entry, "approve")) == (409, "already_reviewed")


def test_an_approval_may_say_what_was_seen(api, staff, enrolment, noon):
    entry = HourEntryFactory(enrolment=enrolment)
    seen = staff.get(f"{HOURS}{entry.pk}/").json()["changed_at"]
    noon.shift(60)
    api.patch(f"{HOURS}{entry.pk}/", {"minutes": 600})
    assert said(post(staff, entry, "approve", seen=seen)) == (409, "changed")
    seen = staff.get(f"{HOURS}{entry.pk}/").json()["changed_at"]
    assert post(staff, entry, "approve", seen=seen).status_code == 200


def test_the_private_note_is_for_its_owner_alone(api, staff, enrolment):
    entry = HourEntryFactory(enrolment=enrolment, private_note="Voor mij")
    assert api.get(f"{HOURS}{entry.pk}/").json()["private_note"] == "Voor mij"
    assert "private_note" not in staff.get(f"{HOURS}{entry.pk}/").json()
    assert "private_note" not in staff.get(HOURS).json()["results"][0]
    assert "private_note" not in post(staff, entry, "approve").json()


def test_drafts_are_for_their_owner_alone_also_when_withdrawn(api, staff, enrolment):
    draft = HourEntryFactory(enrolment=enrolment, draft=True)
    HourEntryFactory(enrolment=enrolment, withdrawn=True, submitted_at=None)
    assert len(api.get(HOURS).json()["results"]) == 2
    assert staff.get(HOURS).json()["results"] == []
    assert staff.get(f"{HOURS}{draft.pk}/").status_code == 404


def test_not_yours_looks_like_not_there(api):
    foreign = HourEntryFactory().pk
    for act in ("", "approve/", "return/", "submit/", "withdraw/"):
        ask = api.post if act else api.get
        there, nothing = ask(f"{HOURS}{foreign}/{act}"), ask(f"{HOURS}{foreign + 999}/{act}")
        assert there.status_code == nothing.status_code == 404
        assert there.json() == nothing.json()


def test_the_list_is_filtered(staff, enrolment):
    entry = HourEntryFactory(enrolment=enrolment, kind="study", approved=True)
    HourEntryFactory(enrolment__cohort=enrolment.cohort)
    for asked in ({"status": "approved"}, {"kind": "study"}, {"enrolment": enrolment.pk}):
        found = staff.get(HOURS, asked).json()["results"]
        assert [row["id"] for row in found] == [entry.pk]
    assert len(staff.get(HOURS, {"cohort": enrolment.cohort_id}).json()["results"]) == 2
    assert staff.get(HOURS, {"kind": "sport"}).status_code == 400
    assert staff.get(HOURS, {"ordering": "minutes"}).status_code == 200


def test_a_foreign_cohort_in_the_filter_is_refused_like_none(staff):
    there = staff.get(HOURS, {"cohort": EnrolmentFactory().cohort_id})
    nothing = staff.get(HOURS, {"cohort": 10**9})
    assert there.status_code == nothing.status_code == 400
    assert there.json() == nothing.json()


def test_the_list_takes_as_many_queries_for_one_as_for_three(
    staff, enrolment, django_assert_num_queries, django_assert_max_num_queries
):
    HourEntryFactory(enrolment=enrolment, returned=True)
    with django_assert_max_num_queries(6) as one:
        staff.get(HOURS)
    choice = TrainingChoiceFactory(enrolment__cohort=enrolment.cohort)
    place = PlacementFactory(enrolment__cohort=enrolment.cohort)
    HourEntryFactory(enrolment=choice.enrolment, kind="study", training_choice=choice)
    HourEntryFactory(enrolment=place.enrolment, placement=place, returned=True)
    with django_assert_num_queries(len(one.captured_queries)):
        assert len(staff.get(HOURS).json()["results"]) == 3
