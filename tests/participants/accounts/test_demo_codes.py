"""The demo shows the codes of its own people, and of nobody else."""

import io

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import generate_totp_secret
from django.core.management import CommandError, call_command

from participants.accounts import demo_codes, factors
from tests.factories import RoleFactory, UserFactory

pytestmark = pytest.mark.django_db
PASSWORD = "een-lang-wachtwoord"


@pytest.fixture(autouse=True)
def at_noon(time_machine):
    time_machine.move_to("2026-11-04 12:00:10+01:00", tick=False)


@pytest.fixture
def ellen():
    person = RoleFactory(coordinator=True, user__is_demo=True).user
    person.set_password(PASSWORD)
    person.save()
    demo_codes.give(person)
    return person


def printed(person):
    out = io.StringIO()
    call_command("demo_code", person.email, stdout=out)
    return out.getvalue().strip()


def asked_for_a_code(client, person):
    client.post("/accounts/login/", {"login": person.email, "password": PASSWORD})
    return client.get("/accounts/2fa/authenticate/").content.decode()


def test_the_page_shows_the_code_that_logs_in(client, ellen):
    code = printed(ellen)
    assert code in asked_for_a_code(client, ellen)
    client.post("/accounts/2fa/authenticate/", {"code": code})
    assert client.get("/lichtingen/").status_code == 200


def test_a_code_that_was_used_is_not_printed_again(ellen):
    first = printed(ellen)
    assert factors.used(ellen, first)
    second = printed(ellen)
    assert second != first and factors.used(ellen, second)


def test_when_both_were_used_the_next_one_is_waited_for(ellen, monkeypatch, time_machine):
    for _ in range(2):
        factors.used(ellen, printed(ellen))
    assert demo_codes.code_for(ellen) is None
    waits = []
    monkeypatch.setattr(
        demo_codes.time, "sleep", lambda seconds: waits.append(time_machine.shift(10))
    )
    assert factors.used(ellen, printed(ellen))
    assert waits


def test_the_codes_of_real_people_are_shown_nowhere(client, ellen):
    real = RoleFactory(coordinator=True).user
    real.set_password(PASSWORD)
    real.save()
    data = {"secret": factors.sealed(demo_codes.secret_of(real))}
    Authenticator.objects.create(user=real, type=factors.APP, data=data)
    demo_codes.give(UserFactory())
    assert "Dit is de demo" not in asked_for_a_code(client, real)
    with pytest.raises(CommandError):
        printed(real)
    with pytest.raises(CommandError):
        call_command("demo_code", "niemand@leerlijn.example")


def test_who_chose_an_app_of_their_own_is_left_alone(client, ellen):
    app = factors.of(ellen).get(type=factors.APP)
    app.data = {"secret": factors.sealed(generate_totp_secret())}
    app.save()
    demo_codes.give(ellen)
    assert factors.of(ellen).get(type=factors.APP).data == app.data
    assert "Dit is de demo" not in asked_for_a_code(client, ellen)
    with pytest.raises(CommandError):
        printed(ellen)


def test_who_is_real_is_given_nothing():
    real = RoleFactory().user
    demo_codes.give(real)
    assert not factors.of(real).exists()
