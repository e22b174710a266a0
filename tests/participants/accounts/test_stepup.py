"""What weighs most asks once more who it is, and costs nobody what they typed."""

import datetime as dt
import re

import pytest
from django.conf import settings
from django.test import Client

from certificates.models import Certificate
from participants.accounts import factors, tokens
from participants.models import User
from tests.factories import EnrolmentFactory, RoleFactory, ready_enrolment
from tests.factories.certificates import CertificateFactory

pytestmark = pytest.mark.django_db

BEGIN = dt.datetime(2026, 11, 4, 8, 0, tzinfo=dt.UTC)
PASSWORD = "een-lang-wachtwoord"
FRESH = dt.timedelta(seconds=settings.STEP_UP_SECONDS)
SECOND = dt.timedelta(seconds=1)
REASON = {"category": "other", "reason": "De uren klopten niet", "sure": "on"}


@pytest.fixture
def at(time_machine):
    def go(after):
        time_machine.move_to(BEGIN + after, tick=False)

    go(dt.timedelta())
    return go


@pytest.fixture
def coordinator():
    user = RoleFactory(coordinator=True).user
    user.set_password(PASSWORD)
    user.save()
    return user


@pytest.fixture
def client(at, coordinator):
    client = Client()
    client.force_login(coordinator)
    return client


@pytest.fixture
def certificate(at):
    return CertificateFactory()


def revoking(certificate):
    return f"/certificaten/{certificate.number}/intrekken/"


def asked(response):
    """Whether the answer leads to showing who it is."""
    return response.status_code == 302 and "/reauthenticate/" in response.url


@pytest.mark.parametrize(("after", "again"), [(FRESH - SECOND, False), (FRESH, True)])
def test_a_login_of_a_quarter_ago_is_not_fresh_any_more(client, at, certificate, after, again):
    at(after)
    assert asked(client.post(revoking(certificate), {"reason": ""})) is again


ENDING = ["intrekken/", "niet-uitreiken/", "verbeteren/"]
MAKING = ["maken/", "certificaten.zip", "certificaten.pdf", "uitreiklijst.pdf"]


def acts(certificate):
    cohort, person = certificate.enrolment.cohort_id, certificate.enrolment.participant_id
    return [
        *(f"/certificaten/{certificate.number}/{act}" for act in ENDING),
        *(f"/certificaten/lichting/{cohort}/{act}" for act in MAKING),
        f"/lichtingen/{cohort}/meenemen/deelnemers/",
        *(f"/mensen/{person}/inloggen/{what}/" for what in ("adres", "kaart")),
    ]


def test_every_act_that_weighs_asks(client, at, certificate):
    at(FRESH)
    assert [act for act in acts(certificate) if not asked(client.post(act))] == []


def test_to_look_at_the_page_is_free(client, at, certificate):
    at(FRESH)
    assert client.get(revoking(certificate)).status_code == 200


def test_after_the_password_what_was_typed_is_sent_with_one_press(client, at, certificate):
    at(FRESH)
    to = client.post(revoking(certificate), REASON).url
    assert "next=" in to
    back = client.post(to, {"password": PASSWORD})
    assert back.url == revoking(certificate)
    page = client.get(back.url).content.decode()
    assert "De uren klopten niet" in page
    sent = dict(re.findall(r'<input\s+type="hidden"\s+name="(\w+)"\s+value="([^"]*)"', page))
    assert sent.items() >= REASON.items()
    assert not asked(client.post(back.url, sent))
    certificate.refresh_from_db()
    assert certificate.status == Certificate.Status.REVOKED


def test_a_wrong_password_leads_nowhere(client, at, certificate):
    at(FRESH)
    to = client.post(revoking(certificate), REASON).url
    assert client.post(to, {"password": "iets anders"}).status_code == 200
    assert asked(client.post(revoking(certificate), REASON))


def test_a_second_factor_shows_it_too(client, at, certificate, coordinator):
    (code, *_more) = factors.new_paper(coordinator)
    at(FRESH)
    to = client.post(revoking(certificate), REASON).url
    ways = client.get(to).content.decode()
    assert "/accounts/2fa/reauthenticate/?next=" in ways
    back = client.post(to.replace("/reauthenticate/", "/2fa/reauthenticate/"), {"code": code})
    assert back.url == revoking(certificate)
    assert not asked(client.post(revoking(certificate), {}))


