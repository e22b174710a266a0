import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from participants import progress
from participants.models import Enrolment, Event
from participants.plans import actions, reading
from tests.factories import CohortFactory, EnrolmentFactory
from tests.participants.plans.scene import GOP


def refused(act, *args, **facts):
    with pytest.raises(ValidationError) as refusal:
        act(*args, **facts)
    return refusal.value.code


def gop_line(enrolment):
    found = progress.of(Enrolment.objects.filter(pk=enrolment.pk)).get()
    return next(line for line in progress.lines(found) if line["key"] == "gop")


def figures(plan, user):
    found = reading.as_seen_by(user).get(pk=plan.pk)
    return found.endorsed, found.member_count, found.endorsed_by_me


def test_who_endorses_the_completed_version_meets_the_criterion(world, complete_gop):
    assert gop_line(world.enrolment)["waiting_on"] == "participant"
    actions.endorse(complete_gop, by=world.participant, version=1)
    assert gop_line(world.enrolment)["met"]
    assert not gop_line(world.member_enrolment)["met"]
    assert figures(complete_gop, world.participant) == (1, 2, True)
    assert figures(complete_gop, world.member) == (1, 2, False)
    decision = Event.objects.decisions().get(act="plan_endorsed")
    assert (decision.actor, decision.enrolment) == (world.participant, world.enrolment)


def test_a_plan_that_is_not_complete_is_not_endorsed(world, gop):
    assert refused(actions.endorse, gop, by=world.member) == "not_complete"


def test_a_pop_is_not_endorsed(world, pop):
    actions.complete(pop, by=world.trainer)
    assert refused(actions.endorse, pop, by=world.participant) == "not_complete"


@pytest.mark.parametrize("who", ["trainer", "assessor", "coordinator"])
def test_only_members_endorse(world, complete_gop, who):
    with pytest.raises(PermissionDenied):
        actions.endorse(complete_gop, by=getattr(world, who))


def test_who_stopped_neither_endorses_nor_counts(world, complete_gop):
    stopped = EnrolmentFactory(cohort=world.cohort, stopped=True)
    with pytest.raises(PermissionDenied):
        actions.endorse(complete_gop, by=stopped.participant)
    assert figures(complete_gop, world.trainer) == (0, 2, False)


def test_an_endorsement_is_given_once(world, complete_gop):
    actions.endorse(complete_gop, by=world.member)
    assert refused(actions.endorse, complete_gop, by=world.member) == "already_endorsed"
    assert complete_gop.completed_version.endorsements.count() == 1


def test_nobody_endorses_another_version_than_was_read(world, complete_gop):
    actions.reopen(complete_gop, by=world.coordinator)
    actions.add_version(complete_gop, by=world.participant, sections=GOP)
    actions.complete(complete_gop, by=world.trainer)
    assert refused(actions.endorse, complete_gop, by=world.member, version=1) == "changed"


def test_a_new_completed_version_lets_endorsements_lapse(world, complete_gop):
    actions.endorse(complete_gop, by=world.participant)
    actions.reopen(complete_gop, by=world.coordinator, endorsements=1)
    assert not gop_line(world.enrolment)["met"]
    actions.add_version(complete_gop, by=world.member, sections=GOP)
    actions.complete(complete_gop, by=world.trainer, version=2)
    assert not gop_line(world.enrolment)["met"]
    assert gop_line(world.enrolment)["waiting_on"] == "participant"
    actions.endorse(complete_gop, by=world.participant, version=2)
    assert gop_line(world.enrolment)["met"]


def test_endorsements_stand_again_when_the_same_version_is_completed(world, complete_gop):
    actions.endorse(complete_gop, by=world.participant)
    actions.reopen(complete_gop, by=world.coordinator)
    actions.complete(complete_gop, by=world.trainer, version=1)
    assert gop_line(world.enrolment)["met"]


def test_a_member_takes_the_endorsement_back_and_may_give_it_again(world, complete_gop):
    assert refused(actions.unendorse, complete_gop, by=world.member) == "not_endorsed"
    actions.endorse(complete_gop, by=world.member)
    actions.unendorse(complete_gop, by=world.member)
    assert not gop_line(world.member_enrolment)["met"]
    assert Event.objects.decisions().filter(act="plan_endorsement_withdrawn").count() == 1
    actions.endorse(complete_gop, by=world.member)
    assert gop_line(world.member_enrolment)["met"]


def test_nothing_is_taken_back_while_the_plan_is_open(world, complete_gop):
    actions.endorse(complete_gop, by=world.member)
    actions.reopen(complete_gop, by=world.coordinator)
    assert refused(actions.unendorse, complete_gop, by=world.member) == "not_complete"


@pytest.mark.parametrize("who", ["trainer", "coordinator"])
def test_staff_record_an_endorsement_on_paper(world, complete_gop, who):
    somebody = getattr(world, who)
    given = actions.record_paper_endorsement(complete_gop, world.member_enrolment, by=somebody)
    assert (given.on_paper, given.recorded_by) == (True, somebody)
    assert gop_line(world.member_enrolment)["met"]
    again = actions.record_paper_endorsement, complete_gop, world.member_enrolment
    assert refused(*again, by=somebody) == "already_endorsed"


@pytest.mark.parametrize("who", ["participant", "member", "assessor"])
def test_others_record_nothing(world, complete_gop, who):
    with pytest.raises(PermissionDenied):
        actions.record_paper_endorsement(
            complete_gop, world.member_enrolment, by=getattr(world, who)
        )


def test_only_members_of_now_are_recorded(world, complete_gop):
    stopped = EnrolmentFactory(cohort=world.cohort, stopped=True)
    elsewhere = EnrolmentFactory(cohort=CohortFactory())
    for enrolment in (stopped, elsewhere):
        act = actions.record_paper_endorsement, complete_gop, enrolment
        assert refused(*act, by=world.trainer) == "not_a_member"


def test_a_plan_that_was_begun_without_a_version_has_not_started(world):
    actions.plan_for(world.enrolment, by=world.participant)
    actions.plan_for(world.cohort, by=world.participant)
    assert not gop_line(world.enrolment)["started"]
    found = progress.of(Enrolment.objects.filter(pk=world.enrolment.pk)).get()
    assert [line["started"] for line in progress.lines(found) if line["key"] == "pop"] == [False]
