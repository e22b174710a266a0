"""That an exemption exists shows wherever the criterion is shown; its reason to few."""

import pytest
from django.urls import reverse
from rest_framework.test import APIClient

from certificates import actions, facts, participation
from certificates.models import Certificate
from participants import progress
from participants.enrolments.models import CriterionKey
from participants.models import Enrolment
from tests.factories import (
    EnrolmentFactory,
    ExemptionFactory,
    HourEntryFactory,
    RoleFactory,
    ready_enrolment,
)

pytestmark = pytest.mark.django_db
REASON = "Liet dit eerder zien"
WORD = "rijstelling"


@pytest.fixture
def enrolment():
    return EnrolmentFactory(participant__name="Bo Pinas")


@pytest.fixture
def coordinator():
    return RoleFactory(coordinator=True).user


@pytest.fixture(params=[*CriterionKey.values, "lowered"])
def exemption(request, enrolment):
    """One for each criterion, and one that takes hours off a norm."""
    if request.param == "lowered":
        return ExemptionFactory(enrolment=enrolment, criterion="study", minutes=600, reason=REASON)
    return ExemptionFactory(enrolment=enrolment, criterion=request.param, reason=REASON)


def seen(client, user, address):
    client.force_login(user)
    response = client.get(address)
    assert response.status_code == 200
    body = b"".join(response.streaming_content) if response.streaming else response.content
    return " ".join(body.decode().split())


def test_the_participant_reads_it_on_the_first_screen(client, enrolment, exemption):
    assert WORD in seen(client, enrolment.participant, "/")


def test_the_participant_reads_the_reason_under_more(client, enrolment, exemption):
    html = seen(client, enrolment.participant, "/meer/")
    assert WORD in html and REASON in html


def test_staff_read_it_and_its_reason_with_the_person(client, enrolment, exemption):
    for kind in ("trainer", "assessor", "coordinator"):
        user = RoleFactory(cohort=enrolment.cohort, kind=kind).user
        html = seen(type(client)(), user, f"/deelnames/{enrolment.pk}/")
        assert html.count(WORD) >= 2 and REASON in html


@pytest.mark.parametrize("query", ["", "?toon=nog-niet"])
def test_the_table_of_the_cohort_shows_it_without_the_reason(
    client, enrolment, exemption, coordinator, query
):
    html = seen(client, coordinator, f"/lichtingen/{enrolment.cohort_id}/{query}")
    # Who is not ready, and why: only what is open is told there.
    if not query or exemption.minutes:
        assert WORD in html
    assert REASON not in html


def test_the_file_shows_it_without_the_reason(client, enrolment, exemption, coordinator):
    client.force_login(coordinator)
    address = f"/lichtingen/{enrolment.cohort_id}/meenemen/overview/"
    csv = client.post(address, {"form": "csv", "why": "meeting"}).getvalue().decode()
    assert WORD in csv and REASON not in csv


def test_the_api_tells_it_without_the_reason(enrolment, exemption):
    api = APIClient()
    api.force_authenticate(enrolment.participant)
    response = api.get(reverse("api:enrolments-progress", kwargs={"pk": enrolment.pk}))
    told = {line["key"]: line["exempted"] for line in response.json()["criteria"]}
    assert {key for key, exempted in told.items() if exempted} == {exemption.criterion}
    assert WORD in response.content.decode() and REASON not in response.content.decode()


def test_a_norm_that_was_lowered_says_by_how_much(enrolment):
    ExemptionFactory(enrolment=enrolment, criterion="work", minutes=90)
    HourEntryFactory(enrolment=enrolment, minutes=60, approved=True)
    found = progress.of(Enrolment.objects.all()).get()
    work = next(line for line in progress.lines(found) if line["key"] == "work")
    assert (work["lowered_by"], work["required"], work["exempted"]) == (90, 3510, False)
    assert "Vrijstelling: 1,5 uur minder nodig." in work["explanation"]


@pytest.mark.parametrize("key", CriterionKey.values)
def test_certificate_and_check_page_name_neither(client, key, coordinator):
    enrolment = ready_enrolment(without=[key])
    ExemptionFactory(enrolment=enrolment, criterion=key, reason=REASON)
    certificate = actions.issue(enrolment, by=coordinator)
    assert WORD not in str(certificate.facts) and REASON not in str(certificate.evidence)
    Certificate.objects.filter(pk=certificate.pk).update(shown="full")
    html = client.get(f"/controle/{certificate.code}/").content.decode()
    assert WORD not in html and REASON not in html
    assert REASON not in str(facts.findings([enrolment]))


def test_the_statement_for_who_stops_names_neither(enrolment, exemption, coordinator):
    Enrolment.objects.update(status="stopped", ends_on=enrolment.starts_on)
    enrolment.refresh_from_db()
    made = participation.make_statement(enrolment, by=coordinator)
    assert WORD not in str(made.facts) and REASON not in str(made.facts)
