"""Who has a role sees nothing of anybody before the second factor, through any door."""

import re

import pytest
from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import generate_totp_secret
from django.test import Client
from django.urls import URLResolver, get_resolver, reverse

from participants.accounts import factors, second_factor, tokens
from participants.events.models import Event
from participants.models import Device, User
from tests.factories import CohortFactory, EnrolmentFactory, RoleFactory

PASSWORD = "een-lang-wachtwoord"
SECRET = generate_totp_secret()
BEGIN, STEP, PAPER = "/tweede-stap/", "/tweede-stap/code/", "/tweede-stap/herstelcodes/"
pytestmark = pytest.mark.django_db


@pytest.fixture
def noor():
    return User.objects.create_user("noor@leerlijn.example", PASSWORD, name="Noor Vos")


@pytest.fixture
def staff(noor):
    RoleFactory(user=noor, coordinator=True)
    return User.objects.get(pk=noor.pk)


def log_in(client, user, **data):
    sent = {"login": user.email, "password": PASSWORD} | data
    return client.post("/accounts/login/", sent)


def with_app(user, paper=True):
    data = {"secret": factors.sealed(SECRET)}
    Authenticator.objects.create(user=user, type=factors.APP, data=data)
    if paper:
        factors.new_paper(user)
    return user


def code(steps=0):
    return factors.code_at(SECRET, factors.now_counter() + steps)


def is_inside(client):
    return client.get("/lichtingen/").status_code == 200


def codes_in(response):
    found = re.findall(r"<code>(\d{4} \d{4})</code>", response.content.decode())
    assert len(found) == 10
    return found


# The first time


def test_staff_chooses_a_second_factor_at_the_first_login(client, staff):
    log_in(client, staff, next="/lichtingen/")
    assert client.get("/lichtingen/").url == BEGIN
    page = client.get(BEGIN).content.decode()
    for way in ("/accounts/2fa/totp/activate/", "/accounts/2fa/webauthn/add/", PAPER):
        assert way in page


def test_an_app_and_printed_codes_are_the_way_in_and_lead_where_one_was_going(client, staff):
    log_in(client, staff)
    client.get("/lichtingen/?jaar=2025")
    page = client.get("/accounts/2fa/totp/activate/").content.decode()
    [secret] = re.findall(r"<code>([A-Z2-7 ]{39})</code>", page)
    secret = secret.replace(" ", "")
    first = factors.code_at(secret, factors.now_counter())
    assert client.post("/accounts/2fa/totp/activate/", {"code": first}).url == PAPER
    assert client.get("/lichtingen/").url == PAPER  # the paper is a part of it
    codes_in(client.post(PAPER))
    assert client.get(BEGIN).url == "/lichtingen/"
    assert is_inside(client)
    # The code that set it up does not log in as well.
    again = Client()
    log_in(again, staff)
    again.post("/accounts/2fa/authenticate/", {"code": first})
    assert not is_inside(again)


def test_codes_on_paper_alone_are_a_way_in_once_one_was_typed_over(client, staff):
    log_in(client, staff)
    codes = codes_in(client.post(PAPER))
    assert not is_inside(client)
    assert client.post(STEP, {"code": codes[0]}).url == BEGIN
    assert is_inside(client)
    again = Client()
    assert log_in(again, staff).url == "/accounts/2fa/authenticate/"
    again.post("/accounts/2fa/authenticate/", {"code": codes[0]})
    assert not is_inside(again)
    again.post("/accounts/2fa/authenticate/", {"code": codes[1]})
    assert is_inside(again)


def test_codes_that_nobody_typed_over_shut_nobody_out(client, staff):
    log_in(client, staff)
    client.post(PAPER)
    again = Client()
    log_in(again, staff)
    assert "Kies een extra stap" in again.get(BEGIN).content.decode()


def test_codes_are_shown_once(client, staff):
    client.force_login(with_app(staff))
    assert not re.search(r"\d{4} \d{4}", client.get("/accounts/2fa/").content.decode())
    assert client.get("/accounts/2fa/recovery-codes/").status_code == 404


def test_a_session_that_was_left_open_does_not_choose_a_factor(client, staff, time_machine):
    time_machine.move_to("2026-11-04 10:00:00+01:00", tick=False)
    client.force_login(staff, second_factor=False)
    assert client.get("/accounts/2fa/totp/activate/").status_code == 200
    time_machine.move_to("2026-11-04 11:00:01+01:00", tick=False)
    assert client.get("/accounts/2fa/totp/activate/").url == BEGIN
    assert "Log even opnieuw in" in client.get(BEGIN).content.decode()


# Every time


def test_a_password_and_a_code_of_the_app_log_in(client, staff):
    with_app(staff)
    assert log_in(client, staff).url == "/accounts/2fa/authenticate/"
    assert not is_inside(client)
    client.post("/accounts/2fa/authenticate/", {"code": code()})
    assert is_inside(client)


