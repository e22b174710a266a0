"""A learning place gets other words, closes when nobody works there, and opens again."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone
from rest_framework.test import APIClient

from participants.models import Event, LearningPlace
from participants.placements.actions import change_place, close_place, open_place, place
from tests.factories import EnrolmentFactory, LearningPlaceFactory, PlacementFactory, RoleFactory

pytestmark = pytest.mark.django_db
ADDRESS = "/api/v1/learning-places/{}/"


@pytest.fixture
def coordinator():
    return RoleFactory(coordinator=True).user


@pytest.fixture
def team():
    return LearningPlaceFactory(team="Buurtteam Oosterhoek")


def refused(deed, *things, **facts):
    with pytest.raises(ValidationError) as refusal:
        deed(*things, **facts)
    return refusal.value.code


def test_who_works_there_stays_when_it_is_called_otherwise(team, coordinator):
    placement = PlacementFactory(place=team)
    changed = change_place(team, by=coordinator, team="Buurtteam Parkwijk", district="Oost")
    assert (str(placement.place.__class__.objects.get()), changed.district) == (
        str(changed),
        "Oost",
    )
    assert Event.objects.decisions().get().act == "learning_place_changed"
    change_place(team, by=coordinator, district="Oost")
    assert Event.objects.decisions().count() == 1
    other = LearningPlaceFactory(organisation=changed.organisation)
    with pytest.raises(ValidationError, match="staat al op de lijst"):
        change_place(other, by=coordinator, team="Buurtteam Parkwijk")


@pytest.mark.parametrize(("days", "code"), [(0, "in_use"), (-1, None), (None, "in_use")])
def test_it_closes_once_the_last_day_of_everyone_there_has_passed(team, coordinator, days, code):
    last = None if days is None else timezone.localdate() + dt.timedelta(days)
    PlacementFactory(place=team, ends_on=last)
    if code:
        assert refused(close_place, team, by=coordinator) == code
        return
    close_place(team, by=coordinator)
    assert not LearningPlace.objects.in_use().exists()


def test_nobody_is_placed_at_one_that_is_closed(team, coordinator):
    close_place(team, by=coordinator)
    enrolment = EnrolmentFactory()
    facts = {"place": team, "supervisor_name": "Karim", "starts_on": dt.date(2025, 2, 3)}
    assert refused(place, enrolment, by=coordinator, **facts) == "closed"
    assert refused(change_place, team, by=coordinator, team="Anders") == "closed"
    assert refused(close_place, team, by=coordinator) == "already_closed"
    open_place(team, by=coordinator)
    assert refused(open_place, team, by=coordinator) == "already_open"
    assert place(enrolment, by=coordinator, **facts).place == team


def test_only_who_coordinates_changes_the_list(team):
    trainer = RoleFactory().user
    with pytest.raises(PermissionDenied):
        change_place(team, by=trainer, team="Anders")
    for deed in (close_place, open_place):
        with pytest.raises(PermissionDenied):
            deed(team, by=trainer)


def test_the_pages_tell_what_is_in_the_way(client, team, coordinator):
    client.force_login(coordinator)
    PlacementFactory(place=team)
    shown = client.post(f"/leerplekken/plek/{team.pk}/weg/", follow=True).content.decode()
    assert "Hier werkt nog iemand." in shown
    data = {"organisation": team.organisation, "team": "Buurtteam Parkwijk"}
    shown = client.post(f"/leerplekken/plek/{team.pk}/", data, follow=True).content.decode()
    assert f"Buurtteam Parkwijk, {team.organisation} is bewaard." in " ".join(shown.split())
    assert client.post(f"/leerplekken/plek/{team.pk}/anders/").status_code == 404


def test_the_api_closes_and_opens_by_the_same_rules(team, coordinator):
    client = APIClient()
    client.force_authenticate(coordinator)
    placement = PlacementFactory(place=team)
    assert client.post(ADDRESS.format(team.pk) + "close/").json()["code"] == "in_use"
    placement.delete()
    assert client.post(ADDRESS.format(team.pk) + "close/").status_code == 200
    assert client.patch(ADDRESS.format(team.pk), {"team": "Anders"}).status_code == 404
    assert client.post(ADDRESS.format(team.pk) + "open/").status_code == 200
    assert client.patch(ADDRESS.format(team.pk), {"team": "Anders"}).json()["team"] == "Anders"
