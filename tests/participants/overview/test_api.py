import datetime as dt

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from participants import paging, progress
from participants.models import Enrolment
from tests.factories import (
    CohortFactory,
    EnrolmentFactory,
    PauseFactory,
    RoleFactory,
    ready_enrolment,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def ask():
    """GETs an address of the API as somebody and returns the JSON."""

    def ask(user, address):
        client = APIClient()
        client.force_authenticate(user)
        return client.get(f"/api/v1/{address}").json()

    return ask


def test_me_tells_roles_and_own_enrolments(ask):
    enrolment = EnrolmentFactory()
    EnrolmentFactory(participant=enrolment.participant, status="declined")
    role = RoleFactory(user=enrolment.participant)
    assert ask(enrolment.participant, "me/") == {
        "email": enrolment.participant.email,
        "name": enrolment.participant.name,
        "roles": [{"kind": "trainer", "cohort": role.cohort_id}],
        "enrolments": [enrolment.pk],
    }


def test_a_cohort_tells_its_norms_in_minutes(ask):
    cohort = CohortFactory(study_minutes=3000)
    assert ask(EnrolmentFactory(cohort=cohort).participant, "cohorts/")["results"] == [
        {
            "id": cohort.pk,
            "name": cohort.name,
            "track": cohort.track.name,
            "starts_on": "2025-01-06",
            "ends_on": "2025-07-11",
            "study_minutes": 3000,
            "work_minutes": 3600,
        }
    ]


@pytest.fixture
def people():
    """Of one cohort: Abel is ready, Bo not, Cas stopped, Dina pauses."""
    cohort = CohortFactory()
    ready_enrolment(EnrolmentFactory(cohort=cohort, participant__name="Abel Oduya"))
    EnrolmentFactory(cohort=cohort, participant__name="Bo Pinas")
    EnrolmentFactory(cohort=cohort, participant__name="Cas Kok", stopped=True)
    PauseFactory(
        enrolment__cohort=cohort, enrolment__participant__name="Dina Wardak", confirmed=True
    )
    EnrolmentFactory(participant__name="Elders Nietvanmij")
    return cohort


@time_machine.travel(dt.datetime(2025, 3, 10, 9, tzinfo=dt.UTC))
@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("", "ABCD"),
        ("?status=active", "AB"),
        ("?status=paused", "D"),
        ("?status=stopped", "C"),
        ("?criteria_met=true", "A"),
        ("?criteria_met=false", "BCD"),
        ("?search=pin", "B"),
        ("?cohort=987654321", ""),
        ("?ordering=-name", "DCBA"),
    ],
)
def test_enrolments_are_narrowed_and_ordered(ask, people, query, names):
    trainer = RoleFactory(cohort=people).user
    results = ask(trainer, f"enrolments/{query}")["results"]
    assert "".join(row["name"][0] for row in results) == names


def test_an_enrolment_has_the_fields_of_the_contract(ask, people):
    results = ask(RoleFactory(cohort=people).user, f"enrolments/?cohort={people.pk}")["results"]
    enrolment = Enrolment.objects.get(participant__name="Abel Oduya")
    assert results[0] == {
        "id": enrolment.pk,
        "name": "Abel Oduya",
        "cohort": people.pk,
        "status": "active",
        "criteria_met": True,
    }


@pytest.mark.parametrize("ordering", ["id", "-id", "name", "-name", "state"])
def test_pages_hold_everybody_once(ask, people, ordering):
    trainer = RoleFactory(cohort=people).user
    seen, address = [], f"enrolments/?page_size=1&ordering={ordering}"
    while address:
        page = ask(trainer, address)
        seen += [row["id"] for row in page["results"]]
        address = page["next"] and page["next"].partition("/api/v1/")[2]
    assert sorted(seen) == sorted(people.enrolments.values_list("pk", flat=True))


@pytest.mark.parametrize("ordering", ["id", "-name", "state"])
def test_pages_of_who_is_not_ready_are_judged_in_blocks(ask, people, ordering, monkeypatch):
    monkeypatch.setattr(paging, "BLOCKS", (1, 2))
    trainer = RoleFactory(cohort=people).user
    address = f"enrolments/?criteria_met=false&page_size=1&ordering={ordering}"
    whole = ask(trainer, address.replace("page_size=1", "page_size=9"))["results"]
    there = turned(ask, trainer, address, "next")
    assert sorted(row["name"][0] for row in whole) == ["B", "C", "D"]
    assert [row for page in there for row in page["results"]] == whole
    back = turned(ask, trainer, there[-1]["previous"].partition("/api/v1/")[2], "previous")
    assert [row for page in back[::-1] for row in page["results"]] == whole[:-1]


def turned(ask, user, address, way):
    """The pages that one sees by going on in one direction."""
    found = []
    while address and len(found) < 9:
        found.append(ask(user, address))
        address = found[-1][way] and found[-1][way].partition("/api/v1/")[2]
    return found


def test_an_unknown_status_is_refused(ask, people):
    assert ask(RoleFactory(cohort=people).user, "enrolments/?status=weg")["code"] == "invalid"


def test_progress_is_what_the_page_reads(ask):
    enrolment = ready_enrolment(without=["interview"])
    answer = ask(enrolment.participant, f"enrolments/{enrolment.pk}/progress/")
    found = progress.of(Enrolment.objects.all()).get(pk=enrolment.pk)
    assert (answer["enrolment"], answer["criteria_met"]) == (enrolment.pk, False)
    left_out = {"returned", "started", "lowered_by"}
    assert answer["criteria"] == [
        {key: value for key, value in line.items() if key not in left_out}
        for line in progress.lines(found)
    ]


def test_somebody_elses_progress_is_not_there(ask):
    mine, other = EnrolmentFactory(), EnrolmentFactory()
    foreign = ask(mine.participant, f"enrolments/{other.pk}/progress/")
    assert foreign == ask(mine.participant, "enrolments/999999/progress/")
    assert foreign["code"] == "not_found"


@pytest.mark.parametrize("address", ["enrolments/", "cohorts/", "me/"])
def test_more_rows_ask_no_more_queries(ask, address):
    user = RoleFactory(coordinator=True).user
    counts = []
    for more in (1, 2):
        for _one in range(more):
            EnrolmentFactory()
            RoleFactory(user=user)
        with CaptureQueriesContext(connection) as queries:
            ask(user, address)
        counts.append(len(queries))
    assert counts[0] == counts[1]
