import csv
import datetime as dt
import io

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from participants.models import Event
from tests.factories import (
    CohortFactory,
    EnrolmentFactory,
    ExemptionFactory,
    HourEntryFactory,
    PauseFactory,
    PopFactory,
    RoleFactory,
    ready_enrolment,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def cohort():
    return CohortFactory(name="Lichting 2025")


@pytest.fixture
def coordinator(cohort):
    return RoleFactory(coordinator=True, cohort=cohort).user


@pytest.fixture
def people(cohort):
    """Abel is ready, Bo has a plan to read, Cas has done nothing, Dina stopped."""
    named = {"cohort": cohort}
    abel = ready_enrolment(EnrolmentFactory(participant__name="Abel Oduya", **named))
    bo = EnrolmentFactory(participant__name="Bo Pinas", **named)
    PopFactory(enrolment=bo, status="shared")
    HourEntryFactory(enrolment=bo, minutes=90, approved=True)
    cas = EnrolmentFactory(participant__name="Cas Łukasz", **named)
    dina = EnrolmentFactory(participant__name="Dina Wardak", stopped=True, **named)
    return [abel, bo, cas, dina]


@pytest.fixture
def shown(client, cohort, coordinator):
    """The page of the cohort as its coordinator sees it, with single spaces."""

    def shown(query=""):
        client.force_login(coordinator)
        return " ".join(client.get(f"/lichtingen/{cohort.pk}/{query}").content.decode().split())

    return shown


@pytest.fixture
def names(client, cohort, people):
    """The names in the table for an address, in order."""

    def names(user, query=""):
        client.force_login(user)
        response = client.get(f"/lichtingen/{cohort.pk}/{query}")
        return [row.enrolment.participant.first_name for row in response.context["rows"]]

    return names


def test_the_table_shows_everybody_with_seven_criteria(shown, people):
    html = shown()
    assert "4 mensen, 1 kan een certificaat krijgen." in html
    assert html.count('<tr role="row">') == 5
    assert html.count("data-label=") == 4 * 7
    assert "Certificaat kan" in html
    assert "Gestopt" in html


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["Abel", "Bo", "Cas", "Dina"]),
        ("?toon=klaar", ["Abel"]),
        ("?toon=nog-niet", ["Bo", "Cas"]),
        ("?status=stopped", ["Dina"]),
        ("?status=applied", []),
        ("?mist=pop", ["Bo", "Cas", "Dina"]),
        ("?search=PIN", ["Bo"]),
        ("?search=łuk", ["Cas"]),
        ("?ordering=-werk", ["Abel", "Bo", "Cas", "Dina"]),
        ("?ordering=werk", ["Cas", "Dina", "Bo", "Abel"]),
        ("?toon=nog-niet&ordering=-werk", ["Bo", "Cas"]),
        ("?toon=onzin&ordering=onzin", ["Abel", "Bo", "Cas", "Dina"]),
        ("?na=99", ["Abel", "Bo", "Cas", "Dina"]),
    ],
)
def test_the_address_says_who_is_shown(names, coordinator, query, expected):
    assert names(coordinator, query) == expected


def test_waiting_for_me_depends_on_who_i_am(names, cohort, coordinator):
    assert names(coordinator, "?toon=ik") == ["Abel"]
    # Nobody planned a lesson for Bo and Cas: that is the trainer's turn, as is Bo's plan.
    assert names(RoleFactory(cohort=cohort).user, "?toon=ik") == ["Bo"]
    assert names(RoleFactory(cohort=cohort, assessor=True).user, "?toon=ik") == []


def test_who_applied_is_shown_to_who_decides_alone(names, cohort, coordinator):
    EnrolmentFactory(cohort=cohort, applied=True)
    assert len(names(coordinator, "?status=applied")) == 1
    assert names(RoleFactory(cohort=cohort).user, "?status=applied") == []


def test_who_is_not_ready_is_shown_with_the_reasons(shown, people):
    html = shown("?toon=nog-niet")
    assert "Gedeeld. De trainer leest het plan." in html
    assert "Nog 58,5 uur nodig." in html


