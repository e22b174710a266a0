"""Coordinators place people; people see their own place; the database stands behind it."""

import datetime as dt

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext

from participants.models import Event, LearningPlace, Placement
from participants.placements.actions import add_place, end, place
from tests.factories import (
    EnrolmentFactory,
    LearningPlaceFactory,
    PlacementFactory,
    RoleFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
FROM = dt.date(2025, 2, 3)
LAST = dt.date(2025, 5, 30)
FACTS = {"supervisor_name": "Karim Zonneveld", "starts_on": FROM}


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel("2025-03-03 12:00 +0100"):
        yield


@pytest.fixture
def coordinator():
    return RoleFactory(coordinator=True).user


@pytest.fixture
def samira():
    return EnrolmentFactory(participant=UserFactory(name="Samira Aalbers"))


def text(client, user, address="/leerplekken/"):
    client.force_login(user)
    return flat(client.get(address))


def flat(answer):
    """The page as text, each white space as one space: as people see it."""
    return " ".join(answer.content.decode().split())


def test_a_coordinator_places_somebody(samira, coordinator):
    placement = place(samira, by=coordinator, place=LearningPlaceFactory(), **FACTS)
    assert list(Placement.objects.active()) == [placement]
    assert Event.objects.decisions().filter(enrolment=samira).get().act == "placed"


def test_nobody_but_the_coordinator_places(samira):
    trainer = RoleFactory(cohort=samira.cohort).user
    elsewhere = RoleFactory(kind="coordinator").user
    for by in (trainer, elsewhere, samira.participant):
        with pytest.raises(PermissionDenied):
            place(samira, by=by, place=LearningPlaceFactory(), **FACTS)
        with pytest.raises(PermissionDenied):
            end(PlacementFactory(enrolment=samira), by=by, on=LAST)
    with pytest.raises(PermissionDenied):
        add_place(by=trainer, organisation="De Brug", team="Oost")


def test_a_coordinator_who_takes_part_does_not_place_themselves(coordinator):
    own = EnrolmentFactory(participant=coordinator)
    with pytest.raises(PermissionDenied):
        place(own, by=coordinator, place=LearningPlaceFactory(), **FACTS)


def test_somebody_is_at_one_place_once_and_may_be_at_two(samira, coordinator):
    first, second = LearningPlaceFactory.create_batch(2)
    place(samira, by=coordinator, place=first, **FACTS)
    with pytest.raises(ValidationError, match="werkt al op deze leerplek"):
        place(samira, by=coordinator, place=first, **FACTS)
    place(samira, by=coordinator, place=second, **FACTS)
    assert samira.placements.count() == 2


def test_a_placement_gets_its_last_day(samira, coordinator):
    placement = PlacementFactory(enrolment=samira, starts_on=FROM)
    assert end(placement, by=coordinator, on=LAST).ends_on == LAST
    with pytest.raises(ValidationError, match="voor de eerste dag"):
        end(placement, by=coordinator, on=dt.date(2025, 2, 2))


@pytest.mark.parametrize(
    ("now", "code"), [("2025-05-29 23:59 +0200", None), ("2025-05-30 00:01 +0200", "already_ended")]
)
def test_a_last_day_can_be_moved_until_it_is_there(samira, coordinator, now, code):
    placement = PlacementFactory(enrolment=samira, starts_on=FROM, ends_on=LAST)
    with time_machine.travel(now):
        if code is None:
            assert end(placement, by=coordinator, on=dt.date(2025, 6, 6))
            return
        with pytest.raises(ValidationError) as refusal:
            end(placement, by=coordinator, on=dt.date(2025, 6, 6))
    assert refusal.value.code == code


def test_the_database_refuses_what_cannot_be(samira):
    listed = LearningPlaceFactory()
    with pytest.raises(ValidationError, match="staat al op de lijst"):
        LearningPlace(organisation=listed.organisation, team=listed.team).full_clean()


@pytest.mark.parametrize(
    ("name", "broken"),
    [
        (
            "placement_ends_after_it_starts",
            lambda: PlacementFactory(starts_on=FROM, ends_on=dt.date(2025, 2, 2)),
        ),
        (
            "a_team_is_listed_once|UNIQUE",
            lambda: [LearningPlaceFactory(team="Buurtteam Oost") for _ in range(2)],
        ),
        (
            "a_person_is_placed_once_at_a_time_at_one_place|UNIQUE",
            lambda: PlacementFactory(
                enrolment=(first := PlacementFactory()).enrolment, place=first.place
            ),
        ),
    ],
)
def test_the_database_refuses_a_placement_that_cannot_be(name, broken):
    with pytest.raises(IntegrityError, match=name):
        broken()


# Pages


def test_participants_see_their_own_place_and_supervisor(client, samira):
    PlacementFactory(enrolment=samira)
    PlacementFactory(supervisor__name="Iemand anders")
    shown = text(client, samira.participant)
    assert "Karim Zonneveld" in shown
    assert "Iemand anders" not in shown


def test_without_a_place_the_page_says_who_acts(client, samira):
    assert "Je coördinator zoekt er samen met jou een" in text(client, samira.participant)


def test_staff_see_who_of_their_people_works_where(client, samira, coordinator):
    placement = PlacementFactory(enrolment=samira)
    elsewhere = EnrolmentFactory(participant=UserFactory(name="Desi Abena"))
    PlacementFactory(enrolment=elsewhere, place=placement.place)
    shown = text(client, RoleFactory(cohort=samira.cohort).user)
    assert "Samira Aalbers" in shown
    assert "Desi Abena" not in shown
    assert f"/leerplekken/plaatsing/{samira.pk}/" not in shown
    assert f"/leerplekken/plaatsing/{samira.pk}/" in text(client, coordinator)


def test_coordinators_see_who_has_no_place_yet(client, samira, coordinator):
    assert "Nog zonder leerplek" in text(client, coordinator)
    PlacementFactory(enrolment=samira)
    assert "Nog zonder leerplek" not in text(client, coordinator)


def test_a_place_is_added_once_on_the_page(client, coordinator):
    client.force_login(coordinator)
    data = {"organisation": "Buurtwerk De Brug", "team": "Buurtteam Oosterhoek"}
    shown = flat(client.post("/leerplekken/nieuw/", data, follow=True))
    assert "Buurtteam Oosterhoek, Buurtwerk De Brug staat op de lijst." in shown
    again = flat(client.post("/leerplekken/nieuw/", data))
    assert "Deze leerplek staat al op de lijst." in again
    assert LearningPlace.objects.count() == 1


def test_somebody_is_placed_on_the_page(client, samira, coordinator):
    client.force_login(coordinator)
    team = LearningPlaceFactory(team="Buurtteam Oosterhoek")
    data = {
        "place": team.pk,
        "supervisor_name": "Karim Zonneveld",
        "form": "volunteer",
        "starts_on": "2025-02-03",
    }
    address = f"/leerplekken/plaatsing/{samira.pk}/"
    shown = flat(client.post(address, data, follow=True))
    assert "Samira werkt bij Buurtteam Oosterhoek" in shown
    again = flat(client.post(address, data))
    assert "werkt al op deze leerplek" in again
    assert 'value="Karim Zonneveld"' in again


def test_a_last_day_is_set_on_the_page(client, samira, coordinator):
    placement = PlacementFactory(enrolment=samira, starts_on=FROM)
    address = f"/leerplekken/einde/{placement.pk}/"
    assert "Wat is de laatste dag?" in text(client, coordinator, address)
    early = flat(client.post(address, {"on": "2025-02-02"}))
    assert "De laatste dag ligt voor de eerste dag." in early
    shown = flat(client.post(address, {"on": "2025-05-30"}, follow=True))
    assert "is 30 mei 2025" in shown


def test_a_placement_of_others_is_not_there(client, samira, coordinator):
    trainer = RoleFactory(cohort=samira.cohort).user
    client.force_login(trainer)
    hidden = PlacementFactory()
    bodies = {client.get(f"/leerplekken/einde/{key}/").content for key in [hidden.pk, 999_999]}
    assert len(bodies) == 1


def test_the_list_takes_as_many_queries_for_three_as_for_one(client, samira, coordinator):
    counts = []
    text(client, coordinator)
    for size in (1, 2):
        PlacementFactory.create_batch(size)
        EnrolmentFactory.create_batch(size)
        with CaptureQueriesContext(connection) as queries:
            client.get("/leerplekken/")
        counts.append(len(queries))
    assert counts[0] == counts[1]
