import pytest

from participants.models import DevelopmentPlan
from participants.plans import actions
from tests.factories import RoleFactory
from tests.participants.plans.scene import GOP, POP, at_once, group, upload

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
ROUNDS = 20


@pytest.fixture
def world():
    return group()


def test_two_versions_at_once_get_two_numbers(world):
    plan = actions.plan_for(world.cohort, by=world.participant)
    for turn in range(ROUNDS):
        answers = at_once(
            lambda: actions.add_version(plan, by=world.participant, sections=GOP),
            lambda: actions.add_version(plan, by=world.member, upload=upload()),
        )
        assert answers == ["done", "done"]
        assert plan.versions.count() == plan.versions.latest().number == 2 * turn + 2


def test_of_two_who_began_from_the_same_version_one_is_told(world):
    plan = actions.plan_for(world.cohort, by=world.participant)
    for based_on in range(ROUNDS):
        facts = {"sections": GOP, "based_on": based_on}
        answers = at_once(
            lambda: actions.add_version(plan, by=world.participant, **facts),  # noqa: B023
            lambda: actions.add_version(plan, by=world.member, **facts),  # noqa: B023
        )
        assert answers == ["changed", "done"]


def test_a_group_that_begins_at_once_begins_one_plan(world):
    for _turn in range(ROUNDS):
        answers = at_once(
            lambda: actions.plan_for(world.cohort, by=world.participant),
            lambda: actions.plan_for(world.cohort, by=world.member),
        )
        assert answers == ["done", "done"]
        DevelopmentPlan.objects.get().delete()


def test_of_two_who_complete_a_plan_one_wins(world):
    plan = actions.plan_for(world.enrolment, by=world.participant)
    actions.add_version(plan, by=world.participant, sections=POP, share=True)
    for _turn in range(ROUNDS):
        answers = at_once(
            lambda: actions.complete(plan, by=world.trainer),
            lambda: actions.complete(plan, by=world.coordinator),
        )
        assert answers == ["done", "is_complete"]
        actions.reopen(plan, by=world.trainer)


def test_a_version_and_its_completion_at_once_leave_a_plan_that_agrees(world):
    plan = actions.plan_for(world.enrolment, by=world.participant)
    actions.add_version(plan, by=world.participant, sections=POP, share=True)
    for _turn in range(ROUNDS):
        number = plan.versions.latest().number
        answers = at_once(
            lambda: actions.complete(plan, by=world.trainer, version=number),  # noqa: B023
            lambda: actions.add_version(plan, by=world.participant, sections=POP, share=True),
        )
        assert answers in (["changed", "done"], ["done", "is_complete"])
        plan.refresh_from_db()
        if plan.is_complete:
            assert plan.versions.latest() == plan.completed_version
            actions.reopen(plan, by=world.trainer)


def test_an_endorsement_given_twice_at_once_is_one(world):
    plan = actions.plan_for(world.cohort, by=world.participant)
    actions.add_version(plan, by=world.participant, sections=GOP)
    actions.complete(plan, by=world.trainer)
    other = RoleFactory(cohort=world.cohort).user
    for _turn in range(ROUNDS):
        answers = at_once(
            lambda: actions.endorse(plan, by=world.member),
            lambda: actions.record_paper_endorsement(plan, world.member_enrolment, by=other),
        )
        assert answers == ["already_endorsed", "done"]
        actions.unendorse(plan, by=world.member)
