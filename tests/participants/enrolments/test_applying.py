"""Applying by oneself: the actions, the mail, and what a stranger is told."""

import datetime as dt

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.utils import timezone

from participants.enrolments import applying
from participants.models import Application, Enrolment, Event, User
from tests.factories import CohortFactory, EnrolmentFactory, UserFactory
from tests.factories.applications import ApplicationFactory, open_cohort

pytestmark = pytest.mark.django_db
YES_NO = {"did_training": True, "has_experience": False}


@pytest.fixture
def cohort():
    return open_cohort()


@pytest.fixture
def sent(django_capture_on_commit_callbacks, mailoutbox):
    """Sends the form of a stranger; returns the mails that left."""

    def sent(cohort, email="jo@leerlijn.example", **facts):
        before = len(mailoutbox)
        with django_capture_on_commit_callbacks(execute=True):
            applying.send(cohort, name="Jo Nieuw", email=email, **YES_NO, **facts)
        return mailoutbox[before:]

    return sent


def refused(code):
    return pytest.raises(ValidationError, check=lambda refusal: refusal.code == code)


def token_in(mail):
    return mail.body.split("/aanmelden/bevestig/")[1].split("/")[0]


def test_sending_makes_no_person_and_mails_a_link_that_only_the_mail_knows(sent, cohort):
    [mail] = sent(cohort, email=" Jo@Leerlijn.example ")
    assert mail.to == ["jo@leerlijn.example"]
    assert not User.objects.exists() and not Enrolment.objects.exists()
    token = token_in(mail)
    assert token not in str(Application.objects.values().get())
    assert applying.waiting_link(token) == Application.objects.get()


def test_the_mail_repeats_nothing_that_a_stranger_typed(sent, cohort):
    [mail] = sent(cohort, did_training_note="Koop nu goedkoop")
    assert "Koop nu" not in mail.body and "Jo Nieuw" not in mail.body + mail.subject


def test_confirming_makes_the_person_the_application_and_their_decisions(sent, cohort):
    [mail] = sent(cohort, phone="06 0000 0000", has_experience_note="In een buurthuis")
    enrolment, is_new = applying.confirm(token_in(mail))
    person = enrolment.participant
    assert is_new and enrolment.status == "applied"
    assert (person.name, person.email, person.phone) == (
        "Jo Nieuw",
        "jo@leerlijn.example",
        "06 0000 0000",
    )
    assert not person.has_usable_password()
    assert (enrolment.did_training, enrolment.has_experience) == (True, False)
    assert enrolment.has_experience_note == "In een buurthuis"
    acts = Event.objects.order_by("pk").values_list("act", "actor")
    assert list(acts) == [("registered", person.pk), ("applied", person.pk)]


def test_after_confirming_nothing_is_kept_twice(sent, cohort):
    [mail] = sent(cohort, phone="06 0000 0000")
    applying.confirm(token_in(mail))
    row = Application.objects.get()
    assert (row.name, row.email, row.phone, row.did_training) == ("", "", "", None)
    with refused("already_confirmed"):
        applying.confirm(token_in(mail))


def test_a_known_address_is_that_person_whose_name_stays(sent, cohort):
    person = UserFactory(email="Jo@leerlijn.example", name="Jo Bekend")
    [mail] = sent(cohort, phone="06 0000 0000")
    enrolment, is_new = applying.confirm(token_in(mail))
    person.refresh_from_db()
    assert (enrolment.participant, is_new, person.name) == (person, True, "Jo Bekend")
    assert person.phone == "06 0000 0000"


def test_applying_twice_is_one_application(sent, cohort):
    [first], [second] = sent(cohort), sent(cohort)
    assert applying.confirm(token_in(first)).is_new
    assert not applying.confirm(token_in(second)).is_new
    assert Enrolment.objects.count() == 1
    assert Event.objects.filter(act="applied").count() == 1