@time_machine.travel(dt.datetime(2025, 3, 10, 9, tzinfo=dt.UTC))
def test_a_pause_is_named_with_its_last_day(shown, cohort):
    PauseFactory(enrolment__cohort=cohort, confirmed=True)
    assert "Pauze t/m ma 31 mrt" in shown()


def test_applications_and_asked_pauses_wait_above_the_table(shown, cohort):
    EnrolmentFactory(cohort=cohort, applied=True)
    PauseFactory(enrolment__cohort=cohort, enrolment__participant__name="Jo van 't Hof")
    html = shown()
    assert "1 aanmelding wacht op je besluit" in html
    assert "Jo van &#x27;t Hof vraagt om een pauze" in html


def test_a_pause_waits_for_who_coordinates_and_never_for_oneself(client, cohort):
    own = EnrolmentFactory(cohort=cohort)
    RoleFactory(coordinator=True, cohort=cohort, user=own.participant)
    PauseFactory(enrolment=own)
    for reader in (own.participant, RoleFactory(cohort=cohort).user):
        client.force_login(reader)
        assert "om een pauze" not in client.get(f"/lichtingen/{cohort.pk}/").content.decode()


def test_who_coordinates_another_cohort_only_does_not_coordinate_here(client, cohort):
    trainer = RoleFactory(cohort=cohort).user
    RoleFactory(coordinator=True, cohort=CohortFactory(), user=trainer)
    client.force_login(trainer)
    assert not client.get(f"/lichtingen/{cohort.pk}/").context["coordinates"]
    RoleFactory(coordinator=True, cohort=cohort, user=trainer)
    assert client.get(f"/lichtingen/{cohort.pk}/").context["coordinates"]


def test_oneself_is_in_the_table_without_a_page_of_staff(client, cohort):
    own = EnrolmentFactory(cohort=cohort)
    RoleFactory(coordinator=True, user=own.participant)
    client.force_login(own.participant)
    html = client.get(f"/lichtingen/{cohort.pk}/").content.decode()
    assert f"/?deelname={own.pk}" in html
    assert client.get(f"/deelnames/{own.pk}/").status_code == 404


@pytest.mark.parametrize(
    ("query", "asked"), [("", 7), ("?toon=ik", 8), ("?toon=nog-niet", 7), ("?ordering=studie", 7)]
)
def test_more_people_ask_no_more_queries(client, cohort, coordinator, query, asked):
    client.force_login(coordinator)
    client.get(f"/lichtingen/{cohort.pk}/")  # the first page of a login writes things down
    counts = []
    for more in (1, 2):
        for _one in range(more):
            HourEntryFactory(enrolment__cohort=cohort)
        with CaptureQueriesContext(connection) as queries:
            client.get(f"/lichtingen/{cohort.pk}/{query}")
        counts.append(len(queries))
    assert counts == [asked, asked]


def test_the_list_of_cohorts_asks_the_same_for_one_and_three(client):
    client.force_login(RoleFactory(coordinator=True).user)
    counts = []
    for more in (1, 2):
        for _one in range(more):
            EnrolmentFactory()
        with CaptureQueriesContext(connection) as queries:
            html = " ".join(client.get("/lichtingen/").content.decode().split())
        counts.append(len(queries))
    assert counts[0] == counts[1]
    assert html.count("1 mens.") == 3


@time_machine.travel(dt.datetime(2025, 3, 10, 9, tzinfo=dt.UTC))
def test_running_cohorts_come_first_then_the_next_then_the_last_that_finished(client):
    for name, starts_on, ends_on in [
        ("Lang geleden", dt.date(2022, 11, 28), dt.date(2023, 7, 7)),
        ("Later", dt.date(2026, 11, 26), dt.date(2027, 7, 8)),
        ("Straks", dt.date(2025, 11, 27), dt.date(2026, 7, 9)),
        ("Net klaar", dt.date(2023, 11, 27), dt.date(2024, 7, 5)),
        ("Laatste dag", dt.date(2024, 9, 2), dt.date(2025, 3, 10)),
        ("Eerste dag", dt.date(2025, 3, 10), dt.date(2025, 10, 1)),
    ]:
        CohortFactory(name=name, starts_on=starts_on, ends_on=ends_on)
    client.force_login(RoleFactory(coordinator=True).user)
    shown = [cohort.name for cohort in client.get("/lichtingen/").context["cohorts"]]
    running, rest = shown[:2], shown[2:]
    assert running == ["Eerste dag", "Laatste dag"]
    assert rest == ["Straks", "Later", "Net klaar", "Lang geleden"]


