import datetime as dt
import re
from pathlib import Path

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from participants import pace
from participants.events.actions import decided
from participants.models import Enrolment, Exemption, Pause
from participants.overview.acts import NOT_ABOUT_A_PERSON, WORDS
from tests.factories import (
    EnrolmentFactory,
    ExemptionFactory,
    HourEntryFactory,
    PauseFactory,
    PlacementFactory,
    RoleFactory,
    TrainingChoiceFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def enrolment():
    return EnrolmentFactory(participant__name="Bo Pinas")


@pytest.fixture
def coordinator(client):
    user = RoleFactory(coordinator=True).user
    client.force_login(user)
    return user


@pytest.fixture
def shown(client, enrolment):
    """The page of the person for a role of the cohort; without one: for who is logged in."""

    def shown(**role):
        if role:
            client.force_login(RoleFactory(cohort=enrolment.cohort, **role).user)
        html = client.get(f"/deelnames/{enrolment.pk}/").content.decode()
        return " ".join(html.split())

    return shown


@pytest.fixture
def answer(client, coordinator, enrolment):
    """Posts a decision and returns (status, page or address)."""

    def answer(what, data=None, of=enrolment):
        response = client.post(f"/deelnames/{of.pk}/{what}/", data or {})
        return response.status_code, getattr(response, "url", response.content.decode())

    return answer


def test_the_page_explains_each_criterion(shown, coordinator, enrolment):
    HourEntryFactory(enrolment=enrolment, description="Spreekuur in de buurt")
    PlacementFactory(enrolment=enrolment, supervisor__name="Karim Zonneveld")
    TrainingChoiceFactory(enrolment=enrolment, own=True)
    html = shown()
    for words in (
        "De zeven voorwaarden",
        "Er wacht nog 1 uur op akkoord.",
        "Spreekuur in de buurt",
        "Karim Zonneveld",
        "Rouw en verlies",
        "Nog niet bevestigd",
    ):
        assert words in html


def test_staff_read_the_reason_of_an_exemption_and_only_coordinators_withdraw_it(shown, enrolment):
    ExemptionFactory(enrolment=enrolment, reason="Eerder al aangetoond")
    trainer = shown(kind="trainer")
    assert "Eerder al aangetoond" in trainer
    assert "intrekken" not in trainer
    assert "intrekken" in shown(kind="coordinator")


def test_a_private_note_and_a_draft_of_hours_stay_private(shown, coordinator, enrolment):
    HourEntryFactory(enrolment=enrolment, private_note="Dit is van mij")
    HourEntryFactory(enrolment=enrolment, draft=True, description="Nog niet af")
    assert "Dit is van mij" not in shown()
    assert "Nog niet af" not in shown()


def test_the_page_asks_no_more_queries_for_more_rows(client, shown, coordinator, enrolment):
    counts = []
    for more in (1, 2):
        for _one in range(more):
            HourEntryFactory(enrolment=enrolment)
            PlacementFactory(enrolment=enrolment)
            TrainingChoiceFactory(enrolment=enrolment)
            PauseFactory(enrolment=enrolment)
        with CaptureQueriesContext(connection) as queries:
            shown()
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_an_applicant_is_judged_on_a_page_of_its_own(shown, answer, coordinator, enrolment):
    Enrolment.objects.update(status="applied", decided_at=None, decided_by=None, did_training=True)
    assert "Laat niet toe" in shown()
    status, html = answer("toelaten", {"reason": " "})
    assert (status, "Schrijf op waarom." in html) == (200, True)
    assert answer("toelaten", {"reason": "Past goed"}) == (302, f"/deelnames/{enrolment.pk}/")
    enrolment.refresh_from_db()
    assert (enrolment.status, enrolment.decision_reason) == ("active", "Past goed")
    assert "Over deze aanmelding is al besloten" in answer("toelaten", {"reason": "Nog eens"})[1]


def test_declining_keeps_the_reason(answer, enrolment):
    Enrolment.objects.update(status="applied", decided_at=None, decided_by=None)
    assert answer("niet-toelaten", {"reason": "De groep is vol"})[0] == 302
    enrolment.refresh_from_db()
    assert (enrolment.status, enrolment.decision_reason) == ("declined", "De groep is vol")


def test_stopping_and_going_on(answer, enrolment):
    assert answer("stoppen", {"last_day": "2025-04-01"})[0] == 302
    enrolment.refresh_from_db()
    assert (enrolment.status, enrolment.ends_on) == ("stopped", dt.date(2025, 4, 1))
    assert answer("verder")[0] == 302
    assert "was niet gestopt" in answer("verder")[1]


def test_an_exemption_reads_hours_the_way_people_type(answer, shown, enrolment):
    data = {"criterion": "work", "minutes": "10 uur", "reason": "Eerder gedaan"}
    assert answer("vrijstelling", data)[0] == 302
    assert Exemption.objects.get().minutes == 600
    assert "10 uur eraf" in shown()
    assert "al een vrijstelling" in answer("vrijstelling", data)[1]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"criterion": "pop", "minutes": "2 uur", "reason": "Eerder"}, "Laat de uren leeg"),
        ({"criterion": "pop", "minutes": "", "reason": ""}, "Schrijf op waarom."),
        ({"criterion": "", "reason": "Eerder"}, "Maak een keuze"),
    ],
)
def test_an_exemption_that_cannot_be_keeps_what_was_typed(answer, data, said):
    status, html = answer("vrijstelling", data)
    assert (status, said in html) == (200, True)
    assert data["reason"] in html
    assert not Exemption.objects.exists()


