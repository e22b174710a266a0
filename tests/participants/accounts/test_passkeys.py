"""A passkey opens a door; for participants it closes no other."""

import pytest
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from django.test import Client

from participants.models import User
from tests.factories import EnrolmentFactory, RoleFactory

PASSWORD = "een-lang-wachtwoord"
BOTH = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
pytestmark = pytest.mark.django_db


@pytest.fixture
def noor():
    user = User.objects.create_user("noor@leerlijn.example", PASSWORD, name="Noor Vos")
    EnrolmentFactory(participant=user)
    Authenticator.objects.create(user=user, type="webauthn", data={"name": "Mijn telefoon"})
    return user


def arrives(user):
    """Where somebody comes who gives the right password."""
    sent = {"login": user.email, "password": PASSWORD}
    return Client().post("/accounts/login/", sent).url


def test_a_participant_with_a_passkey_still_logs_in_on_another_device(noor):
    assert arrives(noor) == "/"


def test_of_staff_a_passkey_is_a_second_step_too(noor):
    RoleFactory(user=noor)
    assert arrives(noor).startswith("/accounts/2fa/authenticate/")


def test_who_has_codes_from_an_app_is_asked_for_them(noor):
    Authenticator.objects.create(user=noor, type="totp", data={})
    assert arrives(noor).startswith("/accounts/2fa/authenticate/")


def test_a_passkey_still_proves_who_somebody_is_when_asked_again(noor):
    assert get_adapter().is_mfa_enabled(noor, types=[Authenticator.Type.WEBAUTHN])
    assert not get_adapter().is_mfa_enabled(noor, types=BOTH)


def test_the_login_page_offers_it_to_browsers_that_can(client):
    html = client.get("/accounts/login/").content.decode()
    assert "Log in met je vingerafdruk of gezicht" in html
    assert "passkey.js" in html