def test_a_code_that_was_used_to_log_in_is_dead(client, staff):
    with_app(staff)
    for door in (client, Client()):
        log_in(door, staff)
        door.post("/accounts/2fa/authenticate/", {"code": (same := code())})
    assert same and not is_inside(door)


def test_a_mailed_code_is_followed_by_the_second_factor(client, staff, mailoutbox):
    with_app(staff)
    client.post("/accounts/login/code/", {"email": staff.email})
    [mailed] = re.findall(r"^\s*([A-Z0-9]{3,}-?[A-Z0-9]{3,})\s*$", mailoutbox[0].body, re.M)
    asked = client.post("/accounts/login/code/confirm/", {"code": mailed})
    assert asked.url == "/accounts/2fa/authenticate/"
    assert not is_inside(client)


def test_a_new_password_is_followed_by_the_second_factor(client, staff):
    with_app(staff)
    key = {"uidb36": user_pk_to_url_str(staff), "key": default_token_generator.make_token(staff)}
    address = client.get(reverse("account_reset_password_from_key", kwargs=key)).url
    client.post(address, {"password1": "weer-een-ander-woord", "password2": "weer-een-ander-woord"})
    assert not is_inside(client)
    log_in(client, staff, password="weer-een-ander-woord")
    assert not is_inside(client)


def test_a_participant_is_never_asked(client, noor):
    EnrolmentFactory(participant=noor)
    assert log_in(client, noor).url == "/"
    assert client.get("/uren/").status_code == 200
    assert client.get(BEGIN).url == "/"


def test_a_participant_may_have_one(client, noor):
    EnrolmentFactory(participant=noor)
    log_in(client, with_app(noor))
    assert client.get("/uren/").status_code == 302
    client.post("/accounts/2fa/authenticate/", {"code": code()})
    assert client.get("/uren/").status_code == 200


# A role that is given to who is logged in


def test_a_role_is_caught_at_the_next_request(client, noor):
    EnrolmentFactory(participant=noor)
    log_in(client, noor)
    RoleFactory(user=noor)
    assert client.get("/uren/").url == BEGIN


def test_who_got_a_role_and_has_an_app_already_shows_it(client, noor):
    client.force_login(noor, second_factor=False)
    RoleFactory(user=with_app(noor), coordinator=True)
    assert client.get("/lichtingen/").url == STEP
    assert client.get("/accounts/2fa/totp/deactivate/").url == STEP
    assert client.get(PAPER).url == STEP
    client.post(STEP, {"code": "000000"})
    assert not is_inside(client)
    before = client.session.session_key
    client.post(STEP, {"code": code()})
    assert is_inside(client)
    assert client.session.session_key != before
    assert Device.objects.owned_by(noor).get().session_key == client.session.session_key


# Doors

HALF = ["/beheer/", "/beheer/participants/user/", "/mensen/", "/mijn-gegevens/", "/meer/",
        "/accounts/2fa/", "/accounts/password/change/", "/accounts/2fa/webauthn/"]  # fmt: skip


@pytest.mark.parametrize("address", HALF)
def test_pages_admin_and_account_lead_to_the_second_factor(client, staff, address):
    RoleFactory(user=staff, administrator=True)
    client.force_login(staff, second_factor=False)
    assert client.get(address).url == BEGIN
    assert client.post(address).url == BEGIN


def test_the_api_by_a_session_says_what_is_needed(client, staff):
    client.force_login(staff, second_factor=False)
    for answer in (client.get("/api/v1/me/"), client.post("/api/v1/hours/", {})):
        assert answer.status_code == 403
        assert answer.json()["code"] == "second_factor_needed"
    assert client.get("/api/v1/check/bestaat-niet/").status_code == 404


def test_a_token_needs_no_more(client, staff):
    _row, secret = tokens.make_for_operator(staff, name="Rooster")
    client.force_login(staff, second_factor=False)
    headers = {"Authorization": f"Token {secret}"}
    assert client.get("/api/v1/me/", headers=headers).status_code == 200


def test_a_token_is_not_made_before_the_second_factor(client, staff):
    client.force_login(staff, second_factor=False)
    client.post("/mijn-gegevens/instellingen/tokens/", {"name": "Rooster"})
    assert not staff.api_tokens.exists()


def test_pages_for_anyone_see_a_stranger(client, staff):
    client.force_login(staff, second_factor=False)
    page = client.get("/hulp/").content.decode()
    assert page == Client().get("/hulp/").content.decode()


def test_logging_out_is_always_possible(client, staff):
    client.force_login(staff, second_factor=False)
    client.post("/accounts/logout/")
    assert "_auth_user_id" not in client.session


