"""The door of the script that keeps what is typed."""

import pytest
from django.test import Client

from participants import kept
from participants.models import KeptInput
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
DOOR = "/bewaard/"
SENT = {"kept-key": "hours-new", "description": "Meegelopen"}


@pytest.fixture
def user(client):
    user = UserFactory()
    client.force_login(user)
    return user


def test_the_fields_are_kept_without_those_of_the_script(client, user):
    answer = client.post(DOOR, SENT | {"kept-who": user.pk, "csrfmiddlewaretoken": "x"})
    assert answer.status_code == 204
    assert kept.initial(user, "hours-new") == {"description": "Meegelopen"}


def test_without_a_key_it_is_refused_with_a_sentence(client, user):
    answer = client.post(DOOR, {"description": "Meegelopen"})
    assert answer.status_code == 400
    assert "We weten niet waar deze tekst bij hoort." in answer.content.decode()


def test_too_much_is_refused_with_413(client, user):
    assert client.post(DOOR, SENT | {"more": "x" * 200_001}).status_code == 413
    assert not KeptInput.objects.exists()


def test_who_is_logged_out_hears_it_and_loses_nothing_that_was_sent_before(client, user):
    client.get("/meer/")
    del client.cookies["sessionid"]
    client.post("/uren/nieuw/", {"description": "Eerst verstuurd"})
    assert client.post(DOOR, SENT).status_code == 401
    assert client.session["typed"]["at"] == "/uren/nieuw/"


def test_nothing_is_kept_under_the_name_of_who_logged_in_since(client, user):
    other = UserFactory()
    assert client.post(DOOR, SENT | {"kept-who": other.pk}).status_code == 409
    assert client.get(DOOR, {"kept-who": other.pk}).status_code == 409
    assert client.get(DOOR, {"kept-who": user.pk}).status_code == 204
    assert not KeptInput.objects.exists()


def test_another_site_cannot_fill_it(user):
    stranger = Client(enforce_csrf_checks=True)
    stranger.force_login(user)
    assert stranger.post(DOOR, SENT).status_code == 403


def test_a_button_forgets_and_goes_back_to_the_form(client, user):
    kept.keep(user, "hours-new", {"description": ["Meegelopen"]})
    sent = {"kept-key": "hours-new", "kept-forget": "1", "next": "/uren/nieuw/"}
    assert client.post(DOOR, sent).url == "/uren/nieuw/"
    assert not KeptInput.objects.exists()


@pytest.mark.parametrize("elsewhere", ["", "https://elders.example/", "//elders.example/"])
def test_forgetting_leads_nowhere_else(client, user, elsewhere):
    sent = {"kept-key": "hours-new", "kept-forget": "1", "next": elsewhere}
    assert client.post(DOOR, sent).status_code == 204
