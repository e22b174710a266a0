import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from participants import progress
from participants.interviews import actions
from participants.interviews.reports import joint_ratings
from participants.models import Enrolment, Event, FinalInterview
from tests.factories import EnrolmentFactory, InterviewItemFactory
from tests.participants.interviews.scene import (
    agree,
    answers,
    both_hand_in,
    finish,
    hand_in,
    plan_again,
    refused,
)


def interview_met(enrolment):
    found = progress.of(Enrolment.objects.filter(pk=enrolment.pk)).get()
    return next(line for line in progress.lines(found) if line["key"] == "interview")["met"]


def test_nothing_is_agreed_before_all_have_handed_in(planned):
    hand_in(planned, planned.first)
    with pytest.raises(ValidationError) as refusal:
        agree(planned)
    assert refused(refusal) == "ratings_not_in"
    with pytest.raises(ValidationError) as refusal:
        actions.finalise(planned.interview, by=planned.first)
    assert refused(refusal) == "ratings_not_in"


@pytest.mark.parametrize(
    ("first", "second", "joint"),
    [
        ("not_yet", "sufficient", "sufficient"),
        ("not_yet", "good", "not_yet"),
        ("good", "not_yet", "good"),
        ("not_yet", "not_yet", "sufficient"),
        ("good", "sufficient", "not_yet"),
    ],
)
def test_a_difference_across_the_pass_line_needs_a_motivation(planned, first, second, joint):
    same = ["good", "good"]
    both_hand_in(planned, [first, *same], [second, *same])
    with pytest.raises(ValidationError) as refusal:
        agree(planned, [joint, *same], text="  ")
    assert refused(refusal) == "motivation_needed"
    assert "Grenzen stellen" in refusal.value.messages[0]
    assert "Vragen stellen" not in refusal.value.messages[0]
    assert not planned.interview.items.filter(joint_value__isnull=False).exists()
    agree(planned, [joint, *same], text="Het tweede voorbeeld gaf de doorslag.")
    assert planned.interview.items.first().joint_value == joint


@pytest.mark.parametrize("joint", ["sufficient", "good"])
def test_a_difference_on_one_side_of_the_line_needs_no_motivation(planned, joint):
    both_hand_in(planned, "sufficient", "good")
    agree(planned, joint)
    assert set(planned.interview.items.values_list("joint_value", flat=True)) == {joint}


def test_agreeing_again_changes_only_what_is_sent(planned):
    both_hand_in(planned)
    agree(planned, "good", strengths="Je luistert.", advice="Oefen door.")
    one = planned.items[0]
    actions.agree(planned.interview, by=planned.second, joint={one.pk: ("sufficient", "")})
    planned.interview.refresh_from_db()
    values = planned.interview.items.values_list("joint_value", flat=True)
    assert list(values) == ["sufficient", "good", "good"]
    assert (planned.interview.strengths, planned.interview.advice) == (
        "Je luistert.",
        "Oefen door.",
    )


@pytest.mark.parametrize("who", ["third", "coordinator", "participant"])
def test_only_who_sits_agrees_and_finalises(planned, who):
    planned.participant = planned.enrolment.participant
    both_hand_in(planned)
    agree(planned)
    with pytest.raises(PermissionDenied):
        actions.agree(planned.interview, by=getattr(planned, who), joint={})
    with pytest.raises(PermissionDenied):
        actions.finalise(planned.interview, by=getattr(planned, who))


def test_a_criterion_of_another_interview_is_not_agreed(planned):
    both_hand_in(planned)
    joint = answers([InterviewItemFactory()], "good")
    with pytest.raises(ValidationError) as refusal:
        actions.agree(planned.interview, by=planned.first, joint=joint)
    assert refused(refusal) == "unknown_criterion"


def test_final_needs_a_joint_rating_for_every_criterion(planned):
    both_hand_in(planned)
    agree(planned, ["good", "good", ""])
    with pytest.raises(ValidationError) as refusal:
        actions.finalise(planned.interview, by=planned.first)
    assert refused(refusal) == "joint_incomplete"


@pytest.mark.parametrize(
    ("values", "result"),
    [
        (["sufficient", "sufficient", "sufficient"], "pass"),
        (["good", "sufficient", "not_yet"], "pass"),
        (["good", "not_yet", "good"], "not_yet"),
        (["not_yet", "good", "good"], "not_yet"),
    ],
)
def test_passed_when_every_required_criterion_is_at_least_sufficient(planned, values, result):
    assert finish(planned, values) == result
    planned.interview.refresh_from_db()
    assert (planned.interview.status, planned.interview.result) == ("final", result)
    assert planned.interview.finalised_by == planned.first
    assert interview_met(planned.enrolment) == (result == "pass")


def test_finalising_is_a_decision(planned):
    finish(planned)
    decision = Event.objects.get(act="interview_finalised")
    assert (decision.actor, decision.enrolment) == (planned.first, planned.enrolment)


def test_final_is_frozen(planned):
    finish(planned)
    for act in (
        lambda: agree(planned, "not_yet", text="Toch anders"),
        lambda: actions.finalise(planned.interview, by=planned.second),
    ):
        with pytest.raises(ValidationError) as refusal:
            act()
        assert refused(refusal) == "already_final"
    assert set(planned.interview.items.values_list("joint_value", flat=True)) == {"good"}


def test_another_result_than_was_confirmed_is_not_made_final(planned):
    both_hand_in(planned)
    agree(planned)
    with pytest.raises(ValidationError) as refusal:
        actions.finalise(planned.interview, by=planned.first, expects="not_yet")
    assert refused(refusal) == "changed"
    assert FinalInterview.objects.get().status == "planned"


def test_a_resit_passes_on_what_was_missing_and_keeps_what_was_shown(planned):
    finish(planned, ["not_yet", "good", "sufficient"])
    assert not interview_met(planned.enrolment)
    plan_again(planned)
    assert finish(planned, ["sufficient"]) == "pass"
    assert interview_met(planned.enrolment)
    standing = joint_ratings(planned.enrolment.pk).values_list("title", "joint_value")
    assert list(standing) == [
        ("Grenzen stellen", "sufficient"),
        ("Vragen stellen", "good"),
        ("Het andere geluid", "sufficient"),
    ]


def test_joint_ratings_tell_nothing_of_what_is_not_final_or_of_others(planned):
    both_hand_in(planned)
    agree(planned)
    assert not joint_ratings(planned.enrolment.pk)
    actions.finalise(planned.interview, by=planned.first)
    assert len(joint_ratings(planned.enrolment.pk)) == 3
    assert not joint_ratings(EnrolmentFactory(cohort=planned.cohort).pk)


def test_joint_ratings_cost_one_query(planned, django_assert_num_queries):
    finish(planned)
    with django_assert_num_queries(1):
        [item.get_joint_value_display() for item in joint_ratings(planned.enrolment.pk)]
