"""The page that explains the API; the walk on it is run as it stands there."""

import datetime as dt
import json
import os
import subprocess
import sys
from html.parser import HTMLParser

import pytest
from django.urls import reverse

from leerlijn.manual import resources
from participants.accounts import tokens
from participants.models import HourEntry
from tests.factories import CohortFactory, EnrolmentFactory, RoleFactory

MANUAL = "/api/v1/uitleg/"


class Walk(HTMLParser):
    """``steps``: the text of each ``<pre data-walk>``, by its name."""

    def __init__(self, page):
        super().__init__()
        self.steps, self.inside = {}, None
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        if tag == "pre" and (name := dict(attributes).get("data-walk")):
            self.inside = name
            self.steps[name] = ""

    def handle_data(self, text):
        if self.inside:
            self.steps[self.inside] += text

    def handle_endtag(self, tag):
        if tag == "pre":
            self.inside = None


@pytest.fixture
def walked(live_server, client):
    """Run one walk of the page with two tokens; what it printed."""
    today = dt.date.today()
    cohort = CohortFactory(starts_on=today - dt.timedelta(90), ends_on=today + dt.timedelta(90))
    person = EnrolmentFactory(cohort=cohort).participant
    trainer = RoleFactory(cohort=cohort).user
    secrets = {
        "TOKEN": tokens.make(person, name="Proef", by=person)[1],
        "STAFF_TOKEN": tokens.make(trainer, name="Proef", by=trainer)[1],
    }
    steps = Walk(client.get(MANUAL).content.decode()).steps

    def walk(name, *interpreter):
        known = {"SITE": live_server.url, "PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"}
        return subprocess.run(
            [*interpreter, steps[name]],
            env=known | secrets,
            capture_output=True,
            text=True,
            check=True,
            timeout=60,
        ).stdout

    return walk


@pytest.mark.django_db(transaction=True)
def test_the_walk_in_curl_works_as_it_stands_on_the_page(walked):
    for turn in (1, 2):  # who goes it again, hands in again
        lines = json.loads(walked("curl", "bash", "-euc"))["criteria"]
        assert {line["key"]: line["achieved"] for line in lines}["work"] == 90 * turn
        assert HourEntry.objects.approved().count() == turn


@pytest.mark.django_db(transaction=True)
def test_the_walk_in_python_works_as_it_stands_on_the_page(walked):
    assert "work 90 van 3600 minutes" in walked("python", sys.executable, "-c").splitlines()
    assert HourEntry.objects.approved().count() == 1


@pytest.fixture
def page(client, db):
    return client.get(MANUAL).content.decode()


def test_the_page_shows_every_act_of_the_schema(page):
    acts = [act for acts in resources().values() for act in acts]
    assert len(acts) > 80
    assert [act.anchor for act in acts if f'id="{act.anchor}"' not in page] == []
    assert len({act.anchor for act in acts}) == len(acts)


def test_the_page_asks_nothing_of_the_internet(page):
    for loads in ('src="http', "src='http", 'stylesheet" href="http', "@import", "style="):
        assert loads not in page


@pytest.mark.django_db
def test_who_makes_a_token_finds_the_page(client):
    person = EnrolmentFactory().participant
    client.force_login(person)
    assert MANUAL in client.get(reverse("mydata:settings")).content.decode()
