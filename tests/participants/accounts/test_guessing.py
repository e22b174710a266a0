"""Guessing gets nowhere, and nobody learns from an answer who has an account."""

import re

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from participants.accounts import codes, throttles
from participants.models import Posting, User
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db

KNOWN, UNKNOWN = "noor@leerlijn.example", "niks@leerlijn.example"
PASSWORD = "een-lang-wachtwoord"
LOGIN, CODE, RESET = "/accounts/login/", "/accounts/login/code/", "/accounts/password/reset/"


@pytest.fixture
def noor():
    return User.objects.create_user(KNOWN, PASSWORD, name="Noor Vos")


@pytest.fixture
def hashes(monkeypatch):
    """Each password that is worked out."""
    done, encode = [], MD5PasswordHasher.encode
    monkeypatch.setattr(
        MD5PasswordHasher, "encode", lambda *args: done.append(args) or encode(*args)
    )
    return done


def ask(address, email, **extra):
    """The answer to a stranger at a fresh browser, in what it tells."""
    names = {LOGIN: "login"}
    sent = {names.get(address, "email"): email, "password": "een gok"}
    client = Client(**extra)
    response = client.post(address, sent)
    text = re.sub(r'value="\w{64}"|nonce="[^"]+"', "", response.content.decode())
    headers = {key: value for key, value in response.items() if "Security-Policy" not in key}
    return response.status_code, headers, text.replace(email, "EMAIL"), sorted(client.cookies)


@pytest.fixture
def nothing_is_sent(settings):
    """What comes of a row in the postbox is the work of another process."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}


@pytest.mark.parametrize("address", [LOGIN, CODE, RESET])
@pytest.mark.parametrize(
    "facts", [{}, {"password": "!"}, {"is_active": False}], ids=["known", "by code", "closed"]
)
def test_the_answer_and_the_work_are_the_same_for_who_is_not_known(
    noor, hashes, nothing_is_sent, time_machine, address, facts
):
    time_machine.move_to("2026-11-04 10:00:00+01:00", tick=False)
    User.objects.filter(pk=noor.pk).update(**facts)
    done = {}
    for email in (KNOWN, UNKNOWN):
        caches["default"].clear()
        hashes.clear()
        before = Posting.objects.count()
        with CaptureQueriesContext(connection) as asked:
            answer = ask(address, email)
        tables = [re.sub(r"\d+|'[^']*'", "", query["sql"])[:60] for query in asked]
        done[email] = (answer, tables, Posting.objects.count() - before, len(hashes))
    assert done[KNOWN] == done[UNKNOWN]
    assert done[KNOWN][2:] == ((0, 1) if address == LOGIN else (1, 0))


def test_a_second_code_is_the_same_work_too(noor):
    for email in (KNOWN, UNKNOWN):
        client = Client()
        client.post(CODE, {"email": email})
        before = Posting.objects.count()
        client.post(f"{CODE}confirm/", {"action": "resend"})
        assert Posting.objects.count() == before + 1


@pytest.mark.parametrize("typed", ["-", " ", "BCDF-GHJK", "0"])
def test_no_code_is_right_for_who_is_not_known(typed):
    client = Client()
    client.post(CODE, {"email": UNKNOWN})
    assert client.post(f"{CODE}confirm/", {"code": typed}).status_code == 200


def test_what_waits_to_be_sent_holds_no_code(noor, mailoutbox):
    Client().post(CODE, {"email": KNOWN})
    [posting] = Posting.objects.all()
    code = re.search(r"^[A-Z]{4}-[A-Z]{4}$", mailoutbox[0].body, re.M)[0]
    assert code == codes.mailed(posting.arguments[1])
    assert code not in str(posting.arguments)


def test_codes_differ():
    assert len({codes.mailed(str(number)) for number in range(1000)}) == 1000


@pytest.fixture
def from_everywhere(settings):
    """A stranger who comes from another address each time, as a proxy of ours says."""
    settings.PROXY_COUNT = 1
    numbers = iter(range(1, 10_000))

    def address():
        number = next(numbers)
        return {"HTTP_X_FORWARDED_FOR": f"203.0.{number // 250}.{number % 250 + 1}"}

    return address


def test_one_account_is_guessed_at_five_times_from_anywhere(noor, hashes, from_everywhere):
    hashes.clear()
    for number in range(30):
        # The host is what the visitor says; it opens no new tries.
        host = {"HTTP_HOST": f"testserver:{8000 + number}"}
        Client(**from_everywhere(), **host).post(LOGIN, {"login": KNOWN, "password": "gok"})
    assert len(hashes) == 5


@pytest.mark.parametrize("written", ["Noor@Leerlijn.Example", " noor@leerlijn.example "])
def test_an_address_in_other_letters_is_the_same_account(noor, hashes, written):
    hashes.clear()
    for email in [KNOWN, written] * 5:
        caches["local"].clear()
        Client().post(LOGIN, {"login": email, "password": "gok"})
    assert len(hashes) == 5


def test_one_address_guesses_ten_times_a_minute_whoever_at(hashes):
    for number in range(30):
        Client().post(LOGIN, {"login": f"n{number}@leerlijn.example", "password": "gok"})
    assert len(hashes) == 10


def test_a_visitor_cannot_say_to_come_from_elsewhere(noor, hashes):
    hashes.clear()
    for number in range(30):
        forged = {"HTTP_X_FORWARDED_FOR": f"203.0.113.{number}"}
        Client(**forged).post(LOGIN, {"login": f"n{number}@leerlijn.example", "password": "gok"})
    assert len(hashes) == 10


def test_one_account_is_mailed_few_codes_from_anywhere(noor, mailoutbox, from_everywhere):
    for _ in range(20):
        Client(**from_everywhere()).post(CODE, {"email": KNOWN})
    assert len(mailoutbox) == 3


def test_a_code_that_is_asked_again_counts_as_one_more(noor, mailoutbox):
    client = Client()
    for _ in range(3):
        Client().post(CODE, {"email": KNOWN})
    client.post(CODE, {"email": KNOWN})
    client.post(f"{CODE}confirm/", {"action": "resend"})
    assert len(mailoutbox) == 3


def test_codes_are_guessed_at_a_few_times_from_anywhere(noor, from_everywhere, monkeypatch):
    """Three codes in a minute, five tries each: the rest is never compared with anything."""
    compared = []
    monkeypatch.setattr(
        "allauth.account.forms.compare_user_code", lambda **facts: compared.append(facts)
    )
    for _ in range(20):
        client = Client(**from_everywhere())
        client.post(CODE, {"email": KNOWN})
        for _ in range(10):
            client.post(f"{CODE}confirm/", {"code": "ZZZZ-ZZZZ"})
    assert len(compared) == 15


def test_refused_at_the_door_nothing_is_worked_out(noor, hashes, monkeypatch):
    monkeypatch.setattr(throttles, "MOST_A_MINUTE", 0)
    hashes.clear()
    response = Client().post(LOGIN, {"login": KNOWN, "password": PASSWORD})
    assert response.status_code == 429 and not hashes
    assert "Even wachten" in response.content.decode()


def test_who_guesses_is_told_in_dutch_whatever_the_limit(noor):
    for _ in range(31):
        response = Client().post(LOGIN, {"login": UserFactory.build().email, "password": "gok"})
    assert response.status_code == 429
    assert "Wacht een minuut" in response.content.decode()
