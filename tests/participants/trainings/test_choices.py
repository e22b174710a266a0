"""Participants choose and propose trainings; staff answer; the database stands behind it."""

import datetime as dt

import factory
import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError
from django.utils import timezone

from participants.models import Enrolment, Event, HourEntry, TrainingChoice, TrainingDate
from participants.trainings import actions
from participants.trainings.actions import answer, choose, complete, drop, propose
from tests.factories import (
    EnrolmentFactory,
    HourEntryFactory,
    LearningTrackFactory,
    RoleFactory,
    TrainingChoiceFactory,
    TrainingFactory,
    UserFactory,
)
from tests.factories.cohorts import MOMENT

pytestmark = pytest.mark.django_db


@pytest.fixture
def enrolment():
    return EnrolmentFactory()


@pytest.fixture
def owner(enrolment):
    return enrolment.participant


@pytest.fixture
def trainer(enrolment):
    return RoleFactory(cohort=enrolment.cohort).user


@pytest.fixture
def proposal(enrolment):
    return TrainingChoiceFactory(enrolment=enrolment, own=True)


def refused(action, *args, **facts):
    """The code with which ``action`` is refused."""
    with pytest.raises(ValidationError) as refusal:
        action(*args, **facts)
    return refusal.value.code


def test_a_training_of_the_catalogue_is_chosen_at_once(enrolment, owner):
    choice = choose(enrolment, TrainingFactory(), by=owner)
    assert choice.status == "chosen"
    assert Event.objects.decisions().get().act == "training_chosen"


def test_a_training_is_chosen_once(enrolment, owner):
    training = TrainingFactory()
    choose(enrolment, training, by=owner)
    assert refused(choose, enrolment, training, by=owner) == "already_chosen"
    assert enrolment.training_choices.count() == 1


def test_what_was_dropped_can_be_chosen_again(enrolment, owner):
    training = TrainingFactory()
    drop(choose(enrolment, training, by=owner), by=owner)
    assert choose(enrolment, training, by=owner).status == "chosen"


def test_only_what_is_on_offer_for_the_own_track_is_chosen(enrolment, owner):
    for training in [
        TrainingFactory(is_active=False),
        TrainingFactory(track=LearningTrackFactory()),
    ]:
        assert refused(choose, enrolment, training, by=owner) == "not_on_offer"
    own = TrainingFactory(track=enrolment.cohort.track)
    assert choose(enrolment, own, by=owner)


@pytest.mark.parametrize("facts", [{"applied": True}, {"stopped": True}, {"status": "completed"}])
def test_who_does_not_take_part_now_chooses_nothing(facts):
    enrolment = EnrolmentFactory(**facts)
    by = enrolment.participant
    assert refused(choose, enrolment, TrainingFactory(), by=by) == "not_taking_part"
    assert refused(propose, enrolment, "Rouw", by=by) == "not_taking_part"


def test_nobody_chooses_for_somebody_else(enrolment, trainer):
    for by in (trainer, RoleFactory(coordinator=True).user, EnrolmentFactory().participant):
        with pytest.raises(PermissionDenied):
            choose(enrolment, TrainingFactory(), by=by)
        with pytest.raises(PermissionDenied):
            propose(enrolment, "Rouw", by=by)
    assert not TrainingChoice.objects.exists()


def test_a_proposal_waits_for_an_answer(enrolment, owner):
    choice = propose(enrolment, "  Rouw   en verlies ", " Past bij mij ", by=owner)
    assert (choice.status, choice.title, choice.reason) == (
        "proposed",
        "Rouw en verlies",
        "Past bij mij",
    )


def test_a_proposal_has_a_title_and_is_made_once(enrolment, owner):
    assert refused(propose, enrolment, " \n ", by=owner) == "title_missing"
    propose(enrolment, "Rouw en verlies", by=owner)
    assert refused(propose, enrolment, "ROUW en verlies", by=owner) == "already_chosen"


