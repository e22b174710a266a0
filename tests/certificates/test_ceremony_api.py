"""The ceremony by the other door: who is ready, a batch, and one large file."""

import uuid

import pytest
from rest_framework.test import APIClient

from certificates.ceremonies import bundling
from certificates.models import Certificate
from tests.factories import EnrolmentFactory, RoleFactory, ready_enrolment
from tests.factories.certificates import CertificateFactory

pytestmark = pytest.mark.django_db
BATCHES, BUNDLES = "/api/v1/batches/", "/api/v1/bundles/"


@pytest.fixture
def ready():
    return ready_enrolment()


@pytest.fixture
def office(ready):
    client = APIClient()
    client.force_authenticate(RoleFactory(kind="coordinator", cohort=ready.cohort).user)
    return client


def test_who_is_ready_and_who_not_and_why(office, ready):
    EnrolmentFactory(cohort=ready.cohort)
    seen = office.get(f"{BATCHES}preview/", {"cohort": ready.cohort_id}).json()
    assert [(one["enrolment"], one["missing"]) for one in seen["ready"]] == [(ready.pk, [])]
    assert len(seen["not_ready"]) == 1
    assert "work" in seen["not_ready"][0]["missing"]


def test_a_batch_is_made_once_and_says_what_came_of_each(
    office, ready, django_capture_on_commit_callbacks
):
    late = EnrolmentFactory(cohort=ready.cohort)
    keys = [ready.pk, late.pk]
    sent = {"cohort": ready.cohort_id, "enrolments": keys, "client_id": str(uuid.uuid4())}
    with django_capture_on_commit_callbacks(execute=True):
        first = office.post(BATCHES, sent)
        again = office.post(BATCHES, sent)
    assert (first.status_code, again.json()) == (201, first.json())
    now = office.get(f"{BATCHES}{first.json()['id']}/").json()
    assert (now["total"], now["made"], now["passed"]) == (2, 1, 1)
    lines = office.get(f"{BATCHES}{now['id']}/lines/").json()
    number = Certificate.objects.get().number
    assert [line["certificate"] for line in lines] == [number, None]
    assert lines[1]["why"]


def test_people_of_another_cohort_are_not_there(office, ready):
    other = ready_enrolment()
    for cohort, person in ((ready.cohort_id, other.pk), (other.cohort_id, other.pk)):
        asked = {"cohort": cohort, "enrolments": [person]}
        assert office.post(BATCHES, asked).status_code == 404
    assert not Certificate.objects.exists()


def test_a_file_is_fetched_by_who_asked_for_it_once_it_is_whole(
    office, ready, django_capture_on_commit_callbacks
):
    CertificateFactory(enrolment=ready)
    asked = {"cohort": ready.cohort_id, "kind": "zip", "why": "ceremony"}
    assert office.post(BUNDLES, asked | {"why": "other"}).json()["fields"].keys() == {"reason"}
    made = office.post(BUNDLES, asked).json()
    bundling.carry_out(made["id"])
    mine = f"{BUNDLES}{made['id']}/"
    assert office.get(mine).json()["is_there"] is True
    assert b"".join(office.get(f"{mine}file/").streaming_content)[:2] == b"PK"
    colleague = APIClient()
    colleague.force_authenticate(RoleFactory(coordinator=True).user)
    assert colleague.get(f"{mine}file/").status_code == 404
