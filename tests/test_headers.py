"""What internet.nl and the ASVS ask of every answer, whatever gives it."""

import datetime as dt
from unittest import mock

import pytest
from django.conf import settings as of_site
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from leerlijn import pages
from participants.files import storing
from tests.factories import EnrolmentFactory, PlanVersionFactory, RoleFactory, UserFactory
from tests.participants.files import corpus
from tests.participants.files.test_storing import upload

pytestmark = pytest.mark.django_db
PUBLIC_CACHE = ("/static/", "/favicon.ico")
EXACTLY = {
    "Strict-Transport-Security": "max-age=31536000; includeSubDomains",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Permitted-Cross-Domain-Policies": "none",
}


@pytest.fixture(autouse=True)
def behind_https(settings):
    settings.SECURE_SSL_REDIRECT = True
    settings.SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
    settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = True
    settings.COOKIE_PREFIX = "__Host-"
    settings.SESSION_COOKIE_NAME = "__Host-sessionid"
    settings.CSRF_COOKIE_NAME = "__Host-csrftoken"
    settings.SECURITY_CONTACT = "mailto:beveiliging@leerlijn.example"


@pytest.fixture
def client():
    return Client(raise_request_exception=False)


def as_user(user):
    client = Client(raise_request_exception=False)
    client.force_login(user)
    return client


def broken(client):
    with mock.patch.object(pages, "_plain", side_effect=RuntimeError):
        return client.get("/robots.txt", secure=True)


def too_often(client):
    for _ in range(21):
        response = client.get("/api/v1/check/bestaat-niet/", secure=True)
    return response


def too_large(client):
    length = str(of_site.MAX_REQUEST_BYTES + 1)
    return client.generic("POST", "/", b"", CONTENT_LENGTH=length, secure=True)


def forged(_):
    return Client(enforce_csrf_checks=True).post("/accounts/login/", {}, secure=True)


def a_file(_):
    owner = EnrolmentFactory().participant
    stored = storing.store(upload(corpus.pdf()), by=owner)
    version = PlanVersionFactory(
        plan__enrolment__participant=owner, author=owner, file=stored, sections=None
    )
    return as_user(owner).get(f"/plannen/versies/{version.pk}/bestand/", secure=True)


def page(address, method="get", **facts):
    return lambda client: getattr(client, method)(address, secure=True, **facts)


def own(address, method="get"):
    return lambda _: getattr(as_user(EnrolmentFactory().participant), method)(address, secure=True)


ANSWERS = {
    "the way in": (200, page("/accounts/login/")),
    "a page for anyone": (200, page("/hulp/")),
    "a page of one's own": (200, own("/uren/")),
    "to the way in": (302, page("/uren/")),
    "health": (200, page("/healthz")),
    "for search engines": (200, page("/robots.txt")),
    "for who found a weakness": (200, page("/.well-known/security.txt")),
    "an icon of old": (302, page("/favicon.ico")),
    "a style sheet": (200, page("/static/leerlijn/app.css")),
    "a picture": (200, page("/static/leerlijn/favicon.svg")),
    "a file of the site that is not there": (404, page("/static/leerlijn/none.css")),
    "a request that cannot be": (400, page("/", HTTP_HOST="elders.example")),
    "a forged form": (403, forged),
    "nothing there": (404, own("/bestaat-niet/")),
    "a button's address": (405, own("/uren/1/trek-in/")),
    "too much at once": (413, too_large),
    "a breakdown": (500, broken),
    "the API": (200, own("/api/v1/me/")),
    "the API for a stranger": (401, page("/api/v1/me/")),
    "the API: not there": (404, own("/api/v1/none/")),
    "the API: not so": (405, own("/api/v1/me/", "delete")),
    "the check page": (404, page("/controle/bestaat-niet/")),
    "the supervisor's door": (404, page("/bevestigen/bestaat-niet/")),
    "the admin": (200, lambda _: as_user(administrator()).get("/beheer/", secure=True)),
    "the words of the admin": (
        200,
        lambda _: as_user(administrator()).get("/beheer/jsi18n/", secure=True),
    ),
    "an uploaded file": (200, a_file),
    "too often": (429, too_often),
}


def administrator():
    return RoleFactory(kind="administrator", cohort=None).user


