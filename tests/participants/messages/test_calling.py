"""Who left two mails without an answer is called; only that it happened is noted."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from participants.messages import calling
from participants.models import PhoneCall
from tests.factories import HourEntryFactory, PauseFactory, ReminderFactory
from tests.participants.messages.scene import TUESDAY, cohort_with_contact, someone, staff

pytestmark = pytest.mark.django_db
TODAY = TUESDAY.date()


@pytest.fixture(autouse=True)
def tuesday(time_machine):
    time_machine.move_to(TUESDAY)


@pytest.fixture
def cohort():
    return cohort_with_contact()


def silent(cohort, reminders=2, **facts):
    enrolment = someone(cohort, **facts)
    for turn in range(1, reminders + 1):
        ago = dt.timedelta(days=7 * turn)
        ReminderFactory(enrolment=enrolment, week=dt.date(2025, 3, 3) - ago, made_at=TUESDAY - ago)
    return enrolment


@pytest.mark.parametrize(("reminders", "listed"), [(1, False), (2, True), (3, True)])
@pytest.mark.parametrize("kind", ["trainer", "coordinator"])
def test_after_two_staff_reads_to_call(client, cohort, reminders, listed, kind):
    enrolment = silent(cohort, reminders, name="Samira Aalbers")
    user = staff(cohort, kind)
    assert (list(calling.to_call(user)) == [enrolment]) is listed
    client.force_login(user)
    assert ("Samira Aalbers" in client.get("/wacht/?soort=bellen").content.decode()) is listed


def test_who_answered_is_called_by_nobody(cohort):
    HourEntryFactory(enrolment=silent(cohort))
    assert not calling.to_call(staff(cohort)).exists()


def test_neither_is_who_is_in_a_pause(cohort):
    enrolment = silent(cohort)
    PauseFactory(
        enrolment=enrolment,
        starts_on=TODAY,
        ends_on=None,
        confirmed_at=TUESDAY,
        confirmed_by=enrolment.decided_by,
    )
    assert not calling.to_call(staff(cohort)).exists()


def test_assessors_and_other_cohorts_call_nobody(cohort):
    silent(cohort)
    for user in (staff(cohort, "assessor"), staff(cohort_with_contact())):
        assert not calling.to_call(user).exists()


def test_called_takes_it_off_the_list_with_who_and_when(client, cohort):
    enrolment = silent(cohort, participant__phone="020 555 04 56")
    trainer = staff(cohort, "trainer")
    client.force_login(trainer)
    address = f"/deelnames/{enrolment.pk}/gebeld/"
    assert "020 555 04 56" in client.get(address).content.decode()
    client.post(address, {"on": "3-3-2025"})
    call = PhoneCall.objects.get()
    assert (call.called_on, call.called_by) == (dt.date(2025, 3, 3), trainer)
    assert not calling.to_call(trainer).exists()


def test_without_a_number_it_says_so(client, cohort):
    enrolment = silent(cohort)
    client.force_login(staff(cohort))
    page = client.get(f"/deelnames/{enrolment.pk}/gebeld/").content.decode()
    assert "We hebben geen telefoonnummer" in page


@pytest.mark.parametrize(
    ("on", "refusal"),
    [
        (TODAY + dt.timedelta(days=1), "in_the_future"),
        (TODAY, None),
        (dt.date(2025, 1, 6), None),
        (dt.date(2025, 1, 5), "before_the_start"),
    ],
)
def test_a_call_was_on_a_day_on_which_it_can_have_been(cohort, on, refusal):
    enrolment, by = silent(cohort), staff(cohort)
    if refusal is None:
        assert calling.called(enrolment, on, by=by).called_on == on
        refusal = "already_called"
    with pytest.raises(ValidationError) as refused:
        calling.called(enrolment, on, by=by)
    assert refused.value.code == refusal


def test_an_assessor_notes_no_call(cohort):
    with pytest.raises(PermissionDenied):
        calling.called(silent(cohort), TODAY, by=staff(cohort, "assessor"))
