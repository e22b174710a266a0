"""A token opens the API as its owner, is shown once, and can be ended."""

import datetime as dt

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import CommandError, call_command
from django.db import IntegrityError
from rest_framework.test import APIClient

from participants.accounts import tokens
from participants.models import ApiToken, Event
from tests.factories import EnrolmentFactory, RoleFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def noor():
    return EnrolmentFactory(participant__name="Noor Vos").participant


def asks(secret, address="/api/v1/me/"):
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=f"Token {secret}")
    return client.get(address)


def test_a_token_opens_the_api_as_its_owner(noor):
    _token, secret = tokens.make(noor, name="Mijn rekenblad", by=noor)
    assert asks(secret).json()["email"] == noor.email


def test_a_token_sees_no_more_than_its_owner(noor):
    other = EnrolmentFactory()
    _token, secret = tokens.make(noor, name="Mijn rekenblad", by=noor)
    rows = asks(secret, "/api/v1/enrolments/").json()["results"]
    assert [row["name"] for row in rows] == ["Noor Vos"]
    assert asks(secret, f"/api/v1/enrolments/{other.pk}/").status_code == 404


def test_a_role_that_ended_is_lost_to_its_token_at_once(noor):
    enrolment = EnrolmentFactory()
    role = RoleFactory(user=noor, cohort=enrolment.cohort)
    _token, secret = tokens.make(noor, name="Mijn rekenblad", by=noor)
    address = f"/api/v1/enrolments/{enrolment.pk}/"
    assert asks(secret, address).status_code == 200
    role.delete()
    assert asks(secret, address).status_code == 404


def test_the_token_itself_is_nowhere_in_the_database(noor):
    token, secret = tokens.make(noor, name="Mijn rekenblad", by=noor)
    kept = ApiToken.objects.values().get(pk=token.pk)
    assert secret not in map(str, kept.values())
    assert kept["start"] == secret[:6] and len(secret) == 40
    assert Event.objects.decisions().get(act="token_made").actor == noor


@pytest.mark.parametrize("change", ["revoke", "leave", "mistype"])
def test_a_token_that_ended_opens_nothing(noor, change):
    token, secret = tokens.make(noor, name="Mijn rekenblad", by=noor)
    if change == "revoke":
        tokens.revoke(token, by=noor)
        tokens.revoke(token, by=noor)
        assert Event.objects.decisions().filter(act="token_revoked").count() == 1
    elif change == "leave":
        noor.is_active = False
        noor.save()
    else:
        secret = f"{secret[:-1]}{'a' if secret[-1] != 'a' else 'b'}"
    refused = asks(secret)
    assert refused.status_code == 401
    assert refused.json()["code"] == "authentication_failed"
    assert "Maak een nieuw" in refused.json()["detail"]


def test_the_day_of_its_last_use_is_written_once_a_day(noor, django_assert_num_queries):
    _token, secret = tokens.make(noor, name="Mijn rekenblad", by=noor)
    with time_machine.travel(dt.datetime(2026, 3, 2, 12, tzinfo=dt.UTC)):
        with django_assert_num_queries(2):
            tokens.used(secret)
        assert ApiToken.objects.get().last_used_on == dt.date(2026, 3, 2)
        with django_assert_num_queries(1):
            tokens.used(secret)


def test_nobody_makes_or_ends_a_token_of_another(noor):
    other = UserFactory()
    token, _secret = tokens.make(noor, name="Mijn rekenblad", by=noor)
    for act in (
        lambda: tokens.make(noor, name="x", by=other),
        lambda: tokens.revoke(token, by=other),
    ):
        with pytest.raises(PermissionDenied):
            act()


def test_a_token_has_a_name(noor):
    with pytest.raises(ValidationError) as refused:
        tokens.make(noor, name="  ", by=noor)
    assert refused.value.code == "no_name"
    with pytest.raises(IntegrityError, match="a_token_has_a_name"):
        ApiToken.objects.create(user=noor, name="", start="x", digest="x")


def test_ten_tokens_are_enough(noor):
    made = [tokens.make(noor, name=f"{n}", by=noor)[0] for n in range(tokens.MOST)]
    with pytest.raises(ValidationError) as refused:
        tokens.make(noor, name="te veel", by=noor)
    assert refused.value.code == "too_many_tokens"
    tokens.revoke(made[0], by=noor)
    assert tokens.make(noor, name="weer plaats", by=noor)


def test_the_operator_gets_a_token_as_the_last_word(noor, capsys):
    for _ in range(2):
        call_command("api_token", noor.email.upper())
        assert asks(capsys.readouterr().out.split()[-1]).status_code == 200
    with pytest.raises(CommandError):
        call_command("api_token", "niemand@leerlijn.example")
