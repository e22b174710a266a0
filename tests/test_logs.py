import logging

import pytest
from django.contrib.auth import get_user_model
from django.test import RequestFactory
from django.urls import resolve

from leerlijn import logs


@pytest.fixture
def lines(caplog):
    caplog.set_level(logging.INFO, logger="leerlijn.request")
    return lambda: [record.msg for record in caplog.records if record.name == "leerlijn.request"]


@pytest.mark.django_db
def test_a_line_tells_the_route_and_not_what_was_in_the_address(client, lines):
    client.get("/accounts/password/reset/key/3-geheim123/?q=Noor")
    [line] = lines()
    assert line["route"].startswith("accounts/")
    assert "geheim123" not in str(line)
    assert "Noor" not in str(line)


def test_a_line_tells_the_id_of_who_asked_and_not_the_name(client, lines, db):
    user = get_user_model().objects.create_user("noor@leerlijn.example", name="Noor Vos")
    client.force_login(user)
    client.get("/accounts/2fa/")
    [line] = lines()
    assert line["user"] == user.pk
    assert "noor" not in str(line).lower()


@pytest.mark.django_db
def test_a_refused_login_is_in_the_log_without_who_tried(client, caplog):
    client.post("/accounts/login/", {"login": "noor@leerlijn.example", "password": "geheim123"})
    [line] = [record for record in caplog.records if record.name == "leerlijn.login"]
    assert line.msg["event"] == "login_refused"
    assert not any(word in str(caplog.records) for word in ("noor", "geheim123"))


def test_an_address_that_failed_is_told_as_its_route():
    request = RequestFactory().get("/bevestigen/geheim123/")
    request.resolver_match = resolve(request.path)
    record = logging.makeLogRecord({"msg": "%s: %s", "args": ("Oeps", request.path)})
    record.request = request
    assert logs.without_addresses(record)
    assert record.getMessage() == "Oeps: bevestigen/<str:token>/"


def test_a_traceback_does_not_tell_what_was_in_hand():
    try:
        secret = "geheim123"  # noqa: F841 - a local of a function that fails
        raise RuntimeError("no")
    except RuntimeError:
        line = logs.TRACEBACKS(None, "error", {"exc_info": True})
    assert "RuntimeError" in str(line)
    assert "geheim123" not in str(line)


def test_the_lines_of_the_development_server_with_whole_addresses_go_nowhere():
    # An empty list is not enough: then Python itself prints what is a warning.
    setup = logs.configure(as_json=True)
    server = setup["loggers"]["django.server"]
    assert [setup["handlers"][name]["class"] for name in server["handlers"]] == [
        "logging.NullHandler"
    ]
    assert server["propagate"] is False
