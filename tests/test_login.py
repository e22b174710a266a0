import re

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.utils import timezone

from leerlijn.middleware import STAMP

PASSWORD = "een-lang-wachtwoord"


@pytest.fixture
def noor(db):
    return get_user_model().objects.create_user("noor@leerlijn.example", PASSWORD, name="Noor Vos")


def logged_in(client):
    return "_auth_user_id" in client.session


def log_in(client, password=PASSWORD, email="noor@leerlijn.example"):
    return client.post("/accounts/login/", {"login": email, "password": password})


def ask_code(client, mailoutbox):
    """The code that was mailed, and the answer to asking for it."""
    response = client.post("/accounts/login/code/", {"email": "noor@leerlijn.example"})
    [mail] = mailoutbox
    assert "Noor" not in mail.subject
    [code] = re.findall(r"^\s*([A-Z0-9]{3,}-?[A-Z0-9]{3,})\s*$", mail.body, re.MULTILINE)
    return code, response


@pytest.mark.parametrize("email", ["noor@leerlijn.example", "Noor@Leerlijn.Example"])
def test_an_account_that_staff_made_logs_in_at_once_with_its_password(client, noor, email):
    response = log_in(client, email=email)
    assert (response.status_code, response["Location"]) == (302, "/")
    assert logged_in(client)


def test_a_wrong_password_does_not_log_in(client, noor):
    assert log_in(client, "iets anders").status_code == 200
    assert not logged_in(client)


def test_guessing_passwords_stops_after_a_few_tries(client, noor):
    for _ in range(10):
        log_in(client, "iets anders")
    log_in(client)
    assert not logged_in(client)


def test_a_mailed_code_logs_in_after_a_visit_to_the_mail_app(client, noor, mailoutbox):
    code, _ = ask_code(client, mailoutbox)
    client.get("/accounts/login/code/confirm/")  # the page was thrown away and opened again
    client.post("/accounts/login/code/confirm/", {"code": code})
    assert logged_in(client)


def test_somebody_without_a_password_logs_in_by_code(client, noor, mailoutbox):
    noor.set_unusable_password()
    noor.save()
    code, _ = ask_code(client, mailoutbox)
    client.post("/accounts/login/code/confirm/", {"code": code})
    assert logged_in(client)


def test_a_code_holds_for_five_tries(client, noor, mailoutbox):
    code, _ = ask_code(client, mailoutbox)
    for _ in range(5):
        client.post("/accounts/login/code/confirm/", {"code": "ZZZZZZ"})
    client.post("/accounts/login/code/confirm/", {"code": code})
    assert not logged_in(client)


def test_a_code_ends_after_fifteen_minutes(client, noor, mailoutbox, time_machine):
    time_machine.move_to("2026-11-04 10:00:00+01:00", tick=False)
    code, _ = ask_code(client, mailoutbox)
    time_machine.move_to("2026-11-04 10:16:00+01:00", tick=False)
    client.post("/accounts/login/code/confirm/", {"code": code})
    assert not logged_in(client)


def test_asking_a_code_does_not_tell_who_has_an_account(client, noor, mailoutbox):
    stranger = Client()
    response = stranger.post("/accounts/login/code/", {"email": "niemand@leerlijn.example"})
    assert not mailoutbox
    _, known = ask_code(client, mailoutbox)
    assert (response.status_code, response["Location"]) == (known.status_code, known["Location"])


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/accounts/signup/", "/accounts/email/"])
def test_nobody_signs_up_or_changes_their_own_address(client, address):
    assert client.get(address).status_code == 404
    assert client.post(address, {"email": "nieuw@leerlijn.example"}).status_code == 404


def test_a_second_factor_is_offered_to_whoever_gives_the_password_again(client, noor):
    log_in(client)
    assert client.get("/accounts/2fa/").status_code == 200
    again = client.get("/accounts/2fa/totp/activate/")["Location"]
    assert again.startswith("/accounts/reauthenticate/")
    client.post(again, {"password": PASSWORD})
    assert client.get("/accounts/2fa/totp/activate/").status_code == 200


@pytest.mark.django_db
def test_the_admin_has_no_door_of_its_own(client):
    response = client.get("/beheer/login/", follow=True)
    assert response.redirect_chain[0][0].startswith("/accounts/login/")


def test_a_session_moves_along_with_its_use_once_a_day(client, noor, time_machine):
    time_machine.move_to("2026-11-04 10:00:00+01:00", tick=False)
    client.force_login(noor)
    assert client.session[STAMP] == "2026-11-04"
    time_machine.move_to("2026-11-06 10:00:00+01:00", tick=False)
    client.get("/healthz")
    assert client.session[STAMP] == "2026-11-06"
    assert client.session.get_expiry_date() > timezone.now() + timezone.timedelta(days=89)
