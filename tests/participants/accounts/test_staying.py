"""Staff are logged out in time, by the server; nothing that was typed is lost."""

import datetime as dt

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from participants.accounts import staying
from participants.models import Device, Role
from tests.factories import RoleFactory, UserFactory

pytestmark = pytest.mark.django_db

BEGIN = dt.datetime(2026, 11, 4, 8, 0, tzinfo=dt.UTC)
MINUTE, HOUR = dt.timedelta(minutes=1), dt.timedelta(hours=1)


@pytest.fixture
def at(time_machine):
    """Go to so long after the login, which is at 8.00."""

    def go(after):
        time_machine.move_to(BEGIN + after, tick=False)

    go(dt.timedelta())
    return go


@pytest.fixture
def client(at):
    client = Client()
    client.force_login(RoleFactory(coordinator=True).user)
    return client


def is_in(client, page="/wacht/"):
    return client.get(page).status_code == 200


@pytest.mark.parametrize(
    ("after", "goes_on"), [(2 * HOUR - MINUTE, True), (2 * HOUR + MINUTE, False)]
)
def test_staff_who_do_nothing_for_two_hours_are_logged_out(client, at, after, goes_on):
    at(after)
    assert is_in(client) is goes_on


@pytest.mark.parametrize(("last", "goes_on"), [(-MINUTE, True), (MINUTE, False)])
def test_staff_who_work_on_are_logged_out_after_ten_hours(client, at, last, goes_on):
    for hour in range(10):
        at(hour * HOUR)
        assert is_in(client)
    at(10 * HOUR + last)
    assert is_in(client) is goes_on


@pytest.mark.parametrize(("last", "goes_on"), [(-HOUR, True), (HOUR, False)])
def test_a_participant_who_comes_every_month_logs_in_once_a_year(at, last, goes_on):
    client = Client()
    client.force_login(UserFactory())
    for days in range(0, 365, 30):
        at(dt.timedelta(days=days))
        assert is_in(client, "/meer/")
    at(dt.timedelta(days=365) + last)
    assert is_in(client, "/meer/") is goes_on


def test_the_cookie_and_the_list_of_devices_end_with_it(client, at):
    at(HOUR)
    is_in(client)
    assert client.cookies["sessionid"]["max-age"] == 2 * 60 * 60
    at(3 * HOUR + MINUTE)
    assert not Device.objects.logged_in().exists()


def test_it_is_the_server_that_ends_it(client, at):
    """A session whose row would live on is over all the same."""
    Session.objects.update(expire_date=timezone.now() + 90 * 24 * HOUR)
    at(2 * HOUR + MINUTE)
    assert not is_in(client)


def test_the_api_ends_with_it(client, at):
    assert is_in(client, "/api/v1/me/")
    at(2 * HOUR + MINUTE)
    assert client.get("/api/v1/me/").status_code == 401


def test_a_participant_stays(at):
    client = Client()
    client.force_login(UserFactory())
    for day in (0, 60, 120):
        at(day * 24 * HOUR)
        assert is_in(client, "/meer/")


def test_a_role_that_is_given_meanwhile_counts_from_the_next_page_on(at):
    user, client = UserFactory(), Client()
    client.force_login(user)
    at(11 * HOUR)
    Role.objects.create(user=user, kind=Role.Kind.COORDINATOR)
    is_in(client, "/meer/")
    assert not is_in(client, "/meer/")


def test_staff_at_work_are_written_down_once_a_minute(client, at):
    is_in(client)
    before = client.session[staying.ENDS]
    at(MINUTE / 2)
    is_in(client)
    assert client.session[staying.ENDS] == before
    at(MINUTE)
    is_in(client)
    assert client.session[staying.ENDS] == before + 60


def test_after_logging_in_again_the_same_page_has_what_was_typed(client, at):
    cohort = RoleFactory().cohort
    address = f"/lichtingen/{cohort.pk}/team/"
    is_in(client, address)
    at(3 * HOUR)
    typed = {"name": "Samira Aalbers", "email": "samira@leerlijn.example", "kind": "trainer"}
    assert client.post(address, typed).url == f"/accounts/login/?next={address}"
    client.force_login(Role.objects.get(kind=Role.Kind.COORDINATOR).user)
    page = client.get(address).content.decode()
    assert "Dit had je ingevuld" in page and "Samira Aalbers" in page