@pytest.mark.parametrize(
    ("accept", "text", "status"), [(True, "", "chosen"), (False, "Te duur.", "declined")]
)
def test_staff_answer_a_proposal_once(proposal, trainer, accept, text, status):
    answered = answer(proposal, by=trainer, accept=accept, answer=text)
    assert (answered.status, answered.answer, answered.answered_by) == (status, text, trainer)
    code = refused(answer, proposal, by=trainer, accept=not accept, answer="Toch niet")
    assert code == "already_answered"
    proposal.refresh_from_db()
    assert proposal.status == status


def test_a_no_says_why(proposal, trainer):
    assert refused(answer, proposal, by=trainer, accept=False, answer=" ") == "answer_missing"


def test_nobody_answers_their_own_proposal(proposal, owner, enrolment):
    RoleFactory(user=owner, cohort=enrolment.cohort)
    RoleFactory(user=owner, coordinator=True)
    with pytest.raises(PermissionDenied):
        answer(proposal, by=owner, accept=True)


@pytest.mark.parametrize("traits", [{"assessor": True}, {"administrator": True}, {}])
def test_only_trainers_and_coordinators_of_the_cohort_answer(proposal, enrolment, traits):
    here = {"cohort": enrolment.cohort} if "assessor" in traits else {}
    with pytest.raises(PermissionDenied):
        answer(proposal, by=RoleFactory(**traits, **here).user, accept=True)


def test_completing_credits_no_hours(enrolment, owner):
    choice = complete(choose(enrolment, TrainingFactory(), by=owner), by=owner)
    assert choice.status == "completed"
    assert not HourEntry.objects.exists()


@pytest.mark.parametrize("status", ["proposed", "declined", "dropped", "completed"])
def test_only_what_is_chosen_can_be_completed(enrolment, owner, status):
    answered = {"answer": "Nee", "answered_by": UserFactory(), "answered_at": MOMENT}
    facts = answered if status == "declined" else {}
    choice = TrainingChoiceFactory(enrolment=enrolment, status=status, **facts)
    assert refused(complete, choice, by=owner) == "not_chosen"


def test_what_was_followed_cannot_be_dropped(enrolment, owner):
    choice = TrainingChoiceFactory(enrolment=enrolment, status="completed")
    assert refused(drop, choice, by=owner) == "cannot_drop"


def test_nobody_drops_or_completes_for_somebody_else(enrolment, trainer):
    choice = TrainingChoiceFactory(enrolment=enrolment)
    for action in (drop, complete):
        with pytest.raises(PermissionDenied):
            action(choice, by=trainer)


def test_the_database_refuses_a_training_that_takes_no_time():
    with pytest.raises(IntegrityError, match="training_takes_time"):
        TrainingFactory(minutes=0)


@pytest.mark.parametrize(
    ("name", "facts"),
    [
        ("a_choice_is_from_the_catalogue_or_ones_own", {"own_title": "Ook iets"}),
        ("a_choice_is_from_the_catalogue_or_ones_own", {"training": None}),
        ("an_answer_has_someone_who_gave_it", {"answered_at": MOMENT}),
        ("a_declined_proposal_has_an_answer", {"own": True, "status": "declined"}),
    ],
)
def test_the_database_refuses_a_choice_that_cannot_be(name, facts):
    with pytest.raises(IntegrityError, match=name):
        TrainingChoiceFactory(**facts)


def test_the_database_knows_a_training_once_a_person():
    choice = TrainingChoiceFactory()
    with pytest.raises(IntegrityError, match="a_training_is_chosen_once|UNIQUE"):
        TrainingChoiceFactory(enrolment=choice.enrolment, training=choice.training)


def test_the_database_knows_an_own_training_once_a_person(proposal):
    with pytest.raises(IntegrityError, match="an_own_training_is_proposed_once"):
        TrainingChoiceFactory(
            enrolment=proposal.enrolment, own=True, own_title=proposal.own_title.upper()
        )


# Taking back that it was dropped


