"""The pages of meetings."""

import datetime as dt

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from participants.models import Session
from tests.factories import (
    AttendanceFactory,
    EnrolmentFactory,
    RoleFactory,
    SessionFactory,
)
from tests.factories.cohorts import MOMENT
from tests.participants.sessions.reading import page, shown

pytestmark = pytest.mark.django_db
LINK = "https://samen.example/les"


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel("2025-02-12 12:00 +0100"):
        yield


# Lists


def test_staff_see_open_registers_first(client, cohort, trainer, session):
    SessionFactory(cohorts=[cohort], title="Straks", date=dt.date(2025, 3, 4))
    SessionFactory(cohorts=[cohort], title="Klaar ermee", closed=True)
    SessionFactory(title="Van een ander")
    text = page(client, trainer)
    assert "1 lijst wacht op jou" in text
    places = [text.index(title) for title in [session.title, "Straks", "Klaar ermee"]]
    assert places == sorted(places)
    assert "Van een ander" not in text


def test_staff_filter_what_comes_and_what_is_done_but_never_the_pile(client, cohort, trainer):
    SessionFactory(cohorts=[cohort], title="Intervisie 1", kind="intervision", closed=True)
    SessionFactory(cohorts=[cohort], title="Les 1", closed=True)
    SessionFactory(cohorts=[cohort], title="Nog invullen")
    text = page(client, trainer, "/lessen/?kind=intervision")
    assert "Intervisie 1" in text
    assert "Les 1" not in text
    assert "1 lijst wacht op jou" in text


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({}, "telt mee voor je certificaat"),
        ({"actively_participated": False}, "telt nog niet mee"),
        ({"absent": True}, "Je was er niet"),
        ({"absent": True, "status": "excused"}, "Afgemeld"),
        ({"caught_up": True}, "Ingehaald op 11 februari 2025: De opdracht gemaakt"),
    ],
)
def test_participants_see_what_counts(client, cohort, samira, facts, sentence):
    session = SessionFactory(cohorts=[cohort], closed=True)
    AttendanceFactory(session=session, enrolment=samira, **facts)
    assert sentence in page(client, samira.participant)


def test_an_open_register_tells_nothing_yet(client, session, samira):
    AttendanceFactory(session=session, enrolment=samira, absent=True)
    text = page(client, samira.participant)
    assert "De presentielijst is nog niet klaar." in text
    assert "Je was er niet" not in text


def test_what_is_today_is_still_to_come_until_its_list_is_closed(client, cohort, samira):
    session = SessionFactory(cohorts=[cohort], date=dt.date(2025, 2, 12))
    assert f"Volgende keer: {session.title}" in page(client, samira.participant)
    session.closed_at, session.closed_by = MOMENT, samira.participant
    session.save()
    assert "Volgende keer" not in page(client, samira.participant)


def test_who_takes_part_is_told_that_a_meeting_does_not_go_on(client, cohort, samira):
    SessionFactory(cohorts=[cohort], date=dt.date(2025, 3, 4), cancelled=True)
    text = page(client, samira.participant)
    assert "Gaat niet door" in text
    assert "Volgende keer" not in text


def test_participants_see_nothing_of_before_they_took_part(client, cohort):
    SessionFactory(cohorts=[cohort], title="Te vroeg")
    person = EnrolmentFactory(cohort=cohort, starts_on=dt.date(2025, 2, 10)).participant
    assert "Te vroeg" not in page(client, person)


@pytest.mark.parametrize("who", ["trainer", "participant"])
def test_the_list_takes_as_many_queries_for_three_meetings_as_for_one(
    client, cohort, samira, trainer, who
):
    user = trainer if who == "trainer" else samira.participant
    page(client, user)
    counts = []
    for size in (1, 2):
        for date in (dt.date(2025, 2, 4), dt.date(2025, 3, 4)):
            for session in SessionFactory.create_batch(size, cohorts=[cohort], date=date):
                AttendanceFactory(session=session, enrolment=samira)
            closed = SessionFactory.create_batch(size, cohorts=[cohort], closed=True)
            AttendanceFactory(session=closed[0], enrolment=samira)
        with CaptureQueriesContext(connection) as queries:
            client.get("/lessen/")
        counts.append(len(queries))
    assert counts[0] == counts[1]


# One meeting


def test_the_online_link_is_for_who_takes_part_and_for_staff(client, cohort, trainer, samira):
    session = SessionFactory(cohorts=[cohort], online_link=LINK, date=dt.date(2025, 3, 4))
    stopped = EnrolmentFactory(cohort=cohort, stopped=True, ends_on=dt.date(2025, 2, 1))
    applicant = EnrolmentFactory(cohort=cohort, applied=True)
    readers = {
        trainer: True,
        samira.participant: True,
        stopped.participant: False,
        applicant.participant: False,
        RoleFactory(administrator=True).user: False,
    }
    for user, expected in readers.items():
        assert (LINK in page(client, user, f"/lessen/{session.pk}/")) is expected


def test_a_meeting_is_planned_by_its_end(client, cohort, trainer):
    client.force_login(trainer)
    answer = client.post(
        "/lessen/nieuw/",
        {
            "kind": "lesson",
            "title": "Grenzen stellen",
            "cohorts": [cohort.pk],
            "date": "2025-03-18",
            "starts_at": "10:00",
            "ends_at": "12:30",
        },
        follow=True,
    )
    session = Session.objects.get()
    assert session.minutes == 150
    assert "Grenzen stellen staat op dinsdag 18 maart." in shown(answer)
    assert "Dinsdag 18 maart, 10.00 tot 12.30 uur" in shown(answer)


def test_an_end_before_the_begin_is_asked_again_and_keeps_what_was_typed(client, trainer, cohort):
    client.force_login(trainer)
    data = {"title": "Grenzen", "date": "2025-03-18", "starts_at": "12:00", "ends_at": "10:00"}
    text = shown(client.post("/lessen/nieuw/", data))
    assert "Het einde ligt voor het begin" in text
    assert 'value="Grenzen"' in text
    assert not Session.objects.exists()


def test_the_plan_is_changed_and_refusals_are_told(client, session, samira, trainer, cohort):
    AttendanceFactory(session=session, enrolment=samira)
    client.force_login(trainer)
    form = {
        "kind": "lesson",
        "title": "Anders",
        "cohorts": [cohort.pk],
        "date": "2025-02-04",
        "starts_at": "10:00",
        "ends_at": "11:00",
    }
    moved = client.post(f"/lessen/{session.pk}/wijzig/", form | {"date": "2025-02-05"})
    assert "Er staan al mensen op de presentielijst" in shown(moved)
    client.post(f"/lessen/{session.pk}/wijzig/", form)
    session.refresh_from_db()
    assert (session.title, session.minutes) == ("Anders", 60)


def test_cancelling_asks_first_and_warns_when_hours_lapse(client, cohort, trainer):
    session = SessionFactory(cohorts=[cohort], closed=True)
    address = f"/lessen/{session.pk}/vervalt/"
    assert "Hun uren hier vervallen" in page(client, trainer, address)
    session.refresh_from_db()
    assert session.cancelled_at is None
    assert "gaat niet door" in shown(client.post(address, follow=True))
    session.refresh_from_db()
    assert session.cancelled_by == trainer
