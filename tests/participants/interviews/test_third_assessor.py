"""Two who do not agree, a third who breaks it, and one who sat alone."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from participants.interviews import actions
from participants.models import Event, FinalInterview, Rating
from tests.factories import RoleFactory
from tests.participants.interviews.scene import (
    MOMENT,
    agree,
    answers,
    both_hand_in,
    finish,
    hand_in,
    refused,
)

WHY = "Wij zagen het elk anders."


@pytest.fixture
def stuck(planned):
    """Both handed in; about the first criterion they differ across the pass line."""
    both_hand_in(planned, ["not_yet", "good", "good"], ["good", "good", "good"])
    return planned


def add_third(scene, by=None, **facts):
    return actions.add_third(scene.interview, by=by or scene.coordinator, new=scene.third, **facts)


def test_a_third_assessor_rates_blind_before_the_three_agree(stuck):
    add_third(stuck)
    assert not Rating.objects.visible_to(stuck.third).exists()
    with pytest.raises(ValidationError) as refusal:
        agree(stuck, "good", WHY)
    assert refused(refusal) == "ratings_not_in"
    hand_in(stuck, stuck.third, ["sufficient", "good", "good"])
    for person in (stuck.first, stuck.second, stuck.third):
        assert Rating.objects.visible_to(person).count() == 9


@pytest.mark.parametrize(
    ("third", "joint", "allowed"),
    [
        ("sufficient", "good", True),
        ("sufficient", "sufficient", True),
        ("sufficient", "not_yet", False),
        ("not_yet", "not_yet", True),
        ("not_yet", "sufficient", False),
    ],
)
def test_at_the_pass_line_the_side_of_two_of_the_three_counts(stuck, third, joint, allowed):
    add_third(stuck)
    hand_in(stuck, stuck.third, [third, "good", "good"])
    if allowed:
        agree(stuck, [joint, "good", "good"], WHY)
        assert actions.finalise(stuck.interview, by=stuck.third)
        assert FinalInterview.objects.get().assessor_count == 3
        return
    with pytest.raises(ValidationError) as refusal:
        agree(stuck, [joint, "good", "good"], WHY)
    assert refused(refusal) == "against_the_majority"
    assert "Grenzen stellen" in refusal.value.messages[0]


def test_the_page_proposes_the_word_in_the_middle(client, stuck):
    agree(stuck, ["not_yet", "good", "good"], WHY)
    add_third(stuck)
    hand_in(stuck, stuck.third, ["sufficient", "good", "good"])
    client.force_login(stuck.third)
    form = client.get(reverse("interviews:joint", args=[stuck.interview.pk])).context["form"]
    assert form.initial[f"value_{stuck.items[0].pk}"] == "sufficient"


def test_a_third_comes_when_both_have_handed_in(planned):
    hand_in(planned, planned.first)
    with pytest.raises(ValidationError) as refusal:
        add_third(planned)
    assert refused(refusal) == "ratings_not_in"


def test_a_fourth_does_not_come(stuck):
    add_third(stuck)
    fourth = RoleFactory(cohort=stuck.cohort, assessor=True).user
    with pytest.raises(ValidationError) as refusal:
        actions.add_third(stuck.interview, by=stuck.coordinator, new=fourth)
    assert refused(refusal) == "not_two"


def test_the_third_is_another_person_and_fit_to_sit(stuck):
    with pytest.raises(ValidationError) as refusal:
        actions.add_third(stuck.interview, by=stuck.coordinator, new=stuck.first)
    assert refused(refusal) == "already_seated"
    RoleFactory(user=stuck.third, cohort=stuck.cohort)
    with pytest.raises(ValidationError) as refusal:
        add_third(stuck)
    assert refused(refusal) == "guided_the_participant"
    assert add_third(stuck, guided_reason="Niemand anders kan.").guided_reason


def test_only_a_coordinator_adds_a_third(stuck):
    with pytest.raises(PermissionDenied):
        add_third(stuck, by=stuck.first)


def test_a_talk_that_waits_for_a_third_was_held(stuck):
    add_third(stuck)
    with pytest.raises(ValidationError) as refusal:
        actions.not_held(stuck.interview, by=stuck.coordinator)
    assert refused(refusal) == "ratings_in"


def test_a_coordinator_adds_a_third_on_the_page(client, stuck):
    client.force_login(stuck.coordinator)
    address = reverse("interviews:third", args=[stuck.interview.pk])
    assert "Komen ze er niet uit?" in client.get(
        reverse("interviews:detail", args=[stuck.interview.pk])
    ).content.decode().replace("\n", " ")
    client.post(address, {"new": stuck.third.pk})
    assert stuck.interview.seats.taken().count() == 3
    assert Event.objects.filter(act="interview_seat_taken").count() == 3


# One assessor


def leave_one(scene, **facts):
    seat = scene.interview.seats.get(assessor=scene.second)
    facts = {"reason": "Bram was ziek.", "recorded_how": "Geluidsopname"} | facts
    return actions.leave_one(seat, by=facts.pop("by", scene.coordinator), **facts)


@pytest.mark.parametrize(
    ("facts", "code"),
    [({"reason": " "}, "reason_needed"), ({"recorded_how": " "}, "alone_unexplained")],
)
def test_one_assessor_asks_a_reason_and_how_the_talk_was_recorded(planned, facts, code):
    with pytest.raises(ValidationError) as refusal:
        leave_one(planned, **facts)
    assert refused(refusal) == code
    assert planned.interview.seats.taken().count() == 2


def test_who_was_there_goes_on_alone(planned):
    hand_in(planned, planned.first)
    leave_one(planned)
    agree(planned)
    assert actions.finalise(planned.interview, by=planned.first) == "pass"
    planned.interview.refresh_from_db()
    assert planned.interview.assessor_count == 1
    assert planned.interview.alone_reason == "Bram was ziek."


def test_who_handed_in_was_there(planned):
    hand_in(planned, planned.second)
    with pytest.raises(ValidationError) as refusal:
        leave_one(planned)
    assert refused(refusal) == "already_handed_in"


def test_only_a_coordinator_leaves_one(planned):
    with pytest.raises(PermissionDenied):
        leave_one(planned, by=planned.first)


@pytest.fixture
def alone(scene):
    """A cohort that asks one assessor, who rated and agreed with nobody."""
    scene.cohort.assessors_required = 1
    scene.cohort.save()
    scene.interview = actions.plan(
        scene.enrolment,
        by=scene.coordinator,
        planned_at=MOMENT,
        assessors=[scene.first],
    )
    scene.items = list(scene.interview.items.all())
    hand_in(scene, scene.first)
    agree(scene)
    return scene


def test_where_a_cohort_asks_one_assessor_the_words_come_with_the_result(alone):
    with pytest.raises(ValidationError) as refusal:
        actions.finalise(alone.interview, by=alone.first, alone_reason="Kleine lichting")
    assert refused(refusal) == "alone_unexplained"
    words = {"alone_reason": "Kleine lichting", "recorded_how": "Verslag"}
    assert actions.finalise(alone.interview, by=alone.first, **words) == "pass"


def test_who_sat_alone_is_asked_on_the_page_and_in_the_api(client, alone):
    client.force_login(alone.first)
    page = reverse("interviews:finalise", args=[alone.interview.pk])
    assert "Hoe is het gesprek vastgelegd?" in client.get(page).content.decode()
    client.post(page, {"expects": "pass"})
    assert not FinalInterview.objects.final().exists()
    api = reverse("api:interviews-finalise", args=[alone.interview.pk])
    refusal = client.post(api, {}, content_type="application/json")
    assert (refusal.status_code, refusal.json()["code"]) == (400, "alone_unexplained")
    client.post(page, {"expects": "pass", "alone_reason": "Klein", "recorded_how": "Verslag"})
    assert FinalInterview.objects.final().get().recorded_how == "Verslag"


def test_two_assessors_are_asked_nothing_more(planned):
    finish(planned)
    planned.interview.refresh_from_db()
    assert (planned.interview.assessor_count, planned.interview.alone_reason) == (2, "")


def test_drafts_of_who_left_are_no_ratings_of_the_talk(planned):
    ratings = answers(planned.items, "not_yet", "x")
    actions.rate(planned.interview, by=planned.second, ratings=ratings)
    hand_in(planned, planned.first)
    leave_one(planned)
    assert Rating.objects.visible_to(planned.first).count() == 3
    agree(planned)
