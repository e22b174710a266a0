"""The list of people of all cohorts, the heads that sort, and the picture of a cohort."""

import re

import pytest
import time_machine
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from participants.overview import columns
from tests.factories import (
    CohortFactory,
    EnrolmentFactory,
    ExemptionFactory,
    HourEntryFactory,
    RoleFactory,
    ready_enrolment,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def coordinator(client):
    user = RoleFactory(coordinator=True).user
    client.force_login(user)
    return user


def people_on(response):
    return [row.enrolment.participant.name for row in response.context["rows"]]


def hrefs(query, sortable=columns.COHORT):
    return {str(head.label): head for head in columns.heads(QueryDict(query), sortable)}


def test_people_of_all_cohorts_stand_in_one_list_with_their_cohort(client, coordinator):
    for name in ("Abel Oduya", "Cas Visser", "Bo Pinas"):
        EnrolmentFactory(participant__name=name, cohort=CohortFactory(name=f"Groep van {name}"))
    EnrolmentFactory(participant__name="Dina Aangemeld", applied=True)
    response = client.get("/mensen/")
    assert people_on(response) == ["Abel Oduya", "Bo Pinas", "Cas Visser"]
    assert "Groep van Bo Pinas" in response.content.decode()


def test_the_list_narrows_by_cohort_name_and_criterion(client, coordinator):
    ready = ready_enrolment(EnrolmentFactory(participant__name="Abel Oduya"))
    EnrolmentFactory(participant__name="Bo Pinas")
    for query in (f"lichting={ready.cohort_id}", "search=abel", "toon=klaar"):
        assert people_on(client.get(f"/mensen/?{query}")) == ["Abel Oduya"]
    assert people_on(client.get("/mensen/?mist=pop")) == ["Bo Pinas"]
    assert "Toon iedereen" in client.get("/mensen/?search=niemand").content.decode()


def test_the_list_narrows_to_those_with_whom_it_is_time_to_talk(client, coordinator):
    behind, _done = EnrolmentFactory(), ready_enrolment()
    with time_machine.travel("2025-06-20T12:00:00+02:00"):
        assert people_on(client.get("/mensen/?toon=praten")) == [behind.participant.name]


def test_a_trainer_finds_only_the_people_of_the_own_cohorts(client):
    mine = EnrolmentFactory()
    EnrolmentFactory()
    client.force_login(RoleFactory(cohort=mine.cohort).user)
    assert people_on(client.get("/mensen/")) == [mine.participant.name]


def test_whose_turn_it_is_follows_the_role_in_the_cohort_of_each(client):
    trained, assessed = EnrolmentFactory(), EnrolmentFactory()
    user = RoleFactory(cohort=trained.cohort).user
    RoleFactory(user=user, cohort=assessed.cohort, assessor=True)
    client.force_login(user)
    for enrolment in (trained, assessed):
        HourEntryFactory(enrolment=enrolment)
    rows = client.get("/mensen/").context["rows"]
    assert [row.is_mine for row in rows] == [True, True]


def test_as_many_queries_for_people_of_three_cohorts_as_of_one(client, coordinator):
    counts = []
    for _turn in range(3):
        HourEntryFactory()
        with CaptureQueriesContext(connection) as queries:
            client.get("/mensen/")
        counts.append(len(queries))
    assert counts[0] == counts[2], counts


def test_a_head_sorts_the_most_first_and_turns_at_the_second_press():
    assert hrefs("")["Studie"].href == "?ordering=-studie"
    assert hrefs("")["Naam"].sorted == "ascending"
    assert hrefs("ordering=-studie")["Studie"].href == "?ordering=studie"
    assert hrefs("ordering=-studie")["Studie"].sorted == "descending"
    assert hrefs("ordering=-studie")["Naam"].sorted == ""


def test_a_head_keeps_what_the_list_is_narrowed_to_and_begins_at_the_first_page():
    address = hrefs("mist=pop&na=17&vorm=beeld")["Werk"].href
    assert address == "?mist=pop&vorm=beeld&ordering=-werk"


def test_over_all_cohorts_only_the_name_sorts():
    heads = hrefs("", columns.PEOPLE).values()
    assert [str(head.label) for head in heads if head.href] == ["Naam"]


@pytest.mark.parametrize("word", [word for word, _label in columns.COHORT])
def test_every_head_sorts_both_ways(client, coordinator, word):
    cohort = CohortFactory()
    ready_enrolment(EnrolmentFactory(cohort=cohort, participant__name="Abel Oduya"))
    EnrolmentFactory(
        cohort=cohort, participant__name="Bo Pinas", status="stopped", ends_on=cohort.ends_on
    )
    turned = word[1:] if word.startswith("-") else f"-{word}"
    there, back = (
        people_on(client.get(f"/lichtingen/{cohort.pk}/?ordering={asked}"))
        for asked in (word, turned)
    )
    assert there == ["Abel Oduya", "Bo Pinas"] and back == there[::-1]


def test_the_picture_says_in_words_what_its_shapes_say(client, coordinator):
    enrolment = ready_enrolment(without=["pop"], work=1800)
    HourEntryFactory(enrolment=enrolment, minutes=90)
    ExemptionFactory(enrolment=enrolment, criterion="pop")
    page = client.get(f"/lichtingen/{enrolment.cohort_id}/?vorm=beeld").content.decode()
    cells = re.findall(r'data-label="(\w+)">(.*?)</td>', page, re.DOTALL)
    said = {label: " ".join(re.sub("<[^>]+>", "", cell).split()) for label, cell in cells}
    assert said["Werk"] == "bezig, 30 van de 60 uur, 1,5 uur ingediend"
    assert said["POP"] == "behaald, vrijstelling"
    assert said["Lessen"].startswith("behaald, ")
    assert page.count("ll-shape--exempt") == 2  # in the key, and here


def test_the_picture_counts_who_met_each_criterion(client, coordinator):
    cohort = CohortFactory()
    ready_enrolment(EnrolmentFactory(cohort=cohort))
    EnrolmentFactory(cohort=cohort)
    response = client.get(f"/lichtingen/{cohort.pk}/?vorm=beeld")
    assert response.context["met"] == [(1, 2)] * 7


def test_the_choice_of_picture_stays_with_the_filters(client, coordinator):
    enrolment = EnrolmentFactory()
    page = client.get(f"/lichtingen/{enrolment.cohort_id}/?vorm=beeld&mist=pop").content.decode()
    assert '<input type="hidden" name="vorm" value="beeld">' in page
    assert f'href="/lichtingen/{enrolment.cohort_id}/?mist=pop"' in page