def test_what_was_typed_waits_behind_the_second_factor(client, staff):
    RoleFactory(user=staff, cohort=CohortFactory())
    client.force_login(staff, second_factor=False)
    address = reverse("second_factor:others")
    client.post(address, {"notitie": "Dit had ik al getypt"})
    codes = codes_in(client.post(PAPER))
    client.post(STEP, {"code": codes[0]})
    page = client.get(BEGIN, follow=True).content.decode()
    assert "Dit had ik al getypt" in page


# Guessing


def test_guesses_get_nowhere_are_slowed_and_told(client, staff, time_machine, mailoutbox):
    time_machine.move_to("2026-11-04 10:00:00+01:00", tick=False)
    with_app(staff)
    log_in(client, staff)
    for _ in range(5):
        client.post("/accounts/2fa/authenticate/", {"code": "000000"})
    page = client.post("/accounts/2fa/authenticate/", {"code": code()}).content.decode()
    assert "Wacht vijf minuten" in page
    assert not is_inside(client)
    [mail] = [mail for mail in mailoutbox if "verkeerde codes" in mail.subject]
    assert mail.to == [staff.email]
    time_machine.shift(5 * 60 + 1)
    client.post("/accounts/2fa/authenticate/", {"code": code()})
    assert is_inside(client)


def test_twenty_wrong_codes_a_day_are_the_end_of_it(client, staff, time_machine):
    time_machine.move_to("2026-11-04 10:00:00+01:00", tick=False)
    with_app(staff)
    for _ in range(4):
        log_in(client, staff)
        for _ in range(5):
            client.post("/accounts/2fa/authenticate/", {"code": "000000"})
        time_machine.shift(5 * 60 + 1)
    log_in(client, staff)
    client.post("/accounts/2fa/authenticate/", {"code": code()})
    assert not is_inside(client)


# Changes


def test_the_only_factor_of_staff_cannot_be_switched_off(client, staff):
    client.force_login(with_app(staff))
    again = client.get("/accounts/2fa/totp/deactivate/").url
    client.post(again, {"password": PASSWORD})
    client.post("/accounts/2fa/totp/deactivate/")
    assert factors.of(staff).filter(type=factors.APP).exists()


def test_the_only_key_of_staff_cannot_be_taken_away(client, staff):
    key = Authenticator.objects.create(user=staff, type=factors.KEY, data={"name": "Sleuteltje"})
    client.force_login(staff)
    address = reverse("mfa_remove_webauthn", args=[key.pk])
    client.post(client.get(address).url, {"password": PASSWORD})
    client.post(address)
    assert factors.of(staff).filter(pk=key.pk).exists()


def test_a_change_is_written_down_and_mailed(client, staff, mailoutbox):
    log_in(client, staff)
    mailoutbox.clear()
    client.post(PAPER)
    assert Event.objects.filter(act="recovery_codes_printed", actor=staff).count() == 1
    [mail] = mailoutbox
    assert mail.to == [staff.email]
    assert "extra stap" in mail.body and staff.name not in mail.body


@pytest.mark.parametrize("address", [PAPER, "/accounts/2fa/webauthn/add/"])
def test_new_factors_ask_whether_it_is_still_you(client, staff, time_machine, address):
    time_machine.move_to("2026-11-04 10:00:00+01:00", tick=False)
    client.force_login(with_app(staff))
    time_machine.shift(16 * 60)
    for answer in (client.get(address), client.post(address)):
        assert "/reauthenticate/" in answer.url


def test_few_codes_left_is_said(client, staff):
    log_in(client, staff)
    codes = codes_in(client.post(PAPER))
    for each in codes[:6]:
        factors.used(staff, each)
    page = client.post(STEP, {"code": codes[6]}, follow=True).content.decode()
    assert "Je hebt nog 3 herstelcodes" in page


# Nothing is forgotten

# Of packages; ours stand in tests/access with what a stranger gets.
OPEN_TO_ANYONE = {
    "account_confirm_email",
    "account_confirm_login_code",
    "account_email_verification_sent",
    "account_inactive",
    "account_login",
    "account_logout",
    "account_request_login_code",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    "account_signup",
    "admin:login",
    "api:schema",
    "mfa_authenticate",
    "mfa_login_webauthn",
}


def patterns(resolver=None, prefix=""):
    for each in (resolver or get_resolver()).url_patterns:
        if isinstance(each, URLResolver):
            yield from patterns(each, f"{prefix}{each.namespace}:" if each.namespace else prefix)
        else:
            yield f"{prefix}{each.name}", each.callback


def test_of_packages_only_the_way_in_is_open_to_who_is_halfway():
    foreign = ("account_", "mfa_", "admin:", "api:schema")
    found = {
        route
        for route, view in patterns()
        if route.startswith(foreign) and not getattr(view, "login_required", True)
    }
    assert found == OPEN_TO_ANYONE


def test_every_view_of_the_api_asks_for_it_or_is_for_anyone():
    for route, view in patterns():
        if route.startswith("api:") and (made := getattr(view, "cls", None)):
            asked = set(made.authentication_classes)
            assert not asked or second_factor.Session in asked, route
