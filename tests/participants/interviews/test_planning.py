import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from participants.interviews import actions, planning
from participants.models import Event, FinalInterview, Role, Seat
from tests.factories import CohortFactory, EnrolmentFactory, FinalInterviewFactory, RoleFactory
from tests.participants.interviews.scene import (
    MOMENT,
    finish,
    hand_in,
    plan_again,
    refused,
)


def plan(scene, *, by=None, enrolment=None, assessors=None, **facts):
    return actions.plan(
        enrolment or scene.enrolment,
        by=by or scene.coordinator,
        planned_at=facts.pop("planned_at", MOMENT),
        assessors=assessors or [scene.first, scene.second],
        **facts,
    )


def test_planning_asks_the_active_criteria_of_the_track_in_their_words_of_today(scene):
    scene.criteria[1].is_active = False
    scene.criteria[1].save()
    interview = plan(scene)
    scene.criteria[0].title = "Anders"
    scene.criteria[0].save()
    asked = interview.items.values_list("title", "required")
    assert list(asked) == [("Grenzen stellen", True), ("Het andere geluid", False)]


def test_planning_leaves_a_decision_and_a_seat_for_each_assessor(scene):
    interview = plan(scene)
    seated = interview.seats.values_list("assessor", flat=True)
    assert set(seated) == {scene.first.pk, scene.second.pk}
    decision = Event.objects.decisions().get(act="interview_planned")
    assert (decision.actor, decision.enrolment) == (scene.coordinator, scene.enrolment)


def test_planning_while_other_criteria_are_open_is_allowed(scene):
    assert plan(scene).status == FinalInterview.Status.PLANNED


@pytest.mark.parametrize("kind", ["trainer", "assessor", "administrator"])
def test_only_a_coordinator_plans(scene, kind):
    cohort = None if kind == "administrator" else scene.cohort
    other = RoleFactory(kind=kind, cohort=cohort).user
    with pytest.raises(PermissionDenied):
        plan(scene, by=other)


def test_a_coordinator_of_another_cohort_does_not_plan_here(scene):
    other = RoleFactory(kind=Role.Kind.COORDINATOR, cohort=CohortFactory()).user
    with pytest.raises(PermissionDenied):
        plan(scene, by=other)


def test_a_coordinator_does_not_plan_the_own_interview(scene):
    own = EnrolmentFactory(cohort=scene.cohort, participant=scene.coordinator)
    with pytest.raises(PermissionDenied):
        plan(scene, enrolment=own)


@pytest.mark.parametrize("names", [["first"], ["first", "first"], ["first", "second", "third"]])
def test_exactly_as_many_different_assessors_as_the_cohort_asks(scene, names):
    with pytest.raises(ValidationError) as refusal:
        plan(scene, assessors=[getattr(scene, name) for name in names])
    assert refused(refusal) == "assessors_number"


def test_a_cohort_may_ask_one_assessor(scene):
    scene.cohort.assessors_required = 1
    scene.cohort.save()
    assert plan(scene, assessors=[scene.first]).seats.count() == 1


def test_a_coordinator_of_the_cohort_may_assess(scene):
    assert plan(scene, assessors=[scene.first, scene.coordinator]).seats.count() == 2


@pytest.mark.parametrize("elsewhere", [True, False])
def test_who_holds_no_role_of_assessor_here_cannot_sit(scene, elsewhere):
    role = {"assessor": True} if elsewhere else {"cohort": scene.cohort}
    with pytest.raises(ValidationError) as refusal:
        plan(scene, assessors=[scene.first, RoleFactory(**role).user])
    assert refused(refusal) == "not_an_assessor"


def test_nobody_assesses_the_own_interview(scene):
    own = EnrolmentFactory(cohort=scene.cohort, participant=scene.first)
    with pytest.raises(ValidationError) as refusal:
        plan(scene, enrolment=own)
    assert refused(refusal) == "is_the_participant"