def test_two_tabs_with_two_cohorts_have_two_titles(client, shown, coordinator):
    html = shown()
    assert "<title>Lichting 2025: waar staat iedereen - Leerlijn</title>" in html
    assert "Lichting 2025, " in html.split("</h1>")[1]


@pytest.mark.parametrize("query", ["", "?toon=nog-niet", "?search=sara&ordering=werk"])
def test_people_with_one_name_are_told_apart_by_their_address(shown, cohort, query):
    EnrolmentFactory(cohort=cohort, participant__name="Sara de Vries", participant__email="s1@x.nl")
    EnrolmentFactory(cohort=cohort, participant__name="Sara De Vries", participant__email="s2@x.nl")
    EnrolmentFactory(cohort=cohort, participant__name="Sara Smit", participant__email="s3@x.nl")
    EnrolmentFactory(participant__name="Sara Smit")  # of another cohort
    html = shown(query)
    assert ("s1@x.nl" in html, "s2@x.nl" in html, "s3@x.nl" in html) == (True, True, False)


# The file


@pytest.fixture
def rows(client, cohort, coordinator):
    def rows(query=""):
        client.force_login(coordinator)
        address = f"/lichtingen/{cohort.pk}/meenemen/overview/{query}"
        response = client.post(address, {"form": "csv", "why": "meeting"})
        text = response.getvalue().decode()
        assert text.startswith("\ufeff")
        return list(csv.DictReader(io.StringIO(text[1:]), delimiter=";"))

    return rows


def test_the_file_has_minutes_and_hours_and_says_what_is_missing(rows, people):
    abel, bo, _cas, _dina = rows()
    assert abel["Certificaat kan"] == "ja"
    assert (bo["Naam"], bo["Stand"], bo["Certificaat kan"]) == ("Bo Pinas", "doet mee", "nee")
    assert (bo["Werk akkoord (min)"], bo["Werk akkoord (uur)"]) == ("90", "1,50")
    assert "POP: Gedeeld. De trainer leest het plan." in bo["Wat er nog mist"]
    assert "Trainer" in bo["Wie is aan zet"]


def test_the_file_holds_what_the_address_narrows_to(rows, people):
    assert [row["Naam"] for row in rows("?toon=klaar")] == ["Abel Oduya"]


def test_an_export_is_written_down(rows, cohort, coordinator, people):
    rows()
    event = Event.objects.decisions().get(act="overview_exported")
    assert (event.actor, event.subject) == (coordinator, f"cohort:{cohort.pk}")


def test_an_exemption_shows_in_the_file_and_its_reason_does_not(rows, cohort):
    ExemptionFactory(enrolment__cohort=cohort, reason="Geheim", criterion="work")
    [row] = rows()
    assert row["Werk behaald"] == "vrijstelling"
    assert "Geheim" not in str(row)


def test_who_stands_in_the_table_can_be_written_to_at_once(client, shown, cohort, people):
    abel, _bo, cas, dina = people
    address = f"/lichtingen/{cohort.pk}/bericht/?wie="
    assert f'{address}{cas.pk}">Stuur een bericht</a>' in shown("?search=Cas")
    everybody = shown()
    assert "Stuur deze 3 mensen een bericht" in everybody
    assert f"wie={abel.pk}" in everybody and f"wie={dina.pk}" not in everybody
    assert address not in shown("?status=stopped")


@pytest.mark.parametrize(("kind", "writes"), [("trainer", True), ("assessor", False)])
def test_a_trainer_may_write_from_the_table_and_from_the_page_of_a_person(
    client, cohort, people, kind, writes
):
    client.force_login(RoleFactory(cohort=cohort, kind=kind).user)
    for address in (f"/lichtingen/{cohort.pk}/", f"/deelnames/{people[2].pk}/"):
        assert ("/bericht/?wie=" in client.get(address).content.decode()) is writes


def test_names_stand_once_in_the_choice_of_an_order(shown, people):
    assert shown().count(">Naam</option>") == 1
