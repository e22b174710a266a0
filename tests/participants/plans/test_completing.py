import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from participants.models import Event
from participants.plans import actions
from tests.factories import FinalInterviewFactory, PopFactory, RoleFactory
from tests.participants.plans.scene import GOP, POP


def refused(act, *args, **facts):
    with pytest.raises(ValidationError) as refusal:
        act(*args, **facts)
    return refusal.value.code


@pytest.mark.parametrize("who", ["trainer", "coordinator"])
def test_staff_complete_the_latest_shared_version(world, pop, who):
    somebody = getattr(world, who)
    actions.add_version(pop, by=world.participant, sections=POP)  # a draft on top
    plan = actions.complete(pop, by=somebody, version=1)
    assert plan.is_complete
    assert (plan.completed_version, plan.completed_by) == (world.version, somebody)
    assert Event.objects.decisions().filter(act="plan_completed", actor=somebody).exists()


@pytest.mark.parametrize("who", ["participant", "member", "assessor"])
def test_others_complete_no_pop(world, pop, who):
    with pytest.raises(PermissionDenied):
        actions.complete(pop, by=getattr(world, who))


def test_nobody_completes_the_own_plans_whatever_the_role(world, pop, gop):
    for facts in ({"cohort": world.cohort}, {"coordinator": True}):
        RoleFactory(user=world.participant, **facts)
    for plan in (pop, gop):
        with pytest.raises(PermissionDenied):
            actions.complete(plan, by=world.participant)


def test_a_newer_version_than_was_read_is_not_completed(world, pop):
    actions.add_version(pop, by=world.participant, sections=POP, share=True)
    assert refused(actions.complete, pop, by=world.trainer, version=1) == "changed"
    assert actions.complete(pop, by=world.trainer, version=2).is_complete


def test_what_nobody_shared_is_not_completed(world):
    plan = PopFactory(enrolment=world.enrolment)
    assert refused(actions.complete, plan, by=world.trainer) == "no_shared_version"
    actions.add_version(plan, by=world.participant, sections=POP)
    assert refused(actions.complete, plan, by=world.trainer) == "no_shared_version"


def test_a_plan_is_completed_once(world, pop):
    actions.complete(pop, by=world.trainer)
    assert refused(actions.complete, pop, by=world.coordinator) == "is_complete"
    pop.refresh_from_db()
    assert pop.completed_by == world.trainer


def test_a_reopened_plan_takes_a_new_version(world, pop):
    actions.complete(pop, by=world.trainer)
    plan = actions.reopen(pop, by=world.trainer)
    assert (plan.status, plan.completed_version, plan.completed_by) == ("shared", None, None)
    assert actions.add_version(plan, by=world.participant, sections=POP).number == 2
    assert Event.objects.decisions().filter(act="plan_reopened").count() == 1


def test_only_a_complete_plan_is_reopened(world, pop):
    assert refused(actions.reopen, pop, by=world.trainer) == "not_complete"


@pytest.mark.parametrize("who", ["participant", "member", "assessor"])
def test_others_reopen_no_pop(world, pop, who):
    actions.complete(pop, by=world.trainer)
    with pytest.raises(PermissionDenied):
        actions.reopen(pop, by=getattr(world, who))


@pytest.mark.parametrize(
    ("state", "answer"),
    [({}, "open"), ({"not_yet": True}, "open"), ({"passed": True}, "interview_is_final")],
)
def test_a_pop_is_reopened_until_the_interview_is_passed(world, pop, state, answer):
    actions.complete(pop, by=world.trainer)
    FinalInterviewFactory(enrolment=world.enrolment, **state)
    if answer == "open":
        assert not actions.reopen(pop, by=world.trainer).is_complete
    else:
        assert refused(actions.reopen, pop, by=world.trainer) == answer


def test_a_gop_is_completed_by_a_trainer_and_reopened_by_a_coordinator_only(world, gop):
    actions.complete(gop, by=world.trainer)
    for somebody in (world.trainer, world.participant, world.assessor):
        with pytest.raises(PermissionDenied):
            actions.reopen(gop, by=somebody)
    assert not actions.reopen(gop, by=world.coordinator).is_complete


def test_a_gop_is_reopened_after_seeing_how_many_stand_behind_it(world, complete_gop):
    actions.endorse(complete_gop, by=world.member)
    facts = {"by": world.coordinator}
    assert refused(actions.reopen, complete_gop, **facts, endorsements=0) == "changed"
    assert not actions.reopen(complete_gop, **facts, endorsements=1).is_complete


def test_a_complete_gop_is_locked(world, complete_gop):
    facts = {"by": world.member, "sections": GOP}
    assert refused(actions.add_version, complete_gop, **facts) == "is_complete"
