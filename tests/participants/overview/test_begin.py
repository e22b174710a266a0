import datetime as dt

import factory
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.factories import (
    CohortFactory,
    EnrolmentFactory,
    ExemptionFactory,
    HourEntryFactory,
    PauseFactory,
    PlacementFactory,
    RoleFactory,
    UserFactory,
    ready_enrolment,
)
from tests.factories.certificates import CertificateFactory
from tests.factories.cohorts import MOMENT

pytestmark = pytest.mark.django_db
CONFIRMED = {
    "name_confirmed_at": MOMENT,
    "name_confirmed_by": factory.SubFactory(UserFactory),
}


@pytest.fixture
def shown(client):
    """A page as somebody sees it, with single spaces."""

    def shown(user, address="/"):
        client.force_login(user)
        return " ".join(client.get(address).content.decode().split())

    return shown


def test_the_first_screen_has_one_button_two_pictures_and_five_steps(shown):
    enrolment = EnrolmentFactory(participant__name="Marisol Martina")
    html = shown(enrolment.participant)
    assert "Dag Marisol, fijn dat je er bent</h1>" in html
    assert html.count('class="ams-button ams-button--primary ll-big"') == 1
    assert html.count('class="ll-hours ') == 2
    assert html.count('<li class="ll-step">') == 5
    assert html.index('id="uren-study"') < html.index('id="uren-work"')


def test_the_contact_of_the_cohort_can_be_called(shown):
    cohort = CohortFactory(contact_name="Ellen Brouwer", contact_phone="06 0000 0000")
    html = shown(EnrolmentFactory(cohort=cohort).participant)
    assert "Ellen Brouwer helpt je graag" in html
    assert 'href="tel:0600000000"' in html


def test_the_first_screen_asks_at_most_eight_queries_whatever_there_is(client):
    enrolment = ready_enrolment(without=["interview"])
    client.force_login(enrolment.participant)
    counts = []
    for _time in range(2):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get("/").status_code == 200
        counts.append(len(queries))
        for day in range(1, 20):
            HourEntryFactory(enrolment=enrolment, date=dt.date(2025, 3, day))
        EnrolmentFactory(participant=enrolment.participant, stopped=True)
    assert counts[0] == counts[1] <= 8


def test_the_running_enrolment_comes_first_and_others_are_links(shown):
    old = EnrolmentFactory(status="completed", cohort__name="Lichting van vroeger")
    now = EnrolmentFactory(participant=old.participant, cohort__name="Lichting van nu")
    html = shown(old.participant)
    assert f'href="?deelname={old.pk}"' in html
    assert f'href="?deelname={now.pk}"' not in html
    assert f'href="?deelname={now.pk}"' in shown(old.participant, f"/?deelname={old.pk}")


@pytest.mark.parametrize("asked", ["0", "x", "999999"])
def test_only_ones_own_enrolments_can_be_asked_for(client, asked):
    other = EnrolmentFactory()
    client.force_login(EnrolmentFactory().participant)
    foreign = client.get(f"/?deelname={other.pk}")
    missing = client.get(f"/?deelname={asked}")
    assert (foreign.status_code, missing.status_code) == (404, 404)
    assert foreign.content == missing.content


@pytest.mark.parametrize(
    ("role", "address"),
    [
        ({}, "/wacht/"),
        ({"assessor": True}, "/wacht/"),
        ({"coordinator": True}, "/wacht/"),
        ({"administrator": True}, "/beheer/"),
    ],
)
def test_staff_begin_where_their_work_is(client, role, address):
    client.force_login(RoleFactory(**role).user)
    assert client.get("/").url == address


def test_a_trainer_who_takes_part_begins_with_that(client):
    enrolment = EnrolmentFactory()
    RoleFactory(user=enrolment.participant)
    client.force_login(enrolment.participant)
    assert client.get("/").status_code == 200


def test_somebody_without_a_cohort_reads_what_will_happen(shown):
    assert "Je staat nog niet in een lichting" in shown(UserFactory())


