"""The pages: asking, thinking again, doing so for somebody, and the terms of a cohort."""

import datetime as dt

import pytest
from django.utils import timezone

from participants.erasing import actions, retention
from participants.models import Keeping, User
from tests.factories import CohortFactory, EnrolmentFactory, RoleFactory

pytestmark = pytest.mark.django_db


def text(response):
    return " ".join(response.content.decode().split())


@pytest.fixture
def enrolment():
    return EnrolmentFactory()


@pytest.fixture
def coordinator(client, enrolment):
    by = RoleFactory(coordinator=True, cohort=enrolment.cohort).user
    client.force_login(by)
    return by


def test_one_asks_sees_it_on_every_page_and_thinks_again(client, enrolment):
    client.force_login(enrolment.participant)
    assert "Wis mijn gegevens".lower() in text(client.get("/mijn-gegevens/wissen/")).lower()
    asked = text(client.post("/mijn-gegevens/wissen/", follow=True))
    assert "Tot die dag kan het nog terug" in asked and "Laat alles staan" in asked
    assert "wissen we alles" in text(client.get("/uren/"))
    client.post("/mijn-gegevens/wissen/terug/")
    assert "wissen we alles" not in text(client.get("/uren/"))


def test_asked_on_request_names_the_person_and_takes_a_reason(client, enrolment, coordinator):
    address = f"/wissen/{enrolment.participant_id}/"
    assert address in text(client.get(f"/deelnames/{enrolment.pk}/"))
    assert "Schrijf op waarom" in text(client.post(address, {"reason": ""}))
    told = text(client.post(address, {"reason": "Belde erover"}, follow=True))
    assert enrolment.participant.name in told and "Laat alles staan" in told
    assert "worden deze gegevens gewist" in text(client.get(f"/deelnames/{enrolment.pk}/"))
    client.post(f"{address}terug/")
    assert not User.objects.filter(erase_on__isnull=False).exists()


def test_of_a_subsidised_cohort_the_accounting_goes_first(client, enrolment, coordinator):
    address = f"/wissen/{enrolment.participant_id}/"
    assert "verantwoording" not in text(client.get(address))
    retention.set_subsidised(enrolment.cohort, True, by=coordinator)
    assert f"/lichtingen/{enrolment.cohort_id}/verantwoording/" in text(client.get(address))


def test_somebody_is_found_by_the_whole_address_and_only_by_whose_work_it_is(
    client, enrolment, coordinator
):
    sent = {"email": enrolment.participant.email.upper()}
    found = client.post("/bewaren/zoek/", sent)
    assert found.url == f"/wissen/{enrolment.participant_id}/"
    for other in (EnrolmentFactory().participant, coordinator):
        missed = client.post("/bewaren/zoek/", {"email": other.email})
        assert "kun jij niemand wissen" in text(missed)


def test_the_list_shows_who_goes_and_what_goes(client, enrolment, coordinator):
    cohort = enrolment.cohort
    ends_on = retention.years_after(timezone.localdate(), -2) + dt.timedelta(days=3)
    cohort.starts_on, cohort.ends_on = ends_on - dt.timedelta(days=9), ends_on
    cohort.save()
    retention.run()
    actions.ask(enrolment.participant, by=coordinator, reason="Belde")
    page = text(client.get("/bewaren/"))
    assert enrolment.participant.name in page
    assert "plannen, gesprekken, bestanden en omschrijvingen" in page


def test_a_cohort_is_held_released_and_noted_as_subsidised(client, enrolment, coordinator):
    address = f"/bewaren/{enrolment.cohort_id}/"
    assert "Schrijf op waarom" in text(client.post(address, {"reason": ""}))
    assert "De accountant" in text(client.post(address, {"reason": "De accountant"}, follow=True))
    assert "wordt al vastgehouden" in text(client.post(address, {"reason": "Weer"}, follow=True))
    client.post(f"{address}vrijgeven/")
    assert Keeping.objects.get().held_at is None
    assert "niet vastgehouden" in text(client.post(f"{address}vrijgeven/", follow=True))
    for answer in ("yes", "no"):
        client.post(f"{address}subsidie/", {"subsidised": answer})
        assert Keeping.objects.get().is_subsidised == (answer == "yes")


def test_as_many_queries_for_three_cohorts_as_for_one(
    client, enrolment, coordinator, django_assert_max_num_queries
):
    with django_assert_max_num_queries(100) as one:
        client.get("/bewaren/")
    for cohort in CohortFactory.create_batch(2):
        RoleFactory(user=coordinator, coordinator=True, cohort=cohort)
    # One more a cohort: whether its register has a name left.
    with django_assert_max_num_queries(len(one) + 2):
        client.get("/bewaren/")
