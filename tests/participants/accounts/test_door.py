"""Who is refused before the database or a password is touched, and who may wait for a moment."""

import contextlib
import logging
import threading
from types import SimpleNamespace

import pytest
from django.test import Client

from participants.accounts import throttles
from tests.factories import UserFactory

LOGIN = "/accounts/login/"
PASSWORD = "een-lang-wachtwoord"
OVER = 60  # seconds that no test waits for


@pytest.fixture
def noor(db):
    noor = UserFactory(email="noor@leerlijn.example")
    noor.set_password(PASSWORD)
    noor.save()
    return noor


@pytest.fixture
def impatient(monkeypatch):
    monkeypatch.setattr(throttles, "PATIENCE", 0)


def log_in(client):
    return client.post(LOGIN, {"login": "noor@leerlijn.example", "password": PASSWORD})


@contextlib.contextmanager
def taken(semaphore, most):
    for _ in range(most):
        assert semaphore.acquire(blocking=False)
    try:
        yield
    finally:
        for _ in range(most):
            semaphore.release()


def full():
    return taken(throttles.in_hand, throttles.MOST_IN_HAND)


def test_a_process_lets_two_in_at_a_time_and_goes_on_for_readers(client, noor, impatient):
    with full():
        assert log_in(client).status_code == 503
        assert client.get(LOGIN).status_code == 200
    assert log_in(client).status_code == 302


def test_who_waits_is_let_in_when_another_is_done(client, noor, monkeypatch):
    monkeypatch.setattr(throttles, "PATIENCE", OVER)
    throttles.in_hand.acquire()
    threading.Timer(0.1, throttles.in_hand.release).start()
    with taken(throttles.in_hand, throttles.MOST_IN_HAND - 1):
        assert log_in(client).status_code == 302


def test_who_finds_every_place_to_wait_taken_hears_at_once_that_it_is_busy(client, db, monkeypatch):
    monkeypatch.setattr(throttles, "PATIENCE", "not to be waited for")
    with full(), taken(throttles.waiting, throttles.MOST_WAITING):
        assert log_in(client).status_code == 503


def test_every_place_comes_back_whatever_the_answer_was(client, noor, monkeypatch):
    monkeypatch.setattr(throttles, "PATIENCE", 0)
    with full():
        for _ in range(throttles.MOST_WAITING + 1):
            log_in(client)
    monkeypatch.setattr(throttles, "MOST_A_MINUTE", 0)
    for _ in range(throttles.MOST_IN_HAND + 1):
        assert log_in(client).status_code == 429
    with full(), taken(throttles.waiting, throttles.MOST_WAITING):
        pass


def test_the_second_who_is_refused_gets_all_that_the_first_got(client, impatient, settings):
    settings.SECURE_HSTS_SECONDS = 60
    with full():
        first, second = (client.post(LOGIN, {}, secure=True) for _ in range(2))
        plain = [client.post(LOGIN, {}) for _ in range(2)]
    assert second.content == first.content
    assert dict(second.headers) == dict(first.headers)
    assert "nonce-" not in second["Content-Security-Policy"]
    assert second["Strict-Transport-Security"]
    assert not any("Strict-Transport-Security" in answer for answer in plain)
    assert (second.status_code, second["Retry-After"]) == (503, "2")
    assert not second.cookies


def test_where_people_are_led_to_https_who_is_refused_is_too(client, impatient, settings):
    settings.SECURE_SSL_REDIRECT = True
    with full():
        answers = [client.post(LOGIN, {}).status_code for _ in range(2)]
    assert answers == [301, 301]


def test_a_flood_is_a_line_a_second_in_the_log(client, impatient, caplog, monkeypatch):
    later = []
    monkeypatch.setattr(
        throttles.threading,
        "Timer",
        lambda seconds, tell: SimpleNamespace(start=lambda: later.append((seconds, tell))),
    )
    caplog.set_level(logging.INFO, logger="leerlijn.door")
    for times in (3, 1):
        with full():
            for _ in range(times):
                log_in(client)
        [(seconds, tell)] = later
        assert seconds == throttles.SECONDS_A_LINE
        tell()
        later.clear()
    told = [record.msg for record in caplog.records if record.name == "leerlijn.door"]
    assert [(line["event"], line["status"], line["times"]) for line in told] == [
        ("refused_at_the_door", 503, 3),
        ("refused_at_the_door", 503, 1),
    ]


def test_the_door_refuses_an_address_before_it_asks_the_database(
    client, db, monkeypatch, django_assert_num_queries
):
    monkeypatch.setattr(throttles, "MOST_A_MINUTE", 2)
    for _ in range(2):
        client.post(LOGIN, {})
    with django_assert_num_queries(0):
        refused = client.post(LOGIN, {})
    assert refused.status_code == 429
    assert int(refused["Retry-After"]) <= 60
    assert Client(REMOTE_ADDR="192.0.2.7").post(LOGIN, {}).status_code == 200
