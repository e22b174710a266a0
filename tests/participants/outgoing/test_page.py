"""What goes out is seen before it goes, with the reason, and may be held back."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from participants.messages import reminding
from participants.models import Cohort, Reminder
from participants.outgoing import digest
from tests.factories import ReminderFactory
from tests.participants.messages.scene import (
    TUESDAY,
    WEEK,
    cohort_with_contact,
    somebody_with_returned_hours,
    someone,
    staff,
)

pytestmark = pytest.mark.django_db
MONDAY = TUESDAY - dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def monday(time_machine):
    """The day before the mail goes."""
    time_machine.move_to(MONDAY)
    return time_machine


@pytest.fixture
def cohort():
    return cohort_with_contact()


@pytest.fixture
def coordinator(cohort):
    return staff(cohort)


@pytest.fixture
def shown(client, coordinator):
    """The page of a coordinator, as text on one line; a login of staff does not last a night."""

    def text(query=""):
        client.force_login(coordinator)
        response = client.get(f"/wat-gaat-eruit/{query}")
        return " ".join(response.content.decode().split())

    return text


def test_who_gets_what_and_why_stands_there_before_it_goes(shown, cohort):
    somebody_with_returned_hours(cohort, name="Samira Aalbers")
    text = shown()
    assert "Dinsdag 4 maart, 09.00 uur: 1 mail aan deelnemers" in text
    assert "Samira Aalbers" in text and "Uren kwamen terug met een vraag" in text


def test_what_is_shown_is_what_is_sent(monday, shown, cohort):
    for name in ("Samira Aalbers", "Desi Abena"):
        somebody_with_returned_hours(cohort, name=name)
    someone(cohort, "Bram Niet")
    text = shown()
    monday.move_to(TUESDAY)
    reminding.send_due()
    sent = {reminder.participant.name for reminder in Reminder.objects.all()}
    assert sent == {"Samira Aalbers", "Desi Abena"}
    assert all(name in text for name in sent) and "Bram Niet" not in text


def test_a_mail_is_held_back_for_a_week_and_let_go(client, monday, shown, coordinator, cohort):
    enrolment = somebody_with_returned_hours(cohort, name="Samira Aalbers")
    shown()
    client.post(f"/wat-gaat-eruit/{enrolment.pk}/tegenhouden/")
    assert "tegengehouden door" in shown() and "0 mails aan deelnemers" in shown()
    client.post(f"/wat-gaat-eruit/toch/{Reminder.objects.get().pk}/")
    assert "1 mail aan deelnemers" in shown()
    monday.move_to(TUESDAY)
    assert reminding.send_due() == 1
    client.force_login(coordinator)
    answer = client.post(f"/wat-gaat-eruit/{enrolment.pk}/tegenhouden/", follow=True)
    assert "al weg, of al tegengehouden" in answer.content.decode()


def test_after_the_day_the_next_week_is_shown(monday, shown, cohort):
    enrolment = somebody_with_returned_hours(cohort)
    ReminderFactory(enrolment=enrolment, week=WEEK)
    assert "0 mails aan deelnemers" in shown()
    monday.move_to(TUESDAY + dt.timedelta(days=1))
    assert "1 mail aan deelnemers" in shown()


def test_staff_does_not_read_of_the_pace_sooner_than_elsewhere(shown, cohort):
    someone(cohort, "Samira Aalbers")
    Cohort.objects.update(talk_behind_minutes=1000, talk_first_days=7)
    text = shown()
    assert "Iets dat de deelnemer als eerste leest" in text
    assert "Even praten over de planning" not in text
    Cohort.objects.update(talk_first_days=0)
    assert "Even praten over de planning" in shown()


def test_one_cohort_is_chosen_in_the_address(client, cohort):
    other = cohort_with_contact()
    user = staff(None)
    client.force_login(user)
    for each, name in ((cohort, "Samira Aalbers"), (other, "Desi Abena")):
        somebody_with_returned_hours(each, name=name)
    shown = client.get(f"/wat-gaat-eruit/?lichting={cohort.pk}").content.decode()
    assert "Samira Aalbers" in shown and "Desi Abena" not in shown
    for wrong in ("0", "x"):
        assert client.get(f"/wat-gaat-eruit/?lichting={wrong}").status_code == 404


def test_it_asks_the_same_for_one_and_for_three(client, cohort):
    client.force_login(staff(cohort))
    counts = []
    for many in (1, 2):
        for _turn in range(many):
            somebody_with_returned_hours(cohort)
            ReminderFactory(enrolment=someone(cohort), week=WEEK, held=True)
        with CaptureQueriesContext(connection) as asked:
            client.get("/wat-gaat-eruit/")
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_a_digest_that_went_is_no_longer_to_come(shown, coordinator, cohort):
    somebody_with_returned_hours(cohort)
    someone(cohort, status="applied", decided_at=None, decided_by=None)
    assert "Maandag 3 maart, 08.00 uur: weekoverzicht" in shown()
    assert digest.send_due() == 1
    assert "Maandag 10 maart, 08.00 uur: weekoverzicht" in shown()
