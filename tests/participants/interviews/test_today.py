"""The talks of today, and what waits for an assessor."""

import datetime as dt

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from participants.interviews import actions
from participants.models import FinalInterview
from tests.factories import EnrolmentFactory, FinalInterviewFactory, SeatFactory
from tests.participants.interviews.scene import MOMENT, both_hand_in, hand_in

TODAY = reverse("interviews:today")


def shown(client, person, moment=MOMENT):
    with time_machine.travel(moment, tick=False):
        client.force_login(person)
        return " ".join(client.get(TODAY).content.decode().split())


def test_today_shows_time_place_who_and_how_far(client, planned):
    hand_in(planned, planned.first)
    text = shown(client, planned.coordinator)
    for fact in [
        "1 gesprek vandaag",
        "10.00 uur, Yusuf Demirel",
        "Huis van de Wijk",
        "Anna Aalders",
    ]:
        assert fact in text
    assert text.count("Heeft ingeleverd") == text.count("Nog niet ingeleverd") == 1


@pytest.mark.parametrize(
    ("moment", "there"),
    [
        (dt.datetime(2025, 6, 16, 21, 59, tzinfo=dt.UTC), False),
        (dt.datetime(2025, 6, 16, 22, 0, tzinfo=dt.UTC), True),
        (dt.datetime(2025, 6, 17, 21, 59, tzinfo=dt.UTC), True),
        (dt.datetime(2025, 6, 17, 22, 0, tzinfo=dt.UTC), False),
    ],
)
def test_today_is_a_day_in_amsterdam(client, planned, moment, there):
    assert ("Yusuf Demirel" in shown(client, planned.first, moment)) == there


@pytest.mark.parametrize("who", ["third", "participant"])
def test_today_shows_nobody_the_talks_of_others(client, planned, who):
    planned.participant = planned.enrolment.participant
    assert "0 gesprekken vandaag" in shown(client, getattr(planned, who))


def test_today_asks_as_much_of_the_database_for_three_talks_as_for_one(client, planned):
    asked = []
    with time_machine.travel(MOMENT, tick=False):
        client.force_login(planned.coordinator)
        client.get(TODAY)
        for count in (0, 2):
            for _ in range(count):
                enrolment = EnrolmentFactory(cohort=planned.cohort)
                SeatFactory(interview=FinalInterviewFactory(enrolment=enrolment))
            with CaptureQueriesContext(connection) as queries:
                client.get(TODAY)
            asked.append(len(queries))
    assert asked[0] == asked[1]


# What waits for an assessor


def waiting(person, moment=MOMENT):
    with time_machine.travel(moment, tick=False):
        return list(FinalInterview.objects.awaiting_rating_by(person))


def test_a_talk_waits_from_its_moment_until_one_has_handed_in(planned):
    assert not waiting(planned.first, MOMENT - dt.timedelta(seconds=1))
    [found] = waiting(planned.first)
    assert found.waiting_since == MOMENT
    assert not waiting(planned.third) and not waiting(planned.coordinator)
    hand_in(planned, planned.first)
    assert not waiting(planned.first) and waiting(planned.second)


def test_once_all_are_in_it_waits_for_each_since_the_last(planned):
    both_hand_in(planned)
    last = planned.interview.seats.order_by("-rated_at").first().rated_at
    for person in (planned.first, planned.second):
        [found] = waiting(person)
        assert found.waiting_since == last


def test_a_third_who_has_yet_to_rate_is_the_only_one_it_waits_for(planned):
    both_hand_in(planned, "good", "not_yet")
    actions.add_third(planned.interview, by=planned.coordinator, new=planned.third)
    assert waiting(planned.third) and not waiting(planned.first)