def test_an_exemption_is_withdrawn_after_a_question(client, answer, enrolment):
    exemption = ExemptionFactory(enrolment=enrolment)
    address = f"vrijstellingen/{exemption.pk}/intrekken"
    client.get(f"/deelnames/{enrolment.pk}/{address}/")
    assert Exemption.objects.standing().exists()
    assert answer(address)[0] == 302
    assert not Exemption.objects.standing().exists()


def test_what_belongs_to_somebody_else_is_not_there(answer, enrolment):
    exemption, pause = ExemptionFactory(), PauseFactory()
    assert answer(f"vrijstellingen/{exemption.pk}/intrekken")[0] == 404
    assert answer(f"pauzes/{pause.pk}/vast")[0] == 404


def test_an_asked_pause_is_confirmed_and_gets_another_last_day(answer, enrolment):
    pause = PauseFactory(enrolment=enrolment)
    assert answer(f"pauzes/{pause.pk}/vast")[0] == 302
    assert answer(f"pauzes/{pause.pk}/einde", {"last_day": "2025-03-20"})[0] == 302
    pause.refresh_from_db()
    assert (bool(pause.confirmed_at), pause.ends_on) == (True, dt.date(2025, 3, 20))
    assert "staat al vast" in answer(f"pauzes/{pause.pk}/vast")[1]
    assert answer(f"pauzes/{pause.pk}/weg")[0] == 302
    assert not Pause.objects.exists()


def test_a_trainer_asks_for_a_pause_and_does_not_confirm_it(client, enrolment):
    client.force_login(RoleFactory(cohort=enrolment.cohort).user)
    address = f"/deelnames/{enrolment.pk}/"
    assert client.post(f"{address}pauze/", {"starts_on": "2025-03-03"}).status_code == 302
    pause = Pause.objects.get()
    assert pause.confirmed_at is None
    assert client.post(f"{address}pauzes/{pause.pk}/vast/").status_code == 403


def test_a_name_by_telephone_and_a_later_day_for_hours(answer, shown, enrolment):
    assert answer("naam", {"name": "Bo  Pinas", "how": "per telefoon"})[0] == 302
    assert "Bevestigd (per telefoon)" in shown()
    assert answer("uren-tot", {"day": "2025-09-01"})[0] == 302
    assert "Uren mogen tot en met 1 september 2025." in shown()
    assert answer("uren-tot", {"day": ""})[0] == 302
    assert "Uren mogen tot" not in shown()


# What is next, and what was decided


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({}, "Alles wat je kunt doen"),
        ({"status": "stopped", "ends_on": dt.date(2025, 4, 1)}, "bewijs van deelname"),
        ({"status": "completed"}, "Het certificaat is gemaakt."),
    ],
)
def test_the_page_says_first_what_is_next(shown, coordinator, enrolment, facts, words):
    Enrolment.objects.update(**facts)
    html = shown()
    assert words in html
    assert html.index("Wat is nu nodig?") < html.index("voorwaarden")


def test_the_page_stands_in_the_order_of_the_work(shown, coordinator, enrolment, answer):
    PauseFactory(enrolment=enrolment)
    ExemptionFactory(enrolment=enrolment)
    answer("uren-tot", {"day": "2025-09-01"})
    html = shown()
    parts = ["straks", "voorwaarden", "uren", "plan", "leerplek", "pauzes", "vrijstellingen"]
    places = [html.index(f'id="{part}"') for part in [*parts, "besluiten", "doen"]]
    assert places == sorted(places)


def test_a_coordinator_reads_what_was_decided_by_whom_and_why(
    shown, client, coordinator, enrolment, answer
):
    Enrolment.objects.update(status="applied", decided_at=None, decided_by=None)
    answer("toelaten", {"reason": "Past goed bij de groep"})
    for _time in range(6):
        HourEntryFactory(enrolment=enrolment)
    html = shown()
    for words in ("Wat is er besloten?", "Toegelaten", "Past goed bij de groep", coordinator.name):
        assert words in html
    all_of_it = client.get(f"/deelnames/{enrolment.pk}/besluiten/").content.decode()
    assert "Past goed bij de groep" in all_of_it


def test_other_staff_does_not_read_the_decisions(shown, coordinator, enrolment, answer):
    answer("uren-tot", {"day": "2025-09-01"})
    assert "Andere laatste dag voor uren" in shown()
    assert "Wat is er besloten?" not in shown(kind="trainer")


def test_decisions_about_hours_stand_in_the_long_list_only(client, shown, coordinator, enrolment):
    entry = HourEntryFactory(enrolment=enrolment)
    decided("hours_approved", entry, by=coordinator)
    assert "Uren akkoord" not in shown()
    assert "Uren akkoord" in client.get(f"/deelnames/{enrolment.pk}/besluiten/").content.decode()


def test_every_act_about_a_person_has_words():
    acts = set()
    for source in [*Path("participants").rglob("*.py"), *Path("certificates").rglob("*.py")]:
        for call in re.findall(r"decided\(([^)]*)\)", source.read_text()):
            acts |= set(re.findall(r'"([a-z_]+)"', call.split(",")[0]))
    assert acts - set(WORDS) - NOT_ABOUT_A_PERSON == set()


def test_that_it_is_time_to_talk_stands_on_the_page_in_the_same_words(shown, enrolment):
    with time_machine.travel("2025-02-01T12:00:00+01:00"):
        assert "Even praten?" not in shown(coordinator=True)
    with time_machine.travel("2025-06-20T12:00:00+02:00"):
        [known] = pace.known([Enrolment.objects.select_related("cohort").get(pk=enrolment.pk)])
        text = shown(coordinator=True)
        assert f"<strong>Even praten?</strong> {pace.talk(known).text}" in text
