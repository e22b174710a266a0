import datetime as dt
import uuid

import pytest
import time_machine
from django.core.exceptions import PermissionDenied

from participants.hours import actions
from participants.models import Event, HourEntry
from tests.factories import EnrolmentFactory, HourEntryFactory, RoleFactory, TrainingChoiceFactory
from tests.participants.hours.scene import NOON, TODAY, log, refused

pytestmark = pytest.mark.django_db
STATES = ["draft", "submitted", "approved", "returned", "withdrawn"]


@pytest.fixture(autouse=True)
def noon():
    with time_machine.travel(NOON, tick=False):
        yield


def entry_in(state, **facts):
    return HourEntryFactory(**({} if state == "submitted" else {state: True}), **facts)


def owner(entry):
    return entry.enrolment.participant


def reviewer(entry):
    return RoleFactory(cohort=entry.enrolment.cohort).user


# state -> what the act makes of it, or the code of its refusal
OWNER_ACTS = {
    "edit": {
        "draft": "draft",
        "submitted": "submitted",
        "returned": "returned",
        "approved": "already_approved",
        "withdrawn": "withdrawn",
    },
    "submit": {
        "draft": "submitted",
        "submitted": "already_submitted",
        "returned": "submitted",
        "approved": "already_approved",
        "withdrawn": "withdrawn",
    },
    "withdraw": {
        "draft": "withdrawn",
        "submitted": "withdrawn",
        "returned": "withdrawn",
        "approved": "already_approved",
        "withdrawn": "withdrawn",
    },
    "restore": {
        "draft": "not_withdrawn",
        "submitted": "already_submitted",
        "returned": "not_withdrawn",
        "approved": "already_approved",
        "withdrawn": "submitted",
    },
}
REFUSED = {("withdraw", "withdrawn"), ("edit", "withdrawn"), ("submit", "withdrawn")}


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("act", OWNER_ACTS)
def test_each_act_of_the_owner_from_each_state(act, state):
    entry = entry_in(state)
    outcome = OWNER_ACTS[act][state]
    perform = getattr(actions, act)
    if outcome in STATES and (act, state) not in REFUSED:
        assert perform(entry, by=owner(entry)).status == outcome
        entry.refresh_from_db()
        assert entry.status == outcome
    else:
        with refused(outcome):
            perform(entry, by=owner(entry))
        assert HourEntry.objects.get(pk=entry.pk).status == state


@pytest.mark.parametrize("act", [*OWNER_ACTS, "correct"])
def test_only_the_owner_acts_on_their_hours(act):
    entry = entry_in("approved" if act == "correct" else "submitted")
    for somebody in (reviewer(entry), EnrolmentFactory(cohort=entry.enrolment.cohort).participant):
        with pytest.raises(PermissionDenied):
            getattr(actions, act)(entry, by=somebody)


def test_nobody_logs_for_somebody_else():
    with pytest.raises(PermissionDenied):
        actions.log(
            EnrolmentFactory(),
            by=EnrolmentFactory().participant,
            kind="work",
            date=TODAY,
            minutes=60,
            description="Meegelopen",
        )


def test_the_same_client_id_twice_is_one_entry_even_after_midnight():
    enrolment, sent = EnrolmentFactory(), uuid.uuid4()
    first = log(enrolment, client_id=sent)
    assert log(enrolment, client_id=sent, minutes=999, date=dt.date(2030, 1, 1)) == first
    assert HourEntry.objects.count() == 1
    assert log(EnrolmentFactory(), client_id=sent) != first


def test_editing_handed_in_hours_keeps_their_place_in_the_pile():
    entry = entry_in("submitted")
    edited = actions.edit(entry, by=owner(entry), minutes=90, description="Ook opgeruimd")
    edited.refresh_from_db()
    assert (edited.minutes, edited.description) == (90, "Ook opgeruimd")
    assert (edited.status, edited.submitted_at) == ("submitted", entry.submitted_at)


def test_editing_returned_hours_can_hand_them_in_at_once():
    entry = entry_in("returned")
    edited = actions.edit(entry, by=owner(entry), submit=True, description="Grenzen stellen")
    edited.refresh_from_db()
    assert (edited.status, edited.reviewed_at, edited.reviewed_by) == ("submitted", None, None)
    assert edited.return_reason == entry.return_reason  # for who looks again