def test_a_trainer_assesses_only_with_a_recorded_reason(scene):
    RoleFactory(user=scene.first, cohort=scene.cohort)
    with pytest.raises(ValidationError) as refusal:
        plan(scene, guided_reasons={scene.first.pk: "  "})
    assert refused(refusal) == "guided_the_participant"
    plan(scene, guided_reasons={scene.first.pk: "Niemand anders kan die week."})
    seat = Seat.objects.get(assessor=scene.first)
    assert seat.guided_reason == "Niemand anders kan die week."


def test_a_trainer_of_another_cohort_needs_no_reason(scene):
    RoleFactory(user=scene.first, cohort=CohortFactory())
    assert plan(scene).seats.filter(guided_reason="").count() == 2


@pytest.mark.parametrize("status", ["applied", "stopped"])
def test_who_does_not_take_part_gets_no_interview(scene, status):
    other = EnrolmentFactory(cohort=scene.cohort, **{status: True})
    with pytest.raises(ValidationError) as refusal:
        plan(scene, enrolment=other)
    assert refused(refusal) == "not_taking_part"


def test_the_day_is_counted_in_amsterdam(scene):
    midnight = dt.datetime(2025, 1, 5, 23, 0, tzinfo=dt.UTC)
    with pytest.raises(ValidationError) as refusal:
        plan(scene, planned_at=midnight - dt.timedelta(minutes=1))
    assert refused(refusal) == "before_the_start"
    plan(scene, planned_at=midnight)


def test_one_interview_at_a_time(planned):
    with pytest.raises(ValidationError) as refusal:
        plan(planned)
    assert refused(refusal) == "already_planned"


def test_a_track_without_criteria_has_no_interview(scene):
    other = CohortFactory()
    for assessor in (scene.first, scene.second):
        RoleFactory(user=assessor, cohort=other, assessor=True)
    with pytest.raises(ValidationError) as refusal:
        plan(scene, enrolment=EnrolmentFactory(cohort=other))
    assert refused(refusal) == "no_criteria"


def test_a_passed_interview_is_not_held_again(planned):
    finish(planned)
    with pytest.raises(ValidationError) as refusal:
        plan(planned)
    assert refused(refusal) == "already_passed"


def test_a_resit_asks_only_what_was_not_shown(planned):
    finish(planned, ["not_yet", "good", "sufficient"])
    assert [item.title for item in plan_again(planned).items.all()] == ["Grenzen stellen"]


def test_a_resit_keeps_the_words_of_the_first_attempt(planned):
    finish(planned, ["not_yet", "good", "sufficient"])
    planned.criteria[0].title = "Anders"
    planned.criteria[0].save()
    assert plan_again(planned).items.get().title == "Grenzen stellen"


def test_no_more_resits_than_the_cohort_allows(planned):
    finish(planned, "not_yet")
    plan_again(planned)
    finish(planned, "not_yet")
    assert not planning.resit_left(planned.enrolment)
    with pytest.raises(ValidationError) as refusal:
        plan_again(planned)
    assert refused(refusal) == "no_resit_left"


def test_a_talk_that_was_not_held_is_no_attempt(planned):
    for _ in range(3):
        actions.not_held(planned.interview, by=planned.coordinator)
        plan_again(planned)
    assert planned.interview.items.count() == 3
    assert Event.objects.filter(act="interview_not_held").count() == 3


def test_a_talk_in_which_all_have_rated_was_held(planned):
    hand_in(planned, planned.first)
    hand_in(planned, planned.second)
    with pytest.raises(ValidationError) as refusal:
        actions.not_held(planned.interview, by=planned.coordinator)
    assert refused(refusal) == "ratings_in"


def test_replanning_changes_moment_and_place(planned):
    later = MOMENT + dt.timedelta(days=1)
    actions.replan(planned.interview, by=planned.coordinator, planned_at=later, place="Zaal 3")
    planned.interview.refresh_from_db()
    assert (planned.interview.planned_at, planned.interview.place) == (later, "Zaal 3")


