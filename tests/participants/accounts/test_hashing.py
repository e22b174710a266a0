"""Two passwords at a time; who comes on top of that is told that it is busy."""

import threading

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import check_password, make_password

from participants.accounts import hashing

PASSWORD = "een-lang-wachtwoord"


@pytest.fixture(autouse=True)
def in_earnest(settings, tmp_path, monkeypatch):
    settings.PASSWORD_HASHERS = ["participants.accounts.hashing.Hasher"]
    monkeypatch.setattr(hashing.Hasher, "iterations", 1000)
    monkeypatch.setattr(hashing, "PATIENCE", 0)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))


@pytest.fixture
def noor(db):
    return get_user_model().objects.create_user("noor@leerlijn.example", PASSWORD, name="Noor Vos")


def log_in(client):
    return client.post("/accounts/login/", {"login": "noor@leerlijn.example", "password": PASSWORD})


def test_passwords_are_kept_as_django_keeps_them():
    kept = make_password(PASSWORD)
    assert kept.startswith("pbkdf2_sha256$1000$")
    assert check_password(PASSWORD, kept) and not check_password("iets anders", kept)


def test_a_third_waits_and_then_hears_that_it_is_busy():
    with hashing.turn(), hashing.turn(), pytest.raises(hashing.Busy):
        make_password(PASSWORD)
    assert make_password(PASSWORD)


def test_a_turn_of_another_thread_counts_too():
    taken, over = threading.Barrier(hashing.AT_ONCE + 1, timeout=30), threading.Event()

    def at_it():
        with hashing.turn():
            taken.wait()
            over.wait()

    threads = [threading.Thread(target=at_it) for _ in range(hashing.AT_ONCE)]
    for thread in threads:
        thread.start()
    taken.wait()
    with pytest.raises(hashing.Busy):
        make_password(PASSWORD)
    over.set()
    for thread in threads:
        thread.join()
    assert make_password(PASSWORD)


def test_a_turn_comes_back_when_it_went_wrong():
    for _ in range(hashing.AT_ONCE + 1):
        with pytest.raises(ZeroDivisionError), hashing.turn():
            raise ZeroDivisionError


def test_a_login_says_that_it_is_busy_and_counts_no_try(client, noor):
    with hashing.turn(), hashing.turn():
        for _ in range(6):  # one more than an account may be guessed at
            response = log_in(client)
            assert response.status_code == 200
            assert "Het is even druk" in response.content.decode()
    log_in(client)
    assert "_auth_user_id" in client.session


def test_where_no_form_can_say_it_there_is_a_page(client, noor):
    client.force_login(noor)
    with hashing.turn(), hashing.turn():
        sent = {"oldpassword": PASSWORD, "password1": "nog-langer-wachtwoord"}
        sent["password2"] = sent["password1"]
        response = client.post("/accounts/password/change/", sent)
    assert (response.status_code, response["Retry-After"]) == (503, "2")
    noor.refresh_from_db()
    assert noor.check_password(PASSWORD)
