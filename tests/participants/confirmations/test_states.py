"""What a participant reads about a week of work: sent, opened, right, not right, or not yet."""

import datetime as dt

import pytest
from django.db import connection
from django.template import Context, Template
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from participants.confirmations import states
from participants.hours import actions as hours
from participants.models import Posting, Supervisor
from tests.participants.confirmations.scene import MONDAY, address, chosen

pytestmark = pytest.mark.django_db


@pytest.fixture
def noor(scene):
    return scene.noor.enrolment.participant


def shown(user, monday=MONDAY):
    """The week as its page draws it, as plain text."""
    request = RequestFactory().get("/uren/")
    request.user = user
    drawn = Template("{% load confirmations %}{% confirmation_week monday %}").render(
        Context({"request": request, "monday": monday})
    )
    return " ".join(drawn.split())


def test_before_the_first_mail_there_is_a_button(scene, noor):
    said = shown(noor)
    assert "2 regels: nog niet verstuurd naar Karim." in said
    assert "Stuur naar Karim" in said
    assert "QR-code" in said


def test_what_was_sent_says_when_and_when_the_next_goes(
    scene, noor, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        scene.ask()
    said = shown(noor)
    assert "2 regels verstuurd naar Karim op 10 maart 2025, nog niet geopend." in said
    assert "Op 17 maart 2025 gaat er vanzelf weer een mail." in said
    assert "Stuur naar Karim" not in said


def test_what_is_still_at_the_post_office_says_so(scene, noor):
    scene.ask()
    Posting.objects.update(sent_at=None)
    assert "De mail gaat zo weg." in shown(noor)


def test_what_was_opened_says_so(client, scene, noor, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        client.post(address(scene.ask(), "geopend/"))
    assert "geopend op 10 maart 2025, nog geen antwoord" in shown(noor)


def test_answers_are_told_with_the_reason(client, scene, noor):
    request = scene.ask()
    client.post(
        address(request), chosen(request, {scene.first: "", scene.second: "Het was op woensdag."})
    )
    said = shown(noor)
    assert "1 regel akkoord van Karim." in said
    assert "4 maart 2025 klopt niet volgens Karim: Het was op woensdag." in said


def test_a_new_line_goes_along_on_a_day(scene, noor):
    scene.ask()
    scene.hours(scene.noor, date=MONDAY + dt.timedelta(days=3))
    assert "1 regel: gaat mee naar Karim op 17 maart 2025." in shown(noor)


def test_a_line_that_was_changed_goes_along_again(scene, noor, clock):
    scene.ask()
    clock.shift(60)
    hours.edit(scene.first, by=noor, minutes=30)
    assert "1 regel: gaat mee naar Karim op 17 maart 2025." in shown(noor)


def test_after_a_week_a_resend_is_offered(scene, noor, clock):
    scene.ask()
    clock.shift(dt.timedelta(days=7))
    assert "Mail Karim nog een keer" in shown(noor)


@pytest.mark.parametrize(
    ("broken", "sentence"),
    [
        ({"introduced_at": None, "introduced_by": None}, "We stellen ons eerst voor aan Karim."),
        (
            {"introduced_at": None, "introduced_by": None, "email": ""},
            "We hebben nog geen e-mailadres van Karim.",
        ),
        ({"stopped_at": "2025-03-10T10:00Z"}, "Karim begeleidt niet meer."),
    ],
)
def test_what_stands_in_the_way_is_said_with_what_to_do(scene, noor, broken, sentence):
    Supervisor.objects.update(**broken)
    said = shown(noor)
    assert sentence in said
    assert "oördinator" in said
    assert "Stuur naar Karim" not in said


def test_hours_without_a_place_say_what_to_do(scene, noor):
    type(scene.first).objects.filter(pk=scene.first.pk).update(placement=None)
    assert "1 regel zonder leerplek." in shown(noor)


def test_a_week_without_work_says_nothing(scene, noor):
    assert shown(noor, MONDAY - dt.timedelta(days=7)) == ""


def test_of_others_nothing_is_told(scene, noor):
    said = str(states.weeks_of(noor))
    assert "Sam" not in said
    assert len(states.weeks_of(noor)[MONDAY].routes[scene.supervisor.pk].sentences) == 1


def test_all_weeks_cost_three_queries(scene, noor):
    for number in range(1, 4):
        scene.hours(scene.noor, date=MONDAY - dt.timedelta(weeks=number))
    scene.ask()
    with CaptureQueriesContext(connection) as queries:
        states.weeks_of(noor)
    assert len(queries) == 3


def test_the_week_page_shows_it(client, scene, noor):
    client.force_login(noor)
    assert "Stuur naar Karim" in " ".join(
        client.get("/uren/week/2025-W10/").content.decode().split()
    )