@pytest.mark.parametrize("act", ["replan", "not_held", "replace"])
@pytest.mark.parametrize("who", ["first", "participant"])
def test_only_a_coordinator_changes_the_plan(planned, act, who):
    people = {"first": planned.first, "participant": planned.enrolment.participant}
    with pytest.raises(PermissionDenied):
        change(planned, act, by=people[who])


@pytest.mark.parametrize("act", ["replan", "not_held", "replace"])
def test_a_final_interview_is_not_changed(planned, act):
    finish(planned)
    with pytest.raises(ValidationError) as refusal:
        change(planned, act, by=planned.coordinator)
    assert refused(refusal) == "already_final"


@pytest.mark.parametrize("act", ["replan", "not_held", "replace"])
def test_a_talk_that_was_not_held_is_not_changed(planned, act):
    actions.not_held(planned.interview, by=planned.coordinator)
    with pytest.raises(ValidationError) as refusal:
        change(planned, act, by=planned.coordinator)
    assert refused(refusal) == "not_held"


def change(scene, act, *, by):
    if act == "replan":
        return actions.replan(scene.interview, by=by, planned_at=MOMENT)
    if act == "not_held":
        return actions.not_held(scene.interview, by=by)
    seat = scene.interview.seats.get(assessor=scene.first)
    return actions.replace_assessor(seat, by=by, new=scene.third)


def test_a_seat_passes_to_another_who_starts_clean(planned):
    actions.rate(planned.interview, by=planned.first, ratings={planned.items[0].pk: ("good", "x")})
    new = change(planned, "replace", by=planned.coordinator)
    assert new.assessor == planned.third and not new.ratings.exists()
    seated = planned.interview.seats.taken().values_list("assessor", flat=True)
    assert set(seated) == {planned.second.pk, planned.third.pk}


def test_who_left_the_seat_neither_rates_nor_sees(planned):
    change(planned, "replace", by=planned.coordinator)
    assert not FinalInterview.objects.visible_to(planned.first).exists()
    with pytest.raises(PermissionDenied):
        actions.rate(planned.interview, by=planned.first, ratings={})


def test_who_has_handed_in_keeps_the_seat(planned):
    hand_in(planned, planned.first)
    with pytest.raises(ValidationError) as refusal:
        change(planned, "replace", by=planned.coordinator)
    assert refused(refusal) == "already_handed_in"
    assert planned.interview.seats.taken().count() == 2


def test_a_seat_does_not_pass_to_who_sits_already(planned):
    seat = planned.interview.seats.get(assessor=planned.first)
    with pytest.raises(ValidationError) as refusal:
        actions.replace_assessor(seat, by=planned.coordinator, new=planned.second)
    assert refused(refusal) == "already_seated"


def test_a_seat_passes_to_a_trainer_only_with_a_reason(planned):
    RoleFactory(user=planned.third, cohort=planned.cohort)
    with pytest.raises(ValidationError) as refusal:
        change(planned, "replace", by=planned.coordinator)
    assert refused(refusal) == "guided_the_participant"


def test_to_plan_leaves_out_who_is_planned_passed_or_out_of_attempts(planned):
    waiting = EnrolmentFactory(cohort=planned.cohort)
    FinalInterviewFactory(enrolment=waiting, not_yet=True)
    FinalInterviewFactory(enrolment__cohort=planned.cohort, passed=True)
    out = FinalInterviewFactory(enrolment__cohort=planned.cohort, not_yet=True).enrolment
    FinalInterviewFactory(enrolment=out, not_yet=True)
    EnrolmentFactory(cohort=planned.cohort, participant=planned.coordinator)
    [only] = planning.to_plan(planned.coordinator)
    assert (only, only.tried) == (waiting, 1)


def test_candidates_for_a_seat_are_those_who_may_sit(scene):
    RoleFactory(user=scene.first, cohort=scene.cohort)
    RoleFactory(cohort=scene.cohort)
    RoleFactory(assessor=True)
    found = {one: one.guides for one in planning.seating.candidates(scene.enrolment)}
    assert found == {
        scene.first: True,
        scene.second: False,
        scene.third: False,
        scene.coordinator: False,
    }
