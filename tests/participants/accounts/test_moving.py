"""Another name and another address, by the person."""

import datetime as dt
import re

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from participants.accounts import moving
from participants.models import EmailChange, Event, User
from tests.factories import EnrolmentFactory, UserFactory

pytestmark = pytest.mark.django_db(transaction=True)
OLD, NEW = "oud@leerlijn.example", "nieuw@leerlijn.example"


@pytest.fixture
def noor():
    enrolment = EnrolmentFactory(
        participant__name="Noor Vos", participant__email=OLD, certificate_name="Noor de Vos"
    )
    return enrolment.participant


def refused(act):
    with pytest.raises(ValidationError) as refusal:
        act()
    return refusal.value.code


def test_a_name_is_changed_by_oneself_and_the_certificate_keeps_its_own(noor):
    moving.change_name(noor, "  Noor   van Dijk ", by=noor)
    noor.refresh_from_db()
    assert (noor.name, noor.name_key) == ("Noor van Dijk", "noor van dijk")
    assert noor.enrolments.get().certificate_name == "Noor de Vos"
    assert Event.objects.decisions().get(act="name_changed").actor == noor


@pytest.mark.parametrize(
    ("name", "code"),
    [("", "no_name"), ("a" * 121, "name_too_long"), ("a\u202eb", "hidden_character")],
)
def test_a_name_that_cannot_be_changes_nothing(noor, name, code):
    assert refused(lambda: moving.change_name(noor, name, by=noor)) == code
    noor.refresh_from_db()
    assert noor.name == "Noor Vos"


def test_nobody_changes_the_name_or_address_of_another(noor):
    other = UserFactory()
    change = moving.ask_for_email(noor, NEW, by=noor)
    for act in (
        lambda: moving.change_name(noor, "X", by=other),
        lambda: moving.ask_for_email(noor, NEW, by=other),
        lambda: moving.confirm_email(change, change.secret, by=other),
    ):
        with pytest.raises(PermissionDenied):
            act()


def test_only_who_reads_the_new_mail_can_confirm_and_the_old_address_hears_of_it(noor, mailoutbox):
    change = moving.ask_for_email(noor, f" {NEW.upper()} ", by=noor)
    (asked,) = mailoutbox
    assert asked.to == [NEW]
    assert OLD not in asked.body and "Noor" not in asked.body
    secret = re.search(r"/e-mail/\d+/([\w-]+)/", asked.body)[1]
    assert secret not in str(EmailChange.objects.values().get())
    moving.confirm_email(change, secret, by=noor)
    noor.refresh_from_db()
    assert noor.email == NEW
    assert mailoutbox[-1].to == [OLD] and NEW not in mailoutbox[-1].body
    acts = set(Event.objects.decisions().values_list("act", flat=True))
    assert {"email_change_asked", "email_changed"} <= acts


def test_an_address_of_another_looks_the_same_to_who_asks(noor, mailoutbox):
    other = UserFactory(email=NEW)
    change = moving.ask_for_email(noor, NEW, by=noor)
    (asked,) = mailoutbox
    assert asked.to == [NEW]
    assert change.secret not in asked.body
    assert "al een account" in asked.body and "Noor" not in asked.body
    assert refused(lambda: moving.confirm_email(change, change.secret, by=noor)) == "email_taken"
    assert (User.objects.get(pk=noor.pk).email, other.email) == (OLD, NEW)
    assert noor.email == OLD


def test_an_address_that_became_taken_meanwhile_is_refused(noor):
    change = moving.ask_for_email(noor, NEW, by=noor)
    UserFactory(email=NEW.upper())
    assert refused(lambda: moving.confirm_email(change, change.secret, by=noor)) == "email_taken"
    assert EmailChange.objects.get().confirmed_at is None


@pytest.mark.parametrize("case", ["wrong", "late", "used", "older"])
def test_a_link_works_once_within_the_hour_and_only_the_latest(noor, case):
    change = moving.ask_for_email(noor, NEW, by=noor)
    secret, later = change.secret, timezone.now()
    if case == "wrong":
        secret = "0" * len(secret)
    elif case == "late":
        later += dt.timedelta(minutes=61)
    elif case == "used":
        moving.confirm_email(change, secret, by=noor)
    else:
        moving.ask_for_email(noor, "ander@leerlijn.example", by=noor)
    with time_machine.travel(later):
        assert refused(lambda: moving.confirm_email(change, secret, by=noor)) == "link_over"


def test_a_link_works_until_just_under_the_hour(noor):
    change = moving.ask_for_email(noor, NEW, by=noor)
    with time_machine.travel(timezone.now() + dt.timedelta(minutes=59)):
        moving.confirm_email(change, change.secret, by=noor)
    assert User.objects.get(pk=noor.pk).email == NEW


def test_five_mails_an_hour_are_enough(noor, mailoutbox):
    for number in range(moving.MOST_AN_HOUR):
        moving.ask_for_email(noor, f"nieuw{number}@leerlijn.example", by=noor)
    assert refused(lambda: moving.ask_for_email(noor, NEW, by=noor)) == "too_many_changes"
    assert len(mailoutbox) == moving.MOST_AN_HOUR
    with time_machine.travel(timezone.now() + dt.timedelta(minutes=61)):
        assert moving.ask_for_email(noor, NEW, by=noor)


def test_ones_own_address_is_no_change(noor):
    assert refused(lambda: moving.ask_for_email(noor, OLD.upper(), by=noor)) == "same_email"
    assert refused(lambda: moving.ask_for_email(noor, "geen adres", by=noor)) == "invalid"
