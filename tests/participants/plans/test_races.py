import pytest

from participants.models import DevelopmentPlan
from participants.plans import actions, reading
from tests.factories import EnrolmentFactory, RoleFactory
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


def test_reading_and_taking_back_at_once_never_both_happen(world):
    for enrolment in EnrolmentFactory.create_batch(ROUNDS, cohort=world.cohort):
        owner, read = enrolment.participant, []
        plan = actions.plan_for(enrolment, by=owner)
        actions.add_version(plan, by=owner, sections=POP, share=True)
        version = plan.versions.get()
        answers = at_once(
            lambda: read.extend(reading.opened([version], by=world.trainer)),  # noqa: B023
            lambda: actions.unshare(plan, by=owner),  # noqa: B023
        )
        assert answers == (["done", "was_read"] if read else ["done", "done"])
        version.refresh_from_db()
        assert version.is_shared == bool(read)


def test_two_windows_that_save_at_once_leave_one_draft(world):
    plan = actions.plan_for(world.enrolment, by=world.participant)
    for turn in range(ROUNDS):
        before = plan.versions.drafts().first()
        facts = {"by": world.participant, "revision": before.revision if before else 0}

        def save(window, facts=facts, turn=turn):
            sections = {"goed": f"{window} {turn}"}
            actions.save_draft(plan, sections=sections, window=f"{window}{turn}", **facts)

        assert at_once(lambda: save("a"), lambda: save("b")) == ["changed", "done"]  # noqa: B023
        assert plan.versions.count() == 1


def test_of_two_who_write_one_section_one_is_told_and_two_sections_both_stand(world):
    plan = actions.plan_for(world.cohort, by=world.participant)
    for turn in range(ROUNDS):
        number = plan.versions.latest().number if turn else 0

        def write(section, by, number=number, turn=turn):
            text = f"{by.pk} {turn} {section}"
            actions.write_section(plan, section, text, by=by, based_on=number)

        same = [lambda: write("doel", world.participant), lambda: write("doel", world.member)]  # noqa: B023
        assert at_once(*same) == ["changed", "done"]
        others = [
            lambda: write("rollen", world.participant),
            lambda: write("terugblik", world.member),
        ]  # noqa: B023, E501
        assert at_once(*others) == ["done", "done"]


def test_six_goals_at_once_are_five(world):
    plan = actions.plan_for(world.enrolment, by=world.participant)

    def add():
        actions.add_goal(plan, by=world.participant, what="Nee zeggen")

    for _turn in range(4):
        add()
    for _turn in range(ROUNDS):
        assert at_once(add, add) == ["done", "five_goals"]
        assert [goal.position for goal in plan.goals.standing()] == [1, 2, 3, 4, 5]
        actions.remove_goal(plan.goals.standing().last(), by=world.participant)


def test_sharing_and_completing_at_once_leave_a_plan_that_agrees(world):
    plan = actions.plan_for(world.enrolment, by=world.participant)
    actions.add_version(plan, by=world.participant, sections=POP, share=True)
    for turn in range(ROUNDS):
        sections = {"goed": f"Ik luister {turn}"}
        actions.add_version(plan, by=world.participant, sections=sections)
        number = plan.versions.shared().latest().number
        answers = at_once(
            lambda: actions.share(plan, by=world.participant),
            lambda: actions.complete(plan, by=world.trainer, version=number),  # noqa: B023
        )
        assert answers in (["changed", "done"], ["done", "is_complete"])
        plan.refresh_from_db()
        if plan.is_complete:
            assert plan.versions.shared().latest() == plan.completed_version
            actions.reopen(plan, by=world.trainer)
            actions.share(plan, by=world.participant)


def test_endorsing_and_reopening_at_once_leave_a_plan_that_agrees(world):
    plan = actions.plan_for(world.cohort, by=world.participant)
    actions.add_version(plan, by=world.participant, sections=GOP)
    for _turn in range(ROUNDS):
        actions.complete(plan, by=world.trainer)
        answers = at_once(
            lambda: actions.endorse(plan, by=world.member),
            lambda: actions.reopen(plan, by=world.coordinator, endorsements=0),
        )
        assert answers in (["changed", "done"], ["done", "not_complete"])
        plan.refresh_from_db()
        if plan.is_complete:
            actions.unendorse(plan, by=world.member)
            actions.reopen(plan, by=world.coordinator)
        assert not plan.versions.get().endorsements.exists()