def code_in(mail):
    return re.search(r"^([A-Z]{4}-[A-Z]{4})$", mail.body, re.M)[1]


def test_who_has_no_password_gets_a_code_by_mail(client, at, certificate, coordinator, mailoutbox):
    User.objects.filter(pk=coordinator.pk).update(password="!")
    client.force_login(User.objects.get(pk=coordinator.pk))
    at(FRESH)
    to = client.post(revoking(certificate), REASON).url
    assert to.startswith("/accounts/reauthenticate/code/")
    assert client.get(to).status_code == 200 and not mailoutbox  # looking sends nothing
    here = client.post(to).url
    assert "next=" in here
    client.post(here, {"code": "BCDF-GHJK"})
    assert asked(client.post(revoking(certificate), REASON))
    back = client.post(here, {"code": code_in(mailoutbox[-1])})
    assert back.url == revoking(certificate)
    assert "De uren klopten niet" in client.get(back.url).content.decode()


@pytest.mark.parametrize("spoiled", ["five tries", "a quarter of an hour", "used"])
def test_a_mailed_code_dies(client, at, coordinator, mailoutbox, spoiled):
    User.objects.filter(pk=coordinator.pk).update(password="!")
    client.force_login(User.objects.get(pk=coordinator.pk))
    page = "/accounts/reauthenticate/code/"
    client.post(page)
    code = code_in(mailoutbox[-1])
    if spoiled == "used":
        client.post(page, {"code": code})
    for _ in range(5 if spoiled == "five tries" else 0):
        client.post(page, {"code": "ZZZZ-ZZZZ"})
    if spoiled == "a quarter of an hour":
        at(dt.timedelta(minutes=15))
    before = len(client.session["account_authentication_methods"])
    client.post(page, {"code": code})
    assert len(client.session["account_authentication_methods"]) == before


def test_the_api_says_what_is_needed_of_a_session_and_asks_nothing_of_a_token(
    client, at, certificate, coordinator
):
    at(FRESH)
    address = f"/api/v1/certificates/{certificate.number}/revoke/"
    refused = client.post(address, REASON, content_type="application/json")
    assert (refused.status_code, refused.json()["code"]) == (403, "step_up_needed")
    _row, secret = tokens.make(coordinator, name="x", by=coordinator)
    by_token = Client(headers={"authorization": f"Token {secret}"})
    assert by_token.post(address, REASON, content_type="application/json").status_code == 200


def test_every_act_of_the_api_that_weighs_asks(client, at, certificate):
    ready = ready_enrolment(EnrolmentFactory())
    at(FRESH)
    number = certificate.number
    acts = [("certificates/", {"enrolment": ready.pk})]
    acts += [(f"certificates/{number}/{act}/", {}) for act in ("revoke", "withdraw", "correct")]
    acts += [("revocations/1/confirm/", {})]
    answers = [
        client.post(f"/api/v1/{act}", sent, content_type="application/json").json()["code"]
        for act, sent in acts
    ]
    assert set(answers) == {"step_up_needed"}
    assert not Certificate.objects.filter(enrolment=ready).exists()


def test_a_session_that_shows_it_again_is_fresh_for_as_long(client, at, certificate):
    at(FRESH)
    to = client.post(revoking(certificate), {}).url
    client.post(to, {"password": PASSWORD})
    at(FRESH * 2 - SECOND)
    assert not asked(client.post(revoking(certificate), {}))
    at(FRESH * 2)
    assert asked(client.post(revoking(certificate), {}))


@pytest.mark.parametrize("fact", ["e-mail", "telefoon"])
def test_how_one_is_reached_changes_only_after_a_fresh_login(client, at, fact):
    address = f"/mijn-gegevens/{fact}/"
    at(FRESH)
    assert client.get(address).status_code == 200
    assert asked(client.post(address, {"email": "nieuw@leerlijn.example", "phone": "0600000000"}))
