"""Who guesses learns nothing, and waits."""

import random

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from certificates import actions, checking
from certificates.models import HAND_ALPHABET
from leerlijn import limits
from tests.certificates.test_check import ask, bring, page_of
from tests.factories import ready_enrolment
from tests.factories.certificates import CertificateFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def issued(coordinator):
    return actions.issue(ready_enrolment(participant__name="Marisol Martina"), by=coordinator)


@pytest.fixture
def one_moment():
    with time_machine.travel("2027-07-08 12:00+02:00", tick=False) as clock:
        yield clock


def test_who_guesses_waits_after_twenty_codes_a_minute(client, one_moment):
    statuses = [client.get(f"/controle/gok-{turn}/").status_code for turn in range(22)]
    assert statuses == [404] * 20 + [429] * 2
    assert client.get("/controle/gok/")["Retry-After"] == "60"
    one_moment.shift(60)
    assert client.get("/controle/gok/").status_code == 404


def test_page_form_file_and_api_share_one_count(client, one_moment):
    for turn in range(5):
        client.get(f"/controle/gok-{turn}/")
        ask(client, "LL-1999-0001", "ZZZZZZZZZZZZ")
        bring(client, b"%PDF-1.7 niet van ons")
        client.get(f"/api/v1/check/gok-{turn}/")
    assert client.get("/controle/gok/").status_code == 429
    assert ask(client, "LL-1999-0001", "ZZZZZZZZZZZZ").status_code == 429
    assert bring(client, b"%PDF-1.7 niet van ons").status_code == 429
    assert client.get("/api/v1/check/gok/").status_code == 429


def test_a_whole_party_may_scan_at_one_moment_also_behind_a_guesser(client, one_moment):
    certificate = CertificateFactory()
    for turn in range(25):
        client.get(f"/controle/gok-{turn}/")
    pages = {page_of(client, certificate).status_code for _guest in range(100)}
    answers = {client.get(f"/api/v1/check/{certificate.code}/").status_code for _ in range(100)}
    assert pages == answers == {200}


def test_addresses_are_counted_apart_and_a_made_up_forward_is_not_believed(client, one_moment):
    for turn in range(21):
        client.get(f"/controle/gok-{turn}/", headers={"x-forwarded-for": f"10.0.0.{turn}"})
    assert client.get("/controle/gok/").status_code == 429
    assert client.get("/controle/gok/", REMOTE_ADDR="10.9.9.9").status_code == 404


@pytest.mark.parametrize(
    ("seen", "told", "counted_as"),
    [
        ("10.0.0.1", "6.6.6.6, 198.51.100.7", "198.51.100.7"),  # the left is what a visitor made up
        ("198.51.100.7", "6.6.6.6", "198.51.100.7"),  # past the proxy: nothing is believed
        ("", "198.51.100.7", "198.51.100.7"),  # a socket of this machine
        ("10.0.0.1", "", "10.0.0.1"),
        ("10.0.0.1", "onbekend", "onbekend"),
        ("10.0.0.1", "2001:db8:1:2:3::4", "2001:db8:1:2::/64"),
        ("10.0.0.1", "::ffff:198.51.100.7", "198.51.100.7"),
    ],
)
def test_an_address_is_what_our_own_proxy_saw(rf, settings, seen, told, counted_as):
    settings.PROXY_COUNT = 1
    request = rf.get("/", REMOTE_ADDR=seen, headers={"x-forwarded-for": told})
    assert limits.asking(request) == counted_as


def test_all_addresses_of_one_home_are_counted_together(client, one_moment):
    for turn in range(20):
        client.get("/controle/gok/", REMOTE_ADDR=f"2001:db8:1:2::{turn:x}")
    assert client.get("/controle/gok/", REMOTE_ADDR="2001:db8:1:2:ffff::1").status_code == 429
    assert client.get("/controle/gok/", REMOTE_ADDR="2001:db8:1:3::1").status_code == 404


def test_guesses_that_are_nearly_right_find_nobody(issued):
    guess = random.Random(7)  # noqa: S311 - not a secret, and the same each time
    for place, right in enumerate(issued.code):
        letter = guess.choice("ABCDEFGHIJ-_0123456789".replace(right, ""))
        near = issued.code[:place] + letter + issued.code[place + 1 :]
        assert checking.by_code(near) is None
    for _turn in range(200):
        hand = "".join(guess.choices(HAND_ALPHABET, k=11)) + issued.hand_code[-1]
        assert hand == issued.hand_code or checking.by_hand(issued.number, hand) is None


def test_no_guess_through_any_door_shows_a_name(client, issued):
    for turn in range(15):
        for answer in (
            client.get(f"/controle/{issued.code[:-2]}{turn:02}/"),
            ask(client, issued.number, f"{turn:012}"),
            bring(client, b"%PDF-1.7 /controle/" + issued.number.encode()),
            client.get(f"/api/v1/check/{issued.number}{turn}/"),
        ):
            assert answer.status_code in (404, 429)
            assert "Marisol" not in answer.content.decode()


def test_a_number_costs_the_same_whether_it_exists_or_not(issued):
    asked = []
    for number in (issued.number, "LL-1999-9999"):
        with CaptureQueriesContext(connection) as queries:
            assert checking.by_hand(number, "X" * 12) is None
        asked.append([row["sql"].replace(number, "") for row in queries])
    assert asked[0] == asked[1]
    assert len(asked[0]) == 1


@pytest.mark.parametrize("hand_code", ["", "-- -", "?" * 12])
def test_an_empty_code_fits_nothing(issued, hand_code):
    assert checking.by_hand(issued.number, hand_code) is None


def test_of_who_was_erased_number_and_state_are_left(issued):
    issued.facts, issued.name = {}, ""
    told = checking.answer(issued)
    assert (told["status"], told["number"]) == ("valid", issued.number)
    assert told["issued_on"] == issued.award_date
    assert told["name"] is told["track"] is None
