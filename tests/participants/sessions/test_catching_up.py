"""Several missed meetings of one person, accepted at once."""

import datetime as dt

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from participants import progress
from participants.models import Attendance, Enrolment, Event
from participants.sessions.actions import catch_up, save_register
from participants.sessions.catching_up import missed
from participants.sessions.register import Mark
from tests.factories import (
    AttendanceFactory,
    CohortFactory,
    EnrolmentFactory,
    PauseFactory,
    RoleFactory,
    SessionFactory,
)
from tests.participants.sessions.reading import page, shown

pytestmark = pytest.mark.django_db
ON = dt.date(2025, 2, 11)
DONE = {"what": "Samen besproken", "on": ON}


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel("2025-02-12 12:00 +0100"):
        yield


def absent(enrolment, **facts):
    """A meeting that ``enrolment`` missed."""
    session = SessionFactory(cohorts=[enrolment.cohort], closed=True, **facts)
    AttendanceFactory(session=session, enrolment=enrolment, absent=True)
    return session


def refused(enrolment, sessions, by, **facts):
    with pytest.raises(ValidationError) as refusal:
        catch_up(enrolment, sessions, by=by, **{**DONE, **facts})
    return refusal.value.code


def test_what_was_caught_up_counts_and_says_who_accepted_it(samira, trainer):
    sessions = [absent(samira) for _ in range(3)]
    catch_up(samira, sessions[:2], by=trainer, **DONE)
    rows = samira.attendances.filter(caught_up_on=ON, caught_up_accepted_by=trainer)
    assert {row.session for row in rows} == set(sessions[:2])
    lines = progress.lines(progress.of(Enrolment.objects.filter(pk=samira.pk)).get())
    achieved = {line["key"]: line["achieved"] for line in lines}
    assert (achieved["lessons"], achieved["study"]) == (2, 0)
    assert list(missed(samira)) == [sessions[2]]


def test_each_meeting_has_a_decision_row_of_the_person(samira, trainer):
    catch_up(samira, [absent(samira), absent(samira)], by=trainer, **DONE)
    rows = Event.objects.decisions().filter(act="caught_up", enrolment=samira, actor=trainer)
    assert rows.count() == 2


def test_who_came_in_later_and_has_no_row_gets_one(samira, trainer, cohort):
    session = SessionFactory(cohorts=[cohort], closed=True)
    catch_up(samira, [session], by=trainer, **DONE)
    row = samira.attendances.get()
    assert (row.status, row.minutes, row.caught_up_what) == ("absent", 0, "Samen besproken")


@pytest.mark.parametrize(
    "facts",
    [
        {"closed_at": None, "closed_by": None},
        {"cancelled": True},
        {"kind": "event"},
        {"date": dt.date(2025, 1, 5)},  # the day before this person took part
    ],
)
def test_what_nobody_missed_cannot_be_caught_up(samira, trainer, facts):
    session = absent(samira, **facts)
    assert refused(samira, [session], trainer) == "not_missed"


def test_a_day_within_a_pause_was_not_missed(samira, trainer):
    session = absent(samira)
    PauseFactory(enrolment=samira, confirmed=True, starts_on=session.date, ends_on=session.date)
    assert refused(samira, [session], trainer) == "not_missed"


def test_a_meeting_that_counts_already_refuses_the_whole_of_it(samira, trainer, cohort):
    there = AttendanceFactory(
        session=SessionFactory(cohorts=[cohort], closed=True), enrolment=samira
    )
    away = absent(samira)
    assert refused(samira, [away, there.session], trainer) == "not_missed"
    assert not Attendance.objects.filter(caught_up_on__isnull=False).exists()


def test_who_was_there_but_did_not_take_part_may_catch_up(samira, trainer, cohort):
    row = AttendanceFactory(
        session=SessionFactory(cohorts=[cohort], closed=True),
        enrolment=samira,
        actively_participated=False,
    )
    catch_up(samira, [row.session], by=trainer, **DONE)
    row.refresh_from_db()
    assert (row.status, row.minutes, row.caught_up_on) == ("present", 120, ON)


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"what": "  "}, "caught_up_incomplete"),
        ({"on": None}, "caught_up_incomplete"),
        ({"on": dt.date(2025, 2, 13)}, "caught_up_later"),
        ({"on": dt.date(2025, 2, 12)}, None),
    ],
)
def test_it_says_what_and_when(samira, trainer, facts, code):
    session = absent(samira)
    if code:
        assert refused(samira, [session], trainer, **facts) == code
    else:
        catch_up(samira, [session], by=trainer, **{**DONE, **facts})


def test_nothing_chosen_is_refused(samira, trainer):
    assert refused(samira, [], trainer) == "no_meetings"


@pytest.mark.parametrize("who", ["self", "other", "stranger"])
def test_nobody_accepts_for_oneself_or_for_a_cohort_of_others(samira, who, cohort):
    session = absent(samira)
    by = {
        "self": lambda: RoleFactory(cohort=cohort, user=samira.participant).user,
        "other": lambda: RoleFactory(cohort=CohortFactory()).user,
        "stranger": lambda: EnrolmentFactory().participant,
    }[who]()
    with pytest.raises(PermissionDenied):
        catch_up(samira, [session], by=by, **DONE)


def test_who_has_the_register_open_sees_that_it_changed(samira, trainer):
    session = absent(samira)
    catch_up(samira, [session], by=trainer, **DONE)
    with pytest.raises(ValidationError) as refusal:
        save_register(session, [Mark(samira.pk, "absent")], 1, by=trainer)
    assert refusal.value.code == "changed"


def test_ten_meetings_take_as_many_queries_as_one(samira, trainer):
    counts = []
    for size in (1, 10):
        sessions = [absent(samira) for _ in range(size)]
        with CaptureQueriesContext(connection) as queries:
            catch_up(samira, sessions, by=trainer, **DONE)
        counts.append(len(queries))
    assert counts[0] == counts[1]


# Doors


def test_the_page_lists_what_was_missed_and_lets_it_count(client, samira, trainer):
    sessions = [absent(samira, title="Luisteren"), absent(samira, title="Vragen")]
    address = f"/lessen/inhalen/{samira.pk}/"
    text = page(client, trainer, address)
    assert "Wat haalde Samira in?" in text
    assert "Luisteren" in text and "Vragen" in text
    sent = {"sessions": [each.pk for each in sessions], **DONE}
    answer = client.post(address, sent, follow=True)
    assert "2 bijeenkomsten van Samira tellen nu mee." in shown(answer)
    assert "Hier is niets in te halen." in shown(answer)


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"sessions": []}, "Kies ten minste één bijeenkomst."),
        ({"what": ""}, "Schrijf in een paar woorden hoe het is ingehaald."),
        ({"on": "2025-02-13"}, "Kies vandaag of eerder."),
    ],
)
def test_each_field_says_what_to_do(client, samira, trainer, more, sentence):
    session = absent(samira)
    client.force_login(trainer)
    sent = {"sessions": [session.pk], **DONE, **more}
    assert sentence in shown(client.post(f"/lessen/inhalen/{samira.pk}/", sent))


def test_the_api_catches_up_too(client, samira, trainer):
    session = absent(samira)
    client.force_login(trainer)

    def send(*sessions):
        sent = {"enrolment": samira.pk, "sessions": sessions, **DONE}
        return client.post("/api/v1/sessions/catch-up/", sent, content_type="application/json")

    assert send(session.pk, 999_999).status_code == 404
    assert send(session.pk).status_code == 204
    again = send(session.pk)
    assert (again.status_code, again.json()["code"]) == (400, "not_missed")
