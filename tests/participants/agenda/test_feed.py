"""The calendar of one person behind a secret address."""

import datetime as dt

import icalendar
import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from participants.agenda import actions
from participants.models import CalendarFeed, Event
from tests.factories import (
    CalendarFeedFactory,
    EnrolmentFactory,
    FinalInterviewFactory,
    RoleFactory,
    SeatFactory,
    SessionFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
LINK = "https://samen.example/geheim"


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel("2025-02-12 12:00 +0100"):
        yield


@pytest.fixture
def samira():
    return EnrolmentFactory(participant=UserFactory(name="Samira Aalbers"))


def address(user):
    feed = CalendarFeed.objects.filter(user=user).first() or CalendarFeedFactory(user=user)
    return f"/agenda/{feed.secret}.ics"


def calendar(client, user):
    answer = client.get(address(user))
    assert answer.status_code == 200
    return icalendar.Calendar.from_ical(answer.content)


def titles(client, user):
    return [str(event["summary"]) for event in calendar(client, user).events]


# What is in it


def test_a_participant_finds_the_meetings_of_the_own_days(client, samira):
    cohort = samira.cohort
    SessionFactory(cohorts=[cohort], title="Luisteren")
    SessionFactory(cohorts=[cohort], title="Te vroeg", date=samira.starts_on - dt.timedelta(1))
    SessionFactory(title="Van een ander")
    assert titles(client, samira.participant) == ["Les: Luisteren"]


def test_an_applicant_finds_nothing(client):
    applicant = EnrolmentFactory(applied=True)
    SessionFactory(cohorts=[applicant.cohort])
    assert titles(client, applicant.participant) == []


def test_staff_find_the_meetings_whose_register_they_fill(client, samira):
    SessionFactory(cohorts=[samira.cohort], kind="intervision", title="Groep 1")
    SessionFactory(title="Van een ander")
    trainer = RoleFactory(cohort=samira.cohort).user
    assert titles(client, trainer) == ["Intervisie: Groep 1"]


def test_final_interviews_are_for_the_participant_and_for_who_sits_in_them(client, samira):
    interview = FinalInterviewFactory(
        enrolment=samira, planned_at=dt.datetime(2025, 6, 17, 8, tzinfo=dt.UTC), online_link=LINK
    )
    assessor = SeatFactory(interview=interview).assessor
    trainer = RoleFactory(cohort=samira.cohort).user
    for user in (samira.participant, assessor):
        [event] = calendar(client, user).events
        assert event["summary"] == "Eindgesprek"
        assert event.start == dt.datetime(2025, 6, 17, 8, tzinfo=dt.UTC)
    assert titles(client, trainer) == []


def test_an_interview_that_was_not_held_is_called_off(client, samira):
    FinalInterviewFactory(enrolment=samira, status="not_held")
    [event] = calendar(client, samira.participant).events
    assert event["status"] == "CANCELLED"


def test_a_meeting_keeps_its_name_and_counts_its_changes(client, samira):
    session = SessionFactory(cohorts=[samira.cohort], sequence=0)
    [before] = calendar(client, samira.participant).events
    session.sequence, session.title = 1, "Anders"
    session.save()
    [after] = calendar(client, samira.participant).events
    assert before["uid"] == after["uid"]
    assert (before["sequence"], after["sequence"]) == (0, 1)


def test_a_cancelled_meeting_stays_and_says_so(client, samira):
    SessionFactory(cohorts=[samira.cohort], title="Weg", cancelled=True)
    [event] = calendar(client, samira.participant).events
    assert (event["status"], event["summary"]) == ("CANCELLED", "Gaat niet door: Les: Weg")


def test_neither_the_online_link_nor_a_name_leaves_the_house(client, samira):
    SessionFactory(cohorts=[samira.cohort], online_link=LINK)
    trainer = RoleFactory(cohort=samira.cohort).user
    for user in (samira.participant, trainer):
        text = client.get(address(user)).content.decode()
        assert LINK not in text
        assert "Samira" not in text and "@leerlijn.example" not in text
        assert "/lessen/" in text


@pytest.mark.parametrize(
    ("day", "offset"),
    [((2025, 3, 29), 1), ((2025, 3, 30), 2), ((2025, 10, 25), 2), ((2025, 10, 26), 1)],
)
def test_clock_times_are_right_on_both_sides_of_summer(client, samira, day, offset):
    SessionFactory(cohorts=[samira.cohort], date=dt.date(*day), minutes=90)
    found = calendar(client, samira.participant)
    [event] = found.events
    assert event.start.utcoffset() == dt.timedelta(hours=offset)
    assert (event.start.hour, event.end - event.start) == (10, dt.timedelta(minutes=90))
    assert [zone["tzid"] for zone in found.timezones] == ["Europe/Amsterdam"]
    # The zone that travels along says the same as ours.
    [zone] = found.timezones
    moment = event.start.replace(tzinfo=None)
    assert zone.to_tz().utcoffset(moment) == event.start.utcoffset()


def test_a_meeting_without_a_time_takes_the_whole_day(client, samira):
    SessionFactory(cohorts=[samira.cohort], starts_at=None)
    [event] = calendar(client, samira.participant).events
    assert event.start == dt.date(2025, 2, 4)


@pytest.mark.parametrize(
    "title",
    [
        "Grenzen; stellen, nu\\later",
        "A\nEND:VEVENT\r\nBEGIN:VEVENT\nSUMMARY:vals",
        "Lang " * 23,
        "Vrágen 漢字 🌱 " * 8,
        "Stil\x0b\x1f\u2028\u202eteken",
        'ATTENDEE;CN="x":mailto:x@x.example',
    ],
)
def test_a_hostile_title_is_a_title_and_nothing_else(client, samira, title):
    SessionFactory(cohorts=[samira.cohort], title=title[:120], place=title[:120])
    raw = client.get(address(samira.participant)).content
    assert all(len(line) <= 75 for line in raw.split(b"\r\n"))
    assert b"\n" not in raw.replace(b"\r\n", b"")
    [event] = icalendar.Calendar.from_ical(raw).events
    assert "attendee" not in event
    said = str(event["summary"])
    assert said.startswith("Les: ")
    assert all(sign.isprintable() for sign in said)
    assert "".join(said.split())[4:] == "".join(
        sign for sign in title[:120] if sign.isprintable() and not sign.isspace()
    )


def test_what_was_long_ago_is_left_out(client, samira):
    enrolment = EnrolmentFactory(participant=samira.participant, starts_on=dt.date(2024, 1, 1))
    for days in (180, 181):
        date = dt.date(2025, 2, 12) - dt.timedelta(days=days)
        SessionFactory(cohorts=[enrolment.cohort], date=date, title=f"{days} dagen")
    assert titles(client, samira.participant) == ["Les: 180 dagen"]


def test_three_meetings_take_as_many_queries_as_one(client, samira):
    where, counts = address(samira.participant), []
    for size in (1, 2):
        SessionFactory.create_batch(size, cohorts=[samira.cohort])
        with CaptureQueriesContext(connection) as queries:
            client.get(where)
        counts.append(len(queries))
    assert counts[0] == counts[1]


# The address


def test_the_answer_is_for_one_reader_and_leaves_no_trace(client, samira):
    answer = client.get(address(samira.participant))
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer["Cache-Control"].startswith("private")
    assert answer["Referrer-Policy"] == "no-referrer"
    assert answer["X-Robots-Tag"] == "noindex, nofollow"
    assert not answer.cookies


def test_a_program_that_asks_again_is_told_that_nothing_changed(client, samira):
    SessionFactory(cohorts=[samira.cohort])
    where = address(samira.participant)
    tag = client.get(where)["ETag"]
    assert client.get(where, headers={"if-none-match": tag}).status_code == 304


def test_the_secret_is_long_and_the_database_does_not_hold_it(samira):
    feed = actions.renew(by=samira.participant)
    assert len(feed.secret) == 43  # 256 bits
    assert feed.secret not in (feed.nonce, feed.digest)
    again = CalendarFeed.objects.get()
    assert again.secret == feed.secret


def test_under_another_key_of_the_site_the_address_is_not_shown(samira, settings):
    feed = CalendarFeedFactory(user=samira.participant)
    settings.SECRET_KEY = "another-key-0123456789-abcdefghijklmnopqrstuvwxyz-another"
    assert CalendarFeed.objects.get(pk=feed.pk).secret == ""


def test_a_new_address_kills_the_old_one(client, samira):
    old = address(samira.participant)
    client.force_login(samira.participant)
    answer = client.post("/agenda/nieuw/", follow=True)
    new = address(samira.participant)
    assert f"http://testserver{new}" in answer.content.decode()
    client.logout()
    assert client.get(old).status_code == 404
    assert client.get(new).status_code == 200


def test_switched_off_it_answers_no_more_and_a_new_one_can_be_made(client, samira):
    where = address(samira.participant)
    client.force_login(samira.participant)
    text = client.post("/agenda/uit/", follow=True).content.decode()
    assert "Maak mijn adres" in text
    assert client.get(where).status_code == 404
    client.post("/agenda/nieuw/")
    assert client.get(address(samira.participant)).status_code == 200
    acts = Event.objects.decisions().values_list("act", flat=True)
    assert sorted(acts) == ["calendar_closed", "calendar_opened"]


def test_who_may_not_log_in_any_more_has_no_calendar(client, samira):
    where = address(samira.participant)
    samira.participant.is_active = False
    samira.participant.save()
    assert client.get(where).status_code == 404


def test_who_guesses_is_stopped_and_who_knows_never(client, samira):
    where = address(samira.participant)
    for _turn in range(20):
        assert client.get("/agenda/geraden.ics").status_code == 404
    answer = client.get("/agenda/geraden.ics")
    assert answer.status_code == 429
    assert int(answer["Retry-After"]) <= 60
    assert client.get(where).status_code == 200


def test_reading_along_changes_nothing(client, samira):
    assert client.post(address(samira.participant)).status_code == 405
