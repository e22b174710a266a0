import pytest
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from rest_framework import serializers
from rest_framework.test import APIClient

from leerlijn.api import explain_refusal
from participants.accounts import tokens
from tests.factories import RoleFactory

NOWHERE = "/api/v1/nergens/"


def refused(error):
    response = explain_refusal(error, {})
    return response.status_code, response.data


@pytest.mark.parametrize(
    ("code", "status"),
    [("too_long", 400), ("changed", 409), ("already_reviewed", 409), (None, 400)],
)
def test_a_rule_that_refuses_answers_its_sentence_and_its_code(code, status):
    error = ValidationError("Deze uren zijn al beoordeeld.", code=code)
    assert refused(error) == (
        status,
        {"code": code or "invalid", "detail": "Deze uren zijn al beoordeeld."},
    )


def test_a_rule_about_fields_names_them():
    status, body = refused(ValidationError({"date": ["Vul een datum in."]}))
    assert status == 400
    assert body["code"] == "invalid"
    assert body["fields"] == {"date": ["Vul een datum in."]}


def test_a_rule_about_the_whole_keeps_its_code():
    error = ValidationError({"__all__": [ValidationError("Dat kan niet.", code="overlap")]})
    assert refused(error) == (400, {"code": "overlap", "detail": "Dat kan niet."})


def test_what_was_filled_in_wrongly_is_told_per_field_also_when_nested():
    error = serializers.ValidationError({"rows": [{}, {"minutes": ["Vul een getal in."]}]})
    status, body = refused(error)
    assert (status, body["code"]) == (400, "invalid")
    assert body["fields"] == {"rows": ["Vul een getal in."]}


def test_a_serializer_that_refuses_as_a_whole_keeps_its_code():
    error = serializers.ValidationError({"non_field_errors": ["Nee."]}, code="clash")
    assert refused(error) == (400, {"code": "clash", "detail": "Nee."})


def test_not_allowed_is_403_with_a_sentence():
    status, body = refused(PermissionDenied())
    assert (status, body["code"]) == (403, "permission_denied")
    assert body["detail"]


def test_what_is_not_there_and_what_you_may_not_see_read_the_same():
    assert refused(Http404("No Enrolment matches the given query.")) == refused(Http404())


def test_another_error_is_not_hidden():
    assert explain_refusal(KeyError("a fault of ours"), {}) is None


@pytest.fixture
def token_client(db):
    user = get_user_model().objects.create_user("noor@leerlijn.example", name="Noor Vos")
    client = APIClient()
    _token, secret = tokens.make(user, name="Proef", by=user)
    client.credentials(HTTP_AUTHORIZATION=f"Token {secret}")
    return client


@pytest.mark.django_db
def test_a_stranger_is_asked_who_they_are():
    response = APIClient().get(NOWHERE)
    assert response.status_code == 401
    assert response.json()["code"] == "not_authenticated"
    assert response["WWW-Authenticate"] == "Token"


def test_an_address_that_does_not_exist_answers_in_json(token_client):
    response = token_client.get(NOWHERE)
    assert response.status_code == 404
    assert response.json() == {
        "code": "not_found",
        "detail": "Dit bestaat niet, of je mag het niet zien.",
    }


@pytest.mark.parametrize(("method", "kind"), [("get", "read"), ("post", "write")])
def test_too_many_requests_in_a_minute_are_refused(token_client, settings, method, kind):
    settings.API_REQUESTS_A_MINUTE = {"read": 0, "write": 0, kind: 1}
    statuses = [getattr(token_client, method)(NOWHERE).status_code for _ in range(3)]
    assert statuses.count(429) >= 1
    settings.API_REQUESTS_A_MINUTE = {"read": 0, "write": 0}
    response = getattr(token_client, method)(NOWHERE)
    assert response.status_code == 429
    wait = response["Retry-After"]
    assert 0 < int(wait) <= 60
    assert response.json() == {
        "code": "throttled",
        "detail": f"Dit ging te snel. Probeer het over {wait} seconden opnieuw.",
    }


def test_the_norms_allow_what_the_contract_promises(settings):
    assert settings.API_REQUESTS_A_MINUTE["read"] >= 300
    assert settings.API_REQUESTS_A_MINUTE["write"] >= 60


@pytest.mark.django_db
def test_the_next_page_is_on_the_host_that_was_asked(token_client, settings):
    settings.ALLOWED_HOSTS = ["uren.example"]
    user = get_user_model().objects.get()
    for _number in range(2):
        RoleFactory(user=user)
    first = token_client.get("/api/v1/cohorts/?page_size=1", headers={"host": "uren.example"})
    address = first.json()["next"]
    assert address.startswith("http://uren.example/api/v1/cohorts/?cursor=")
    second = token_client.get(address, headers={"host": "uren.example"}).json()
    assert second["next"] is None
    assert len({row["id"] for row in first.json()["results"] + second["results"]}) == 2


@pytest.mark.parametrize(
    ("sent", "field", "sentence"),
    [
        ({"kind": "spel"}, "kind", "Kies een van de mogelijkheden."),
        ({"date": "4-11-2026"}, "date", "Schrijf de datum zo: 2026-11-04."),
        ({"description": ""}, "description", "Vul hier iets in."),
        ({"starts_at": "vroeg"}, "starts_at", "Schrijf de tijd zo: 15:00."),
        ({}, "enrolment", "Stuur dit mee."),
    ],
)
def test_a_field_says_in_plain_dutch_what_to_send(token_client, sent, field, sentence):
    assert token_client.post("/api/v1/hours/", sent).json()["fields"][field] == [sentence]


def test_what_is_no_json_is_told_in_plain_dutch(token_client):
    response = token_client.generic("POST", "/api/v1/hours/", "{", "application/json")
    assert (response.status_code, response.json()["code"]) == (400, "parse_error")
    assert response.json()["detail"] == "Dit verzoek is niet te lezen. Klopt de JSON?"


@pytest.mark.django_db
def test_the_schema_is_public_and_describes_a_refusal():
    response = APIClient().get("/api/v1/schema/")
    assert response.status_code == 200
    schema = response.json()
    assert schema["components"]["schemas"]["Refusal"]["required"] == ["code", "detail"]