def test_more_shows_ones_own_facts_and_no_others(shown):
    enrolment = EnrolmentFactory()
    ExemptionFactory(enrolment=enrolment, reason="Eerder al aangetoond")
    ExemptionFactory(reason="Van iemand anders")
    PauseFactory(enrolment=enrolment)
    PlacementFactory(enrolment=enrolment, supervisor__name="Karim Zonneveld")
    html = shown(enrolment.participant, "/meer/")
    assert enrolment.participant.email in html
    assert "Eerder al aangetoond" in html
    assert "Van iemand anders" not in html
    assert "Karim Zonneveld" in html
    assert "Neem je vraag terug" in html
    assert "/beheer/" not in html


def test_more_asks_the_same_whatever_there_is(client):
    enrolment = PlacementFactory().enrolment
    client.force_login(enrolment.participant)
    counts = []
    for _time in range(2):
        with CaptureQueriesContext(connection) as queries:
            client.get("/meer/")
        counts.append(len(queries))
        for _other in range(2):
            other = EnrolmentFactory(participant=enrolment.participant)
            PlacementFactory(enrolment=other)
            PauseFactory(enrolment=other)
            ExemptionFactory(enrolment=other)
    assert counts[0] == counts[1]


@pytest.mark.parametrize(
    ("role", "link"),
    [
        ({"administrator": True}, "/beheer/"),
        ({"coordinator": True}, "/certificaten/"),
        ({}, "/trainingen/voorstellen/"),
    ],
)
def test_more_leads_each_role_to_its_pages(shown, role, link):
    assert f'href="{link}"' in shown(RoleFactory(**role).user, "/meer/")


@pytest.mark.parametrize(
    "link",
    ["/gesprekken/", "/trainingen/", "/leerplekken/", "/mijn-gegevens/", "/certificaat/"],
)
def test_more_leads_a_participant_to_what_is_not_in_the_menu(shown, link):
    assert f'href="{link}"' in shown(EnrolmentFactory().participant, "/meer/")


def test_on_the_day_of_the_certificate_joy_comes_first(shown):
    certificate = CertificateFactory(enrolment__participant__name="Marisol Martina")
    html = shown(certificate.enrolment.participant)
    assert "Marisol, je certificaat is er!" in html
    assert "Eén ding nu" not in html


def test_before_the_award_date_nothing_gives_it_away(shown):
    tomorrow = timezone.localdate() + dt.timedelta(days=1)
    certificate = CertificateFactory(
        enrolment=ready_enrolment(status="completed", **CONFIRMED), award_date=tomorrow
    )
    html = shown(certificate.enrolment.participant)
    assert "je certificaat is er" not in html
    assert certificate.number not in html
    assert "Wij maken je certificaat" in html


def test_who_stopped_sees_how_far_it_came_and_is_asked_nothing(shown):
    html = shown(EnrolmentFactory(stopped=True).participant)
    assert "Zo ver kwam je" in html
    assert "De andere stappen" not in html
    assert ">Jij<" not in html
    assert " nodig." not in html
    assert "Wat is een POP?" not in html
    assert "Wat is intervisie?" not in html
    assert html.count('<li class="ll-step">') == 5


def test_on_a_pause_the_steps_are_for_later(shown):
    enrolment = EnrolmentFactory()
    assert ">Jij<" in shown(enrolment.participant)
    PauseFactory(enrolment=enrolment, starts_on=timezone.localdate(), ends_on=None, confirmed=True)
    for address in ("/", "/lessen/"):
        html = shown(enrolment.participant, address)
        assert ">Jij<" not in html
        assert address == "/lessen/" or ">Na je pauze<" in html


def test_after_the_end_the_contact_of_another_cohort_of_the_track_helps(shown):
    ended = CohortFactory(
        contact_name="", starts_on=dt.date(2020, 1, 1), ends_on=dt.date(2020, 6, 1)
    )
    person = EnrolmentFactory(cohort=ended).participant
    CohortFactory(contact_name="Iemand Anders")
    for address in ("/", "/meer/"):
        assert "Vraag het je trainer." in shown(person, address)
    CohortFactory(contact_name="Ellen Brouwer", track=ended.track)
    for address in ("/", "/meer/"):
        assert "Ellen Brouwer helpt je graag" in shown(person, address)