@pytest.mark.parametrize("status", ["active", "stopped", "declined", "completed"])
def test_who_is_in_the_cohort_already_stays_as_they_are(status, sent, cohort):
    known = EnrolmentFactory(
        cohort=cohort,
        participant__email="jo@leerlijn.example",
        status=status,
        ends_on=cohort.ends_on,
    )
    [mail] = sent(cohort)
    assert applying.confirm(token_in(mail)) == (known, False)
    known.refresh_from_db()
    assert (known.status, known.did_training) == (status, None)


@pytest.mark.parametrize("days, works", [(7, True), (8, False)])
def test_a_link_works_for_seven_days(days, works, cohort):
    application = ApplicationFactory(cohort=cohort)
    with time_machine.travel(timezone.now() + dt.timedelta(days=days, minutes=-1), tick=False):
        if works:
            assert applying.confirm(application.token).is_new
        else:
            with refused("link_unknown"):
                applying.confirm(application.token)


@pytest.mark.parametrize("token", ["", "x", "0" * 40])
def test_a_link_that_is_not_ours_does_nothing(token, cohort):
    ApplicationFactory(cohort=cohort)
    with refused("link_unknown"):
        applying.confirm(token)


def test_a_cohort_that_closed_meanwhile_is_no_objection(sent, cohort):
    [mail] = sent(cohort)
    cohort.applications_until = timezone.localdate() - dt.timedelta(days=1)
    cohort.save()
    assert applying.confirm(token_in(mail)).is_new


@pytest.mark.parametrize(
    ("facts", "is_open"),
    [
        ({"applications_until": 0}, True),
        ({"applications_until": -1}, False),
        ({"applications_until": None}, False),
        ({"applications_until": 9, "starts_on": -99, "ends_on": 0}, True),
        ({"applications_until": 9, "starts_on": -99, "ends_on": -1}, False),
    ],
)
def test_one_applies_up_to_and_including_the_last_day(facts, is_open):
    today = timezone.localdate()
    days = {
        name: None if many is None else today + dt.timedelta(days=many)
        for name, many in facts.items()
    }
    cohort = open_cohort(**days)
    if is_open:
        assert applying.apply(cohort, by=UserFactory(), **YES_NO).is_new
        return
    with refused("closed"):
        applying.apply(cohort, by=UserFactory(), **YES_NO)
    with refused("closed"):
        applying.send(cohort, name="Jo", email="jo@leerlijn.example", **YES_NO)


def test_somebody_of_an_earlier_cohort_applies_with_their_account(cohort, mailoutbox):
    person = EnrolmentFactory(cohort=CohortFactory(track=cohort.track)).participant
    enrolment, is_new = applying.apply(cohort, by=person, **YES_NO)
    assert (is_new, enrolment.status, person.enrolments.count()) == (True, "applied", 2)
    assert not applying.apply(cohort, by=person, **YES_NO).is_new
    assert mailoutbox == []


def test_one_address_gets_three_mails_a_day_and_hears_the_same(sent, cohort, settings):
    assert [len(sent(cohort)) for _time in range(5)] == [1, 1, 1, 0, 0]
    assert len(sent(cohort, email="ander@leerlijn.example")) == 1


@pytest.mark.parametrize(
    "facts",
    [{"name": "\u202eJo"}, {"email": "geen adres"}, {"phone": "bel maar"}],
    ids=["name", "email", "phone"],
)
def test_what_cannot_be_is_refused_before_anything_is_kept(facts, cohort):
    with pytest.raises(ValidationError):
        applying.send(cohort, **{"name": "Jo", "email": "jo@leerlijn.example", **YES_NO, **facts})
    assert not Application.objects.exists()


@pytest.mark.parametrize("facts", [{"email": ""}, {"name": ""}, {"confirmed_at": timezone.now()}])
def test_the_database_keeps_a_confirmed_application_empty(facts, cohort):
    with pytest.raises(IntegrityError, match="a_confirmed_application_keeps_nothing"):
        ApplicationFactory(cohort=cohort, **facts)
