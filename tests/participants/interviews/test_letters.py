"""Mails about a talk: to each one apart, with the talk for the calendar, and nothing personal."""

import datetime as dt

import pytest
import time_machine
from icalendar import Calendar

from participants.interviews import actions, planning
from participants.models import Session
from tests.factories import SessionFactory
from tests.participants.interviews.scene import MOMENT

LINK = "https://overleg.example/geheime-kamer"
BEFORE = MOMENT - dt.timedelta(days=7)


@pytest.fixture
def sending(scene, mailoutbox, django_capture_on_commit_callbacks):
    """Plans the talk of ``scene`` a week before; returns what does an act and gives its mails."""

    def run(act):
        mailoutbox.clear()
        with (
            time_machine.travel(BEFORE, tick=False),
            django_capture_on_commit_callbacks(execute=True),
        ):
            act()
        return list(mailoutbox)

    return run


def plan(scene, **facts):
    def act():
        scene.interview = actions.plan(
            scene.enrolment,
            by=scene.coordinator,
            planned_at=MOMENT,
            assessors=[scene.first, scene.second],
            **({"place": "Huis van de Wijk", "online_link": LINK} | facts),
        )

    return act


def event_of(mail):
    [(name, content, kind)] = mail.attachments
    assert name == "eindgesprek.ics" and kind.startswith("text/calendar")
    calendar = Calendar.from_ical(content)
    return next(part for part in calendar.walk() if part.name == "VEVENT")


def test_planning_mails_the_participant_and_each_assessor_apart(scene, sending):
    mails = sending(plan(scene))
    people = [scene.enrolment.participant, scene.first, scene.second]
    assert [mail.to for mail in mails] == [[person.email] for person in people]
    for mail in mails:
        assert mail.subject == "Er is een eindgesprek gepland"
        event = event_of(mail)
        assert (event["summary"], event["location"]) == ("Eindgesprek", "Huis van de Wijk")
        assert event["dtstart"].dt == MOMENT


def test_no_name_and_no_link_is_in_a_mail(scene, sending):
    for mail in sending(plan(scene)):
        [(_, content, _)] = mail.attachments
        whole = (
            mail.subject + mail.body + (content if isinstance(content, str) else content.decode())
        )
        assert LINK not in whole and "Huis van de Wijk" not in mail.subject + mail.body
        names = {scene.enrolment.participant.name, scene.first.name, scene.second.name}
        assert not [name for name in names if name in whole]


def test_moving_changes_the_same_thing_in_every_calendar(scene, sending):
    first = event_of(sending(plan(scene))[0])
    later = MOMENT + dt.timedelta(days=1)
    mails = sending(lambda: actions.replan(scene.interview, by=scene.coordinator, planned_at=later))
    assert len(mails) == 3 and mails[0].subject == "Een eindgesprek is verzet"
    moved = event_of(mails[0])
    assert moved["uid"] == first["uid"] and moved["sequence"] > first["sequence"]
    assert moved["dtstart"].dt == later


def test_not_held_before_its_day_takes_it_out_of_every_calendar(scene, sending):
    sending(plan(scene))
    mails = sending(lambda: actions.not_held(scene.interview, by=scene.coordinator))
    assert {event_of(mail)["status"] for mail in mails} == {"CANCELLED"} and len(mails) == 3


def test_passing_a_seat_on_mails_who_leaves_and_who_comes(scene, sending):
    sending(plan(scene))
    seat = scene.interview.seats.get(assessor=scene.first)
    mails = sending(lambda: actions.replace_assessor(seat, by=scene.coordinator, new=scene.third))
    states = {mail.to[0]: event_of(mail)["status"] for mail in mails}
    assert states == {scene.first.email: "CANCELLED", scene.third.email: "CONFIRMED"}


def test_of_a_talk_that_has_gone_by_no_mail_is_sent(
    scene, mailoutbox, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        plan(scene)()
    assert not mailoutbox


# Odd moments


@pytest.mark.parametrize(("hours", "codes"), [(-1, []), (0, []), (1, ["in_the_past"])])
def test_a_moment_that_has_gone_by_warns(scene, hours, codes):
    with time_machine.travel(MOMENT + dt.timedelta(hours=hours), tick=False):
        assert [code for code, _ in planning.warnings(scene.enrolment, MOMENT)] == codes


@pytest.mark.parametrize(
    ("kind", "days", "warned"),
    [
        (Session.Kind.LESSON, 1, True),
        (Session.Kind.INTERVISION, 1, True),
        (Session.Kind.LESSON, 0, False),
        (Session.Kind.EVENT, 1, False),
    ],
)
def test_a_moment_before_the_last_meeting_warns(scene, kind, days, warned):
    day = MOMENT.date() + dt.timedelta(days=days)
    SessionFactory(cohorts=[scene.cohort], kind=kind, date=day)
    with time_machine.travel(BEFORE, tick=False):
        found = planning.warnings(scene.enrolment, MOMENT)
    assert [code for code, _ in found] == ["before_the_end_of_learning"] * warned


def test_the_page_asks_once_whether_an_odd_moment_is_right(client, scene):
    client.force_login(scene.coordinator)
    address = f"/gesprekken/plan/{scene.enrolment.pk}/"
    fields = {"planned_at": "2025-06-17T10:00", "assessors": [scene.first.pk, scene.second.pk]}
    page = client.post(address, fields)
    assert "Deze dag en tijd zijn al voorbij." in page.content.decode()
    assert not scene.enrolment.interviews.exists()
    sure = page.context["form"].data["sure_of"]
    other = fields | {"planned_at": "2025-06-17T11:00", "sure_of": sure}
    assert "al voorbij" in client.post(address, other).content.decode()
    assert client.post(address, fields | {"sure_of": sure}).status_code == 302
    assert scene.enrolment.interviews.exists()


def test_the_api_plans_and_tells_what_is_odd(client, scene):
    client.force_login(scene.coordinator)
    sent = {
        "enrolment": scene.enrolment.pk,
        "planned_at": "2025-06-17T10:00:00+02:00",
        "assessors": [scene.first.pk, scene.second.pk],
    }
    answer = client.post("/api/v1/interviews/", sent, content_type="application/json")
    assert answer.status_code == 201
    assert [one["code"] for one in answer.json()["warnings"]] == ["in_the_past"]