def test_changing_the_kind_takes_off_what_belonged_to_the_other_kind():
    choice = TrainingChoiceFactory()
    entry = log(choice.enrolment, kind="study", training_choice=choice)
    edited = actions.edit(entry, by=owner(entry), kind="work")
    edited.refresh_from_db()
    assert (edited.kind, edited.training_choice) == ("work", None)


def test_an_edit_is_judged_by_the_same_rules():
    entry = entry_in("submitted")
    with refused("in_the_future"):
        actions.edit(entry, by=owner(entry), date=TODAY + dt.timedelta(days=1))
    with refused("too_much_on_a_day"):
        actions.edit(entry, by=owner(entry), minutes=961)
    assert actions.edit(entry, by=owner(entry), minutes=960).minutes == 960


def test_an_unknown_content_is_a_bug_and_not_ignored():
    entry = entry_in("submitted")
    with pytest.raises(TypeError):
        actions.edit(entry, by=owner(entry), status="approved")


def test_restoring_asks_whether_the_day_still_has_room():
    entry = entry_in("withdrawn", minutes=600)
    log(entry.enrolment, date=entry.date, minutes=361)
    with refused("too_much_on_a_day"):
        actions.restore(entry, by=owner(entry))


def test_withdrawing_is_written_down():
    entry = entry_in("submitted")
    actions.withdraw(entry, by=owner(entry))
    event = Event.objects.decisions().get()
    assert (event.act, event.actor, event.enrolment) == (
        "hours_withdrawn",
        owner(entry),
        entry.enrolment,
    )


# Corrections


def test_a_correction_takes_the_place_of_the_old_hours_once_approved():
    old = entry_in("approved", minutes=180)
    new = actions.correct(old, by=owner(old), minutes=120)
    old.refresh_from_db()
    assert (old.status, new.status, new.minutes) == ("approved", "submitted", 120)
    assert new.description == old.description
    actions.approve(new, by=reviewer(new))
    old.refresh_from_db()
    assert (old.status, old.replaced_at is not None) == ("withdrawn", True)
    assert list(HourEntry.objects.approved()) == [new]


def test_a_returned_correction_leaves_the_old_hours_counting():
    old = entry_in("approved")
    new = actions.correct(old, by=owner(old), minutes=120)
    actions.send_back(new, by=reviewer(new), reason="Waarom?")
    assert HourEntry.objects.approved().get() == old


def test_hours_have_one_correction_at_a_time():
    old = entry_in("approved")
    first = actions.correct(old, by=owner(old), minutes=30)
    with refused("already_corrected"):
        actions.correct(old, by=owner(old), minutes=40)
    actions.withdraw(first, by=owner(old))
    actions.correct(old, by=owner(old), minutes=40)
    with refused("already_corrected"):
        actions.restore(first, by=owner(old))


def test_the_same_correction_sent_twice_is_one():
    old, sent = entry_in("approved"), uuid.uuid4()
    first = actions.correct(old, by=owner(old), minutes=30, client_id=sent)
    assert actions.correct(old, by=owner(old), minutes=30, client_id=sent) == first


@pytest.mark.parametrize("state", ["draft", "submitted", "returned", "withdrawn"])
def test_only_approved_hours_are_corrected_by_new_ones(state):
    entry = entry_in(state)
    with refused("not_approved"):
        actions.correct(entry, by=owner(entry), minutes=30)


def test_replaced_hours_do_not_come_back():
    old = entry_in("approved")
    actions.approve(actions.correct(old, by=owner(old), minutes=30), by=reviewer(old))
    with refused("replaced"):
        actions.restore(old, by=owner(old))


@pytest.mark.parametrize(("minutes", "fits"), [(420, True), (421, False)])
def test_hours_and_their_correction_take_up_the_longer_of_the_two(minutes, fits):
    old = entry_in("approved", minutes=540)
    actions.correct(old, by=owner(old), minutes=480)
    if fits:
        log(old.enrolment, date=old.date, minutes=minutes)
    else:
        with refused("too_much_on_a_day"):
            log(old.enrolment, date=old.date, minutes=minutes)


def test_a_correction_is_not_counted_beside_what_it_corrects():
    old = entry_in("approved", minutes=900)
    assert actions.correct(old, by=owner(old), minutes=960).minutes == 960