def faults_of(response):
    """What is missing, as (header, value)."""
    headers = response.headers
    yield from ((name, headers.get(name)) for name in EXACTLY if headers.get(name) != EXACTLY[name])
    policy = headers.get("Content-Security-Policy", "")
    asked = ("default-src 'none'", "frame-ancestors 'none'")
    strict = all(word in policy for word in asked)
    if not strict or "unsafe" in policy or "*" in policy or "http:" in policy:
        yield "Content-Security-Policy", policy
    if headers.get("Referrer-Policy") not in ("same-origin", "no-referrer"):
        yield "Referrer-Policy", headers.get("Referrer-Policy")
    if "geolocation=()" not in headers.get("Permissions-Policy", ""):
        yield "Permissions-Policy", headers.get("Permissions-Policy")
    is_public = response.request["PATH_INFO"].startswith(PUBLIC_CACHE)
    if not is_public and "no-store" not in headers.get("Cache-Control", ""):
        yield "Cache-Control", headers.get("Cache-Control")
    yield from ((name, headers[name]) for name in ("Server", "X-Powered-By") if name in headers)
    for cookie in response.cookies.values():
        if not (cookie.key.startswith("__Host-") and cookie["secure"] and cookie["samesite"]):
            yield "Set-Cookie", cookie.OutputString()
        if not cookie["httponly"] and cookie.key != "__Host-csrftoken":  # scripts of ours read it
            yield "Set-Cookie", cookie.OutputString()


def test_every_kind_of_answer_tells_the_browser_the_same(client):
    answers = {label: ask(client) for label, (_, ask) in ANSWERS.items()}
    statuses = {label: answer.status_code for label, answer in answers.items()}
    assert statuses == {label: status for label, (status, _) in ANSWERS.items()}
    faults = {label: list(faults_of(answer)) for label, answer in answers.items()}
    assert {label: found for label, found in faults.items() if found} == {}


def test_the_way_from_http_leads_to_https_and_is_dressed_too(client):
    response = client.get("/accounts/login/")
    assert (response.status_code, response.url) == (301, "https://testserver/accounts/login/")
    missing = dict(faults_of(response))
    assert set(missing) == {"Strict-Transport-Security"}  # means nothing over HTTP


def test_a_program_is_refused_over_http_and_not_led_on(client):
    response = client.get("/api/v1/me/", headers={"Authorization": "Token abc"})
    assert (response.status_code, response.json()["code"]) == (403, "https_needed")
    assert set(dict(faults_of(response))) == {"Strict-Transport-Security"}


def test_a_sentence_for_the_next_page_travels_in_a_cookie_of_this_site_only():
    client = as_user(EnrolmentFactory().participant)
    response = client.post(reverse("mydata:end-other-devices"), secure=True)
    [cookie] = [one for one in response.cookies.values() if "messages" in one.key]
    assert (cookie.key, cookie["secure"], cookie["httponly"]) == ("__Host-messages", True, True)


def test_a_file_of_the_site_may_be_kept_by_browsers(client):
    kept = client.get("/static/leerlijn/app.css", secure=True)["Cache-Control"]
    assert "max-age" in kept and "no-store" not in kept


def test_security_txt_says_whom_to_tell_and_until_when(client):
    response = client.get("/.well-known/security.txt", secure=True)
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    lines = dict(line.split(": ", 1) for line in response.content.decode().splitlines())
    assert lines["Contact"] == "mailto:beveiliging@leerlijn.example"
    assert lines["Preferred-Languages"] == "nl, en"
    assert lines["Canonical"].endswith("/.well-known/security.txt")
    left = dt.datetime.fromisoformat(lines["Expires"]) - timezone.now()
    assert dt.timedelta(days=30) < left < dt.timedelta(days=365)


def test_without_somebody_to_tell_there_is_no_security_txt(client, settings):
    settings.SECURITY_CONTACT = ""
    assert client.get("/.well-known/security.txt", secure=True).status_code == 404


def test_search_engines_are_shown_the_front_door_only(client):
    said = client.get("/robots.txt", secure=True).content.decode().splitlines()
    assert said == ["User-agent: *", "Allow: /$", "Allow: /accounts/login/$", "Disallow: /"]


def test_a_page_of_somebody_is_not_kept_for_the_next_at_this_screen():
    client = as_user(UserFactory())
    assert "no-store" in client.get("/meer/", secure=True)["Cache-Control"]