@pytest.mark.parametrize(
    ("facts", "status"),
    [
        ({}, "chosen"),
        ({"training": None, "own_title": "Rouw"}, "proposed"),
        (
            {
                "training": None,
                "own_title": "Rouw",
                "answered_at": MOMENT,
                "answered_by": factory.SubFactory(UserFactory),
            },
            "chosen",
        ),
    ],
)
def test_it_stands_as_it_stood_before(facts, status):
    choice = TrainingChoiceFactory(status="dropped", **facts)
    by = choice.enrolment.participant
    assert actions.restore(choice, by=by).status == status
    assert Event.objects.decisions().get().act == f"training_{status}"


def test_it_is_not_taken_back_twice_nor_beside_a_new_choice():
    old = TrainingChoiceFactory(status="dropped")
    by = old.enrolment.participant
    TrainingChoiceFactory(enrolment=old.enrolment, training=old.training)
    with pytest.raises(ValidationError) as refused:
        actions.restore(old, by=by)
    assert refused.value.code == "already_chosen"
    standing = TrainingChoiceFactory(enrolment=old.enrolment)
    with pytest.raises(ValidationError) as refused:
        actions.restore(standing, by=by)
    assert refused.value.code == "not_dropped"


def test_only_its_owner_takes_it_back_and_only_while_taking_part():
    choice = TrainingChoiceFactory(status="dropped")
    with pytest.raises(PermissionDenied):
        actions.restore(choice, by=UserFactory())
    Enrolment.objects.update(status="completed")
    with pytest.raises(ValidationError) as refused:
        actions.restore(choice, by=choice.enrolment.participant)
    assert refused.value.code == "not_taking_part"


# It was followed, or not after all


@pytest.mark.parametrize(
    ("days", "may"), [([-1], True), ([0], True), ([1], False), ([-7, 7], True)]
)
def test_it_is_followed_from_its_first_day_on(enrolment, owner, days, may):
    choice = TrainingChoiceFactory(enrolment=enrolment)
    for day in days:
        date = timezone.localdate() + dt.timedelta(days=day)
        TrainingDate.objects.create(training=choice.training, date=date)
    assert TrainingChoice.objects.owned_by(owner).for_owner().get().is_followable == may
    if may:
        assert complete(choice, by=owner).status == "completed"
    else:
        assert refused(complete, choice, by=owner) == "not_yet"
        assert TrainingChoice.objects.get().status == "chosen"


def test_a_training_without_a_date_or_of_ones_own_can_be_followed(enrolment, owner):
    for facts in ({}, {"own": True, "status": "chosen"}):
        choice = TrainingChoiceFactory(enrolment=enrolment, **facts)
        assert complete(choice, by=owner).status == "completed"


def test_that_it_was_followed_is_taken_back(enrolment, owner):
    choice = TrainingChoiceFactory(enrolment=enrolment, status="completed")
    assert actions.reopen(choice, by=owner).status == "chosen"
    decision = Event.objects.decisions().get()
    assert (decision.act, decision.actor) == ("training_reopened", owner)
    assert refused(actions.reopen, choice, by=owner) == "not_followed"


def test_it_stays_followed_as_long_as_hours_hang_on_it(enrolment, owner):
    choice = TrainingChoiceFactory(enrolment=enrolment, status="completed")
    entry = HourEntryFactory(enrolment=enrolment, kind="study", training_choice=choice)
    assert refused(actions.reopen, choice, by=owner) == "has_hours"
    HourEntry.objects.filter(pk=entry.pk).update(status="withdrawn")
    assert actions.reopen(choice, by=owner).status == "chosen"


def test_only_its_owner_says_it_was_not_followed_and_only_while_taking_part(owner, enrolment):
    choice = TrainingChoiceFactory(enrolment=enrolment, status="completed")
    with pytest.raises(PermissionDenied):
        actions.reopen(choice, by=UserFactory())
    Enrolment.objects.update(status="completed")
    assert refused(actions.reopen, choice, by=owner) == "not_taking_part"
