"""The first screen of a participant against an empty page with the same frame, logged in too."""

from django.http import HttpResponse
from django.template import engines
from django.test import Client
from django.test.utils import override_settings
from django.urls import path

from leerlijn.urls import urlpatterns as pages
from participants.models import User
from tests.bench.timing import medians

GOAL = 4.0
EMPTY = '{% extends "base.html" %}{% block h1 %}Leeg{% endblock %}'


def empty(request):
    """The frame of every page and nothing in it."""
    return HttpResponse(engines["django"].from_string(EMPTY).render({}, request))


# The site with one address more; for this measurement alone.
urlpatterns = [path("leeg/", empty), *pages]


def lines():
    """[(name, ratio, goal)]: the whole request, for somebody half-way in the demo of ``pages``."""
    client = Client()
    client.force_login(User.objects.get(email="deelnemer@leerlijn.example"))
    with override_settings(ROOT_URLCONF=__name__):
        for address in ("/", "/leeg/"):
            if client.get(address).status_code != 200:
                raise AssertionError(f"{address} does not answer 200")
        full, bare = medians(lambda: client.get("/"), lambda: client.get("/leeg/"), turns=100)
    return [("first_screen", full / bare, GOAL)]
