import datetime as dt

import pytest
import time_machine
from django.core.exceptions import PermissionDenied

from participants.hours import actions
from participants.hours.actions import Verdict
from participants.models import Event, HourEntry
from tests.factories import EnrolmentFactory, HourEntryFactory, RoleFactory
from tests.participants.hours.scene import NOON, refused

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def noon():
    with time_machine.travel(NOON, tick=False) as clock:
        yield clock


@pytest.fixture
def entry():
    return HourEntryFactory()


@pytest.fixture
def trainer(entry):
    return RoleFactory(cohort=entry.enrolment.cohort, user__name="Ellen Brouwer").user


def test_approval_lets_hours_count_and_says_who_and_when(entry, trainer):
    approved = actions.approve(entry, by=trainer, note="Mooi")
    assert (approved.status, approved.reviewed_by, approved.review_note) == (
        "approved",
        trainer,
        "Mooi",
    )
    assert approved.reviewed_at is not None
    event = Event.objects.decisions().get()
    assert (event.act, event.actor) == ("hours_approved", trainer)


def test_hours_go_back_with_a_reason_that_stays_in_the_decisions(entry, trainer):
    returned = actions.send_back(entry, by=trainer, reason=" Welke training was dit? ")
    assert (returned.status, returned.return_reason) == ("returned", "Welke training was dit?")
    assert Event.objects.decisions().get().reason == "Welke training was dit?"


@pytest.mark.parametrize("reason", ["", "  "])
def test_hours_never_go_back_without_a_reason(entry, trainer, reason):
    with refused("reason_missing"):
        actions.send_back(entry, by=trainer, reason=reason)
    assert Event.objects.count() == 0


@pytest.mark.parametrize("role", [{}, {"assessor": True}, {"coordinator": True}])
def test_trainer_assessor_and_coordinator_review(entry, role):
    by = RoleFactory(**{"cohort": entry.enrolment.cohort} | role).user
    assert actions.approve(entry, by=by).status == "approved"


def test_nobody_else_reviews(entry):
    others = [
        RoleFactory().user,  # of another cohort
        RoleFactory(administrator=True).user,
        EnrolmentFactory(cohort=entry.enrolment.cohort).participant,
    ]
    for somebody in others:
        with pytest.raises(PermissionDenied):
            actions.approve(entry, by=somebody)
        with pytest.raises(PermissionDenied):
            actions.send_back(entry, by=somebody, reason="Waarom?")


@pytest.mark.parametrize("role", [{}, {"coordinator": True}])
def test_nobody_reviews_their_own_hours_whatever_their_roles(entry, role):
    RoleFactory(**{"user": entry.enrolment.participant, "cohort": entry.enrolment.cohort} | role)
    with pytest.raises(PermissionDenied):
        actions.approve(entry, by=entry.enrolment.participant)


@pytest.mark.parametrize(
    ("state", "code"),
    [
        ("approved", "already_reviewed"),
        ("returned", "already_reviewed"),
        ("draft", "not_submitted"),
        ("withdrawn", "not_submitted"),
    ],
)
def test_only_what_is_handed_in_is_reviewed(entry, trainer, state, code):
    other = HourEntryFactory(enrolment=entry.enrolment, **{state: True})
    with refused(code):
        actions.approve(other, by=trainer)
    with refused(code):
        actions.send_back(other, by=trainer, reason="Waarom?")


def test_the_second_reviewer_hears_who_was_first(entry, trainer):
    actions.approve(entry, by=trainer)
    second = RoleFactory(cohort=entry.enrolment.cohort).user
    with refused("already_reviewed") as refusal:
        actions.send_back(entry, by=second, reason="Waarom?")
    assert refusal.value.message == "Ellen heeft deze uren al nagekeken."


def test_a_verdict_is_about_what_the_reviewer_saw(entry, trainer, noon):
    noon.shift(60)
    actions.edit(entry, by=entry.enrolment.participant, minutes=600)
    with refused("changed"):
        actions.approve(entry, by=trainer, seen=entry.changed_at)
    entry.refresh_from_db()
    assert actions.approve(entry, by=trainer, seen=entry.changed_at).status == "approved"


def test_a_note_for_oneself_is_no_change_for_the_reviewer(entry, trainer, noon):
    noon.shift(60)
    actions.edit(entry, by=entry.enrolment.participant, private_note="Dit ging goed")
    assert actions.approve(entry, by=trainer, seen=entry.changed_at).status == "approved"


def test_one_wrong_line_leaves_the_rest(entry, trainer):
    facts = {"enrolment": entry.enrolment, "date": dt.date(2025, 3, 4)}
    good, silent = HourEntryFactory.create_batch(2, **facts)
    done = HourEntryFactory(**facts, approved=True)
    refused_lines = actions.review(
        [
            Verdict(entry, approved=True, seen=entry.changed_at),
            Verdict(good, approved=False, reason="Welke training?"),
            Verdict(silent, approved=False, reason=""),
            Verdict(done, approved=True),
        ],
        by=trainer,
    )
    codes = {pk: refusal.code for pk, refusal in refused_lines.items()}
    assert codes == {silent.pk: "reason_missing", done.pk: "already_reviewed"}
    states = dict(HourEntry.objects.values_list("pk", "status"))
    assert states == {
        entry.pk: "approved",
        good.pk: "returned",
        silent.pk: "submitted",
        done.pk: "approved",
    }


def test_one_line_of_somebody_elses_cohort_stops_them_all(entry, trainer):
    with pytest.raises(PermissionDenied):
        actions.approve_many([entry, HourEntryFactory()], by=trainer)
    assert not HourEntry.objects.approved().exists()


def test_many_at_once_take_as_many_queries_as_one(
    entry, trainer, django_assert_num_queries, django_assert_max_num_queries
):
    more = HourEntryFactory.create_batch(3, enrolment=entry.enrolment)
    with django_assert_max_num_queries(12) as one:
        assert actions.approve_many([entry], by=trainer) == {}
    with django_assert_num_queries(len(one.captured_queries)):
        assert actions.approve_many(more, by=trainer) == {}
    assert HourEntry.objects.approved().count() == 4
