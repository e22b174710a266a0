import datetime as dt

import pytest
import time_machine
from django.urls import reverse

from participants.hours import weeks
from tests.factories import EnrolmentFactory, HourEntryFactory, TrainingChoiceFactory
from tests.participants.hours.scene import NOON

pytestmark = pytest.mark.django_db
MONDAY = dt.date(2025, 3, 3)  # of week 10


@pytest.fixture(autouse=True)
def noon():
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def enrolment(client):
    enrolment = EnrolmentFactory()
    client.force_login(enrolment.participant)
    return enrolment


def week(client, name="2025-W10"):
    return client.get(reverse("hours:week", args=[name]))


@pytest.mark.parametrize(
    ("name", "monday"),
    [
        ("2025-W10", MONDAY),
        ("2026-W01", dt.date(2025, 12, 29)),
        ("2026-W53", dt.date(2026, 12, 28)),
        ("2025-W53", None),
        ("2025-W00", None),
        ("2025-W1", None),
        ("2025W10", None),
        ("0000-W01", None),
        ("", None),
    ],
)
def test_a_week_has_one_name(name, monday):
    assert weeks.monday_named(name) == monday
    if monday:
        assert weeks.name_of(monday + dt.timedelta(days=6)) == name


def test_a_week_has_totals_of_each_kind_and_says_what_does_not_count(client, enrolment):
    facts = {"enrolment": enrolment, "date": MONDAY}
    HourEntryFactory(**facts, approved=True, minutes=90)
    HourEntryFactory(**facts, minutes=30)
    HourEntryFactory(**facts, kind="study", returned=True, minutes=45)
    HourEntryFactory(**facts, withdrawn=True, minutes=500)
    shown = week(client).context["week"]
    study, work = shown.sums
    assert (work.approved, work.waiting, work.other, work.written) == (90, 30, 0, 120)
    assert (study.approved, study.waiting, study.other, study.written) == (0, 0, 45, 45)
    page = week(client).content.decode()
    assert "Nog niet alles telt mee." in page
    assert "Wacht op akkoord sinds" in page and "Welke training was dit?" in page


def test_a_week_is_monday_up_to_and_including_sunday(client, enrolment):
    for days in (-1, 0, 6, 7):
        day = MONDAY + dt.timedelta(days=days)
        HourEntryFactory(enrolment=enrolment, date=day, minutes=60 + days)
    HourEntryFactory(date=MONDAY)  # of somebody else
    assert [entry.minutes for entry in week(client).context["week"].entries] == [60, 66]


def test_the_weeks_beside_it_are_linked_and_the_future_is_not(client, enrolment):
    page = week(client).content.decode()
    assert "/uren/week/2025-W09/" in page and "/uren/week/2025-W11/" in page
    now = client.get(reverse("hours:this-week"), follow=True)
    assert now.redirect_chain == [("/uren/week/2025-W14/", 302)]
    assert "Week erna" not in now.content.decode()


def test_an_empty_week_encourages(client, enrolment):
    assert "Ook een half uur telt." in week(client).content.decode()


@pytest.mark.parametrize("name", ["2025-W54", "vandaag", "2025-W1"])
def test_a_week_that_is_none_is_not_there(client, enrolment, name):
    assert week(client, name).status_code == 404


def test_a_week_takes_as_many_queries_for_one_line_as_for_three(
    client, enrolment, django_assert_num_queries, django_assert_max_num_queries
):
    HourEntryFactory(enrolment=enrolment, date=MONDAY)
    with django_assert_max_num_queries(14) as one:
        week(client)
    choice = TrainingChoiceFactory(enrolment=enrolment)
    HourEntryFactory(enrolment=enrolment, date=MONDAY, kind="study", training_choice=choice)
    HourEntryFactory(enrolment=enrolment, date=MONDAY, returned=True)
    with django_assert_num_queries(len(one.captured_queries)):
        week(client)
