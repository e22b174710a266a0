import datetime as dt

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError

from participants import progress
from participants.enrolments import actions
from participants.models import Enrolment, Event, Exemption, Pause
from tests.factories import (
    CohortFactory,
    EnrolmentFactory,
    ExemptionFactory,
    PauseFactory,
    RoleFactory,
    SessionFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

MARCH, APRIL = dt.date(2025, 3, 1), dt.date(2025, 4, 1)


@pytest.fixture
def enrolment():
    return EnrolmentFactory()


@pytest.fixture
def applicant():
    return EnrolmentFactory(applied=True)


@pytest.fixture
def coordinator():
    return RoleFactory(coordinator=True).user


def refused(code):
    return pytest.raises(ValidationError, check=lambda refusal: refusal.code == code)


def acts():
    return list(Event.objects.decisions().order_by("pk").values_list("act", flat=True))


DECISIONS = [
    (lambda e, by: actions.admit(e, by=by, reason="Past goed"), {"applied": True}),
    (lambda e, by: actions.decline(e, by=by, reason="De groep is vol"), {"applied": True}),
    (lambda e, by: actions.stop(e, by=by), {}),
    (lambda e, by: actions.resume(e, by=by), {"stopped": True}),
    (lambda e, by: actions.set_entries_until(e, APRIL, by=by), {}),
    (lambda e, by: actions.record_name_confirmation(e, "Noor", by=by, how="per telefoon"), {}),
    (lambda e, by: actions.exempt(e, "pop", by=by, reason="Al gemaakt"), {}),
    (lambda e, by: actions.complete([e], by=by), {}),
    (lambda e, by: actions.reactivate([e], by=by), {"status": "completed"}),
    (lambda e, by: actions.confirm_pause(PauseFactory(enrolment=e), by=by), {}),
    (lambda e, by: actions.end_pause(PauseFactory(enrolment=e), APRIL, by=by), {}),
    (lambda e, by: actions.withdraw_exemption(ExemptionFactory(enrolment=e), by=by), {}),
]


@pytest.mark.parametrize(("act", "state"), DECISIONS)
def test_a_coordinator_decides_and_it_is_written_down_once(act, state, coordinator):
    enrolment = EnrolmentFactory(**state)
    act(enrolment, coordinator)
    [event] = Event.objects.decisions()
    assert (event.actor, event.enrolment) == (coordinator, enrolment)


@pytest.mark.parametrize(("act", "state"), DECISIONS)
@pytest.mark.parametrize("role", ["trainer", "assessor", "administrator"])
def test_nobody_else_decides(act, state, role):
    enrolment = EnrolmentFactory(**state)
    cohort = None if role == "administrator" else enrolment.cohort
    with pytest.raises(PermissionDenied):
        act(enrolment, RoleFactory(kind=role, cohort=cohort).user)
    assert acts() == []


@pytest.mark.parametrize(("act", "state"), DECISIONS)
def test_nobody_decides_about_their_own_enrolment(act, state):
    enrolment = EnrolmentFactory(**state)
    RoleFactory(coordinator=True, user=enrolment.participant)
    with pytest.raises(PermissionDenied):
        act(enrolment, enrolment.participant)


def test_an_applicant_is_admitted_or_declined_with_a_reason_and_once(applicant, coordinator):
    with refused("reason_needed"):
        actions.admit(applicant, by=coordinator, reason=" ")
    admitted = actions.admit(applicant, by=coordinator, reason="Past goed")
    assert (admitted.status, admitted.decided_by) == (Enrolment.Status.ACTIVE, coordinator)
    with refused("already_decided"):
        actions.decline(applicant, by=coordinator, reason="Toch niet")
    assert acts() == ["admitted"]


@pytest.mark.parametrize(
    ("today", "first_day"),
    [
        (dt.date(2024, 12, 1), dt.date(2025, 1, 6)),  # before the cohort: with the others
        (dt.date(2025, 1, 6), dt.date(2025, 1, 6)),
        (MARCH, MARCH),  # under way: from today
        (dt.date(2025, 7, 12), dt.date(2025, 1, 6)),  # written down afterwards
    ],
)
def test_who_is_admitted_later_starts_later(applicant, coordinator, today, first_day):
    with time_machine.travel(today):
        assert actions.admit(applicant, by=coordinator, reason="Past").starts_on == first_day


@pytest.mark.parametrize(
    ("day", "fits"),
    [
        (dt.date(2025, 1, 5), False),
        (dt.date(2025, 1, 6), True),
        (dt.date(2025, 7, 11), True),
        (dt.date(2025, 7, 12), False),
    ],
)
def test_the_first_day_lies_within_the_cohort(applicant, coordinator, day, fits):
    if fits:
        admitted = actions.admit(applicant, by=coordinator, reason="Past", starts_on=day)
        assert admitted.starts_on == day
    else:
        with refused("outside_the_cohort"):
            actions.admit(applicant, by=coordinator, reason="Past", starts_on=day)


def test_meetings_before_the_first_day_are_not_asked_of_who_came_later(applicant, coordinator):
    for day in (MARCH, APRIL):
        SessionFactory(cohorts=[applicant.cohort], date=day)
    actions.admit(applicant, by=coordinator, reason="Past", starts_on=APRIL)
    row = progress.of(Enrolment.objects.all()).get(pk=applicant.pk)
    assert row.standing["lessons_planned"] == 1


@pytest.mark.parametrize("declined", [False, True])
def test_who_applied_is_seen_by_coordinators_and_not_by_trainers(coordinator, declined):
    asked = EnrolmentFactory(applied=True)
    if declined:
        actions.decline(asked, by=coordinator, reason="De groep is vol")
    trainer = RoleFactory(cohort=asked.cohort).user
    for seen in (Enrolment.objects.visible_to, Enrolment.objects.staffed_by):
        assert asked in seen(coordinator)
        assert asked not in seen(trainer)
    both = RoleFactory(user=trainer, kind="coordinator", cohort=asked.cohort).user
    assert asked in Enrolment.objects.visible_to(both)


def test_enrolling_twice_is_refused_with_a_sentence(enrolment, coordinator):
    with refused("already_enrolled"):
        actions.enrol(enrolment.participant, enrolment.cohort, by=coordinator)


def test_an_application_waits_for_a_decision(coordinator):
    row = actions.register_application(
        UserFactory(), CohortFactory(), by=coordinator, did_training=True
    )
    assert (row.status, row.decided_at, row.did_training) == ("applied", None, True)


def test_coordinators_do_not_enrol_themselves(coordinator):
    for act in (actions.enrol, actions.register_application):
        with pytest.raises(PermissionDenied):
            act(coordinator, CohortFactory(), by=coordinator)


@time_machine.travel(dt.datetime(2025, 3, 1, 9, tzinfo=dt.UTC), tick=False)
def test_who_stops_ends_today_or_on_the_day_that_was_said(coordinator):
    first, second = EnrolmentFactory(), EnrolmentFactory()
    assert actions.stop(first, by=coordinator).ends_on == MARCH
    assert actions.stop(second, by=coordinator, last_day=APRIL).ends_on == APRIL
    with refused("not_active"):
        actions.stop(first, by=coordinator)


def test_nobody_stops_before_the_first_day(enrolment, coordinator):
    with refused("too_early"):
        actions.stop(enrolment, by=coordinator, last_day=dt.date(2025, 1, 5))


def test_who_stopped_can_go_on(coordinator):
    enrolment = actions.resume(EnrolmentFactory(stopped=True), by=coordinator)
    assert (enrolment.status, enrolment.ends_on) == (Enrolment.Status.ACTIVE, None)
    with refused("not_stopped"):
        actions.resume(enrolment, by=coordinator)


def test_completing_moves_only_who_is_active_and_back_again(coordinator):
    rows = [EnrolmentFactory(), EnrolmentFactory(stopped=True)]
    assert actions.complete(rows, by=coordinator) == [rows[0].pk]
    assert actions.complete(Enrolment.objects.all(), by=coordinator) == []
    assert actions.reactivate(rows, by=coordinator) == [rows[0].pk]
    assert acts() == ["completed", "reactivated"]


def test_completing_takes_all_or_none(enrolment):
    other = EnrolmentFactory()
    here = RoleFactory(coordinator=True, cohort=enrolment.cohort).user
    with pytest.raises(PermissionDenied):
        actions.complete([enrolment, other], by=here)
    enrolment.refresh_from_db()
    assert enrolment.status == Enrolment.Status.ACTIVE


def test_a_personal_last_day_for_hours_is_set_and_cleared(enrolment, coordinator):
    assert actions.set_entries_until(enrolment, APRIL, by=coordinator).entries_until == APRIL
    assert actions.set_entries_until(enrolment, None, by=coordinator).entries_until is None
    with refused("too_early"):
        actions.set_entries_until(enrolment, dt.date(2024, 1, 1), by=coordinator)


# The name


def test_the_participant_confirms_the_name_as_it_will_be_printed(enrolment):
    named = actions.confirm_name(enrolment, " Zoe\u0308  van 't Hof ", by=enrolment.participant)
    assert named.printed_name == "Zoë van 't Hof"
    assert (named.name_confirmed_by, named.name_confirmed_how) == (enrolment.participant, "")


def test_only_the_participant_confirms_without_saying_how(enrolment, coordinator):
    with pytest.raises(PermissionDenied):
        actions.confirm_name(enrolment, "Zoë", by=coordinator)
    with refused("how_needed"):
        actions.record_name_confirmation(enrolment, "Zoë", by=coordinator, how="")
    named = actions.record_name_confirmation(enrolment, "Zoë", by=coordinator, how="per telefoon")
    assert named.name_confirmed_how == "per telefoon"


def test_a_name_with_a_hidden_character_is_not_taken(enrolment):
    with refused("hidden_character"):
        actions.confirm_name(enrolment, "Zoë\u202e", by=enrolment.participant)


# Pauses


def test_a_participant_asks_for_a_pause_and_a_coordinator_confirms(enrolment, coordinator):
    pause = actions.request_pause(enrolment, MARCH, APRIL, by=enrolment.participant)
    assert pause.confirmed_at is None
    actions.confirm_pause(pause, by=coordinator)
    assert Pause.objects.confirmed().get() == pause
    with refused("already_confirmed"):
        actions.confirm_pause(pause, by=coordinator)
    assert acts() == ["pause_requested", "pause_confirmed"]


def test_a_pause_set_by_a_coordinator_stands_at_once(enrolment, coordinator):
    assert actions.request_pause(enrolment, MARCH, by=coordinator).confirmed_by == coordinator


def test_a_trainer_may_ask_and_a_stranger_may_not(enrolment):
    trainer = RoleFactory(cohort=enrolment.cohort).user
    assert actions.request_pause(enrolment, MARCH, APRIL, by=trainer).confirmed_at is None
    with pytest.raises(PermissionDenied):
        actions.request_pause(enrolment, MARCH, APRIL, by=EnrolmentFactory().participant)


@pytest.mark.parametrize(
    ("starts_on", "ends_on"),
    [(MARCH, MARCH), (dt.date(2025, 2, 1), MARCH), (APRIL, None), (dt.date(2025, 1, 7), None)],
)
def test_pauses_do_not_overlap(enrolment, starts_on, ends_on):
    PauseFactory(enrolment=enrolment, starts_on=MARCH, ends_on=APRIL)
    with refused("overlaps"):
        actions.request_pause(enrolment, starts_on, ends_on, by=enrolment.participant)


def test_pauses_may_stand_beside_each_other(enrolment):
    PauseFactory(enrolment=enrolment, starts_on=MARCH, ends_on=APRIL)
    after = APRIL + dt.timedelta(days=1)
    assert actions.request_pause(enrolment, after, by=enrolment.participant)


def test_a_pause_ends_after_it_starts_and_belongs_to_who_takes_part(enrolment):
    with refused("ends_before_it_starts"):
        actions.request_pause(enrolment, APRIL, MARCH, by=enrolment.participant)
    stopped = EnrolmentFactory(stopped=True)
    with refused("not_active"):
        actions.request_pause(stopped, MARCH, APRIL, by=stopped.participant)


def test_an_open_pause_gets_its_last_day(enrolment, coordinator):
    pause = PauseFactory(enrolment=enrolment, starts_on=MARCH, ends_on=None, confirmed=True)
    actions.end_pause(pause, APRIL, by=coordinator)
    pause.refresh_from_db()
    assert pause.ends_on == APRIL
    with refused("ends_before_it_starts"):
        actions.end_pause(pause, dt.date(2025, 2, 1), by=coordinator)


def test_a_request_is_taken_back_only_while_it_waits(enrolment, coordinator):
    asked = PauseFactory(enrolment=enrolment)
    with pytest.raises(PermissionDenied):
        actions.drop_pause(asked, by=RoleFactory(cohort=enrolment.cohort).user)
    actions.drop_pause(asked, by=enrolment.participant)
    assert not Pause.objects.exists()
    with refused("already_gone"):
        actions.drop_pause(asked, by=enrolment.participant)
    with refused("already_confirmed"):
        actions.drop_pause(
            PauseFactory(enrolment=enrolment, confirmed=True), by=enrolment.participant
        )


def test_a_coordinator_takes_a_pause_away_that_was_a_mistake(enrolment, coordinator):
    pause = PauseFactory(enrolment=enrolment, confirmed=True)
    actions.drop_pause(pause, by=coordinator)
    assert not Pause.objects.exists()
    assert acts() == ["pause_removed"]


@pytest.mark.parametrize("ends_on", [APRIL, None])
def test_one_comes_back_sooner_by_oneself(enrolment, ends_on):
    pause = PauseFactory(enrolment=enrolment, starts_on=MARCH, ends_on=ends_on, confirmed=True)
    actions.end_pause(pause, dt.date(2025, 3, 20), by=enrolment.participant)
    pause.refresh_from_db()
    assert pause.ends_on == dt.date(2025, 3, 20)
    with refused("later"):
        actions.end_pause(pause, dt.date(2025, 3, 21), by=enrolment.participant)


def test_one_ends_no_pause_of_another_and_no_request(enrolment):
    pause = PauseFactory(enrolment=enrolment, confirmed=True)
    for stranger in (EnrolmentFactory().participant, RoleFactory(cohort=enrolment.cohort).user):
        with pytest.raises(PermissionDenied):
            actions.end_pause(pause, MARCH, by=stranger)
    asked = PauseFactory(enrolment=enrolment, starts_on=APRIL, ends_on=None)
    with pytest.raises(PermissionDenied):
        actions.end_pause(asked, APRIL, by=enrolment.participant)


@time_machine.travel(dt.datetime(2025, 6, 1, 9, tzinfo=dt.UTC), tick=False)
def test_a_pause_may_be_asked_for_when_it_is_over(enrolment, coordinator):
    pause = actions.request_pause(enrolment, MARCH, APRIL, by=enrolment.participant)
    actions.confirm_pause(pause, by=coordinator)
    assert Enrolment.objects.with_state(dt.date(2025, 3, 15)).get().state == "paused"
    assert Enrolment.objects.with_state().get().state == "active"


# Exemptions


def test_an_exemption_stands_once_a_criterion_and_can_be_given_again(enrolment, coordinator):
    first = actions.exempt(enrolment, "work", by=coordinator, reason="Eerder", minutes=600)
    with refused("already_exempted"):
        actions.exempt(enrolment, "work", by=coordinator, reason="Nog eens")
    actions.withdraw_exemption(first, by=coordinator)
    with refused("already_withdrawn"):
        actions.withdraw_exemption(first, by=coordinator)
    actions.exempt(enrolment, "work", by=coordinator, reason="Nog eens")
    assert Exemption.objects.standing().get().minutes is None


@pytest.mark.parametrize(("criterion", "minutes"), [("pop", 60), ("lessons", 1), ("work", 0)])
def test_only_hours_are_lowered_by_minutes(enrolment, coordinator, criterion, minutes):
    with refused("only_hours_by_minutes"):
        actions.exempt(enrolment, criterion, by=coordinator, reason="Eerder", minutes=minutes)


def test_the_reason_of_an_exemption_stands_in_no_event(enrolment, coordinator):
    actions.exempt(enrolment, "pop", by=coordinator, reason="Eerder gemaakt")
    assert Event.objects.get().reason == ""


@pytest.mark.parametrize("name", ["Noor 王", "Noor 😀"])
def test_a_name_that_cannot_be_printed_is_not_confirmed(name):
    enrolment = EnrolmentFactory()
    with pytest.raises(ValidationError) as refusal:
        actions.confirm_name(enrolment, name, by=enrolment.participant)
    assert refusal.value.code == "name_not_printable"
    enrolment.refresh_from_db()
    assert enrolment.name_confirmed_at is None
