"""Planning by the other door: once, on several days, otherwise, and called off."""

import uuid

import pytest
from rest_framework.test import APIClient

from participants.models import Session
from tests.factories import CohortFactory, RoleFactory

pytestmark = pytest.mark.django_db
SESSIONS = "/api/v1/sessions/"


@pytest.fixture
def cohort():
    return CohortFactory()


@pytest.fixture
def office(cohort):
    client = APIClient()
    client.force_authenticate(RoleFactory(kind="trainer", cohort=cohort).user)
    return client


@pytest.fixture
def facts(cohort):
    told = {"kind": "lesson", "title": "Grenzen stellen", "starts_at": "10:00", "minutes": 150}
    return {**told, "cohorts": [cohort.pk]}


def test_a_series_is_planned_once_and_all_or_none(office, facts):
    sent = {**facts, "dates": ["2025-03-18", "2025-03-25"], "client_id": str(uuid.uuid4())}
    first = office.post(f"{SESSIONS}series/", sent)
    assert (first.status_code, len(first.json())) == (201, 2)
    assert office.post(f"{SESSIONS}series/", sent).json() == first.json()
    twice = {**facts, "dates": ["2025-04-01", "2025-04-01"]}
    assert office.post(f"{SESSIONS}series/", twice).json()["code"] == "same_day_twice"
    assert Session.objects.count() == 2


def test_a_meeting_is_planned_moved_and_called_off(office, facts):
    made = office.post(SESSIONS, {**facts, "date": "2025-03-18"}).json()
    one = f"{SESSIONS}{made['id']}/"
    moved = office.patch(one, {"date": "2025-03-19", "place": "Huis van de Wijk"}).json()
    assert (moved["date"], moved["was_on"], moved["minutes"]) == ("2025-03-19", "2025-03-18", 150)
    assert office.post(f"{one}cancel/").json()["cancelled"] is True
    assert office.post(f"{one}cancel/").json()["code"] == "cancelled"
    assert office.patch(one, {"title": "Anders"}).json()["code"] == "cancelled"


def test_nobody_plans_for_a_cohort_of_others(office, facts):
    other = {**facts, "cohorts": [CohortFactory().pk], "date": "2025-03-18"}
    assert office.post(SESSIONS, other).json()["fields"].keys() == {"cohorts"}
    assert office.post(SESSIONS, {**facts, "cohorts": [], "date": "2025-03-18"}).status_code == 400
    assert not Session.objects.exists()
