import datetime as dt

import pytest
from django.db import IntegrityError

from participants.models import Enrolment, Pause
from tests.factories import EnrolmentFactory, ExemptionFactory, PauseFactory, UserFactory
from tests.factories.cohorts import MOMENT

pytestmark = pytest.mark.django_db


def broken(name):
    return pytest.raises(IntegrityError, match=name)


def test_one_enrolment_a_person_a_cohort():
    first = EnrolmentFactory()
    with broken("participant_id|enrolled_once_in_a_cohort"):
        EnrolmentFactory(participant=first.participant, cohort=first.cohort)


@pytest.mark.parametrize(
    ("facts", "name"),
    [
        ({"ends_on": dt.date(2025, 1, 5)}, "enrolment_ends_after_it_starts"),
        ({"decided_at": None}, "admission_is_decided_by_someone_or_open"),
        ({"decided_by": None}, "admission_is_decided_by_someone_or_open"),
        ({"status": "applied"}, "admission_is_decided_by_someone_or_open"),
        ({"name_confirmed_at": MOMENT}, "a_name_is_confirmed_by_someone_or_not"),
    ],
)
def test_the_database_keeps_the_facts_of_an_enrolment_together(facts, name):
    with broken(name):
        EnrolmentFactory(**facts)


@pytest.mark.parametrize(
    ("facts", "name"),
    [
        ({"ends_on": dt.date(2025, 3, 2)}, "pause_ends_after_it_starts"),
        ({"confirmed_at": MOMENT}, "pause_is_confirmed_by_someone_or_waits"),
    ],
)
def test_the_database_keeps_the_facts_of_a_pause_together(facts, name):
    with broken(name):
        PauseFactory(**facts)


@pytest.mark.parametrize(
    ("facts", "name"),
    [
        ({"reason": ""}, "exemption_has_a_reason"),
        ({"criterion": "pop", "minutes": 60}, "only_hours_are_lowered_by_minutes"),
        ({"withdrawn_at": MOMENT}, "exemption_is_withdrawn_by_someone_or_stands"),
    ],
)
def test_the_database_keeps_the_facts_of_an_exemption_together(facts, name):
    with broken(name):
        ExemptionFactory(**facts)


def test_one_standing_exemption_a_criterion():
    first = ExemptionFactory()
    ExemptionFactory(enrolment=first.enrolment, criterion="study")
    with broken("criterion|one_standing_exemption"):
        ExemptionFactory(enrolment=first.enrolment)


@pytest.mark.parametrize(
    ("on", "state"),
    [(dt.date(2025, 3, 2), "active"), (dt.date(2025, 3, 3), "paused")]
    + [(dt.date(2025, 3, 31), "paused"), (dt.date(2025, 4, 1), "active")],
)
def test_paused_are_the_days_of_a_confirmed_pause(on, state):
    enrolment = PauseFactory(confirmed=True).enrolment
    assert Enrolment.objects.with_state(on).get(pk=enrolment.pk).state == state


def test_a_request_does_not_pause_anybody():
    pause = PauseFactory()
    assert Enrolment.objects.with_state(pause.starts_on).get().state == "active"


def test_a_state_that_nobody_asked_the_database_for_is_a_bug():
    with pytest.raises(RuntimeError, match="with_state"):
        _ = EnrolmentFactory().state


def test_people_see_their_own_pauses_and_nobody_elses():
    pause = PauseFactory()
    assert Pause.objects.visible_to(pause.enrolment.participant).exists()
    assert not Pause.objects.visible_to(UserFactory()).exists()
