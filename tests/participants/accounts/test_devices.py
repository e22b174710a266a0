"""Where somebody is logged in: seen, and ended one by one."""

import datetime as dt

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from participants.accounts import devices
from participants.models import Device, Event, User
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db

ANDROID = (
    "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/126.0 Mobile Safari/537.36"
)
PASSWORD = "een-lang-wachtwoord"


@pytest.fixture
def noor():
    return User.objects.create_user("noor@leerlijn.example", PASSWORD, name="Noor Vos")


def logged_in(user, agent=ANDROID):
    client = Client(headers={"user-agent": agent})
    client.post("/accounts/login/", {"login": user.email, "password": PASSWORD})
    return client


def is_in(client):
    return client.get("/meer/").status_code == 200


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (ANDROID, "Chrome op Android"),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 "
            "(KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1",
            "Safari op iPhone",
        ),
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/126.0 Safari/537.36 Edg/126.0",
         "Edge op Windows"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:127.0) Gecko/20100101 Firefox/127.0",
         "Firefox op Linux"),
        ("Mozilla/5.0 (Linux; Android 13; SM-A546B) SamsungBrowser/25.0 Chrome/121.0 Safari",
         "Samsung Internet op Android"),
        ("", "Een browser op een onbekend apparaat"),
        ("x" * 5000, "Een browser op een onbekend apparaat"),
    ],
)  # fmt: skip
def test_a_browser_is_described_in_words(agent, words):
    assert devices.described(agent) == words


def test_a_login_is_written_down_once_and_used_each_day(noor):
    client = logged_in(noor)
    assert Device.objects.get().label == "Chrome op Android"
    with time_machine.travel(timezone.now() + dt.timedelta(days=3)):
        assert is_in(client)
        assert Device.objects.get().last_used_on == timezone.localdate()


def test_it_costs_no_query_on_an_ordinary_request(noor):
    client = logged_in(noor)
    is_in(client)
    with CaptureQueriesContext(connection) as asked:
        is_in(client)
    assert "participants_device" not in str(asked.captured_queries)


def test_one_device_is_ended_and_the_other_goes_on(noor):
    phone, laptop = logged_in(noor), logged_in(noor, "Firefox Linux")
    device = Device.objects.get(session_key=laptop.session.session_key)
    devices.end(device, by=noor)
    assert is_in(phone) and not is_in(laptop)
    assert list(Device.objects.logged_in()) == [
        Device.objects.get(session_key=phone.session.session_key)
    ]
    assert Event.objects.decisions().get(act="device_ended").actor == noor


def test_all_others_are_ended_at_once(noor):
    here, *others = (logged_in(noor) for _ in range(3))
    elsewhere = Client()
    elsewhere.force_login(UserFactory())
    count = devices.end_others(noor, by=noor, but=here.session.session_key)
    assert count == 2
    assert is_in(here) and not any(map(is_in, others))
    assert is_in(elsewhere)


def test_nobody_ends_a_device_of_another(noor):
    logged_in(noor)
    for act in (
        lambda: devices.end(Device.objects.get(), by=UserFactory()),
        lambda: devices.end_others(noor, by=UserFactory()),
    ):
        with pytest.raises(PermissionDenied):
            act()


def test_a_new_password_ends_the_other_devices_and_keeps_this_one(noor):
    here, other = logged_in(noor), logged_in(noor)
    sent = {"oldpassword": PASSWORD, "password1": "nog-langer-wachtwoord"}
    here.post("/accounts/password/change/", sent | {"password2": sent["password1"]})
    assert is_in(here) and not is_in(other)
    assert Device.objects.get().session_key == here.session.session_key


def test_logging_out_takes_a_device_from_the_list(noor):
    client = logged_in(noor)
    client.post("/accounts/logout/")
    assert not Device.objects.logged_in().exists()
    assert devices.sweep() == "1 devices"
    assert devices.sweep() == ""


def test_a_session_of_before_the_list_is_noted_when_it_is_used(noor):
    client = logged_in(noor)
    Device.objects.all().delete()
    session = client.session
    del session[devices.NOTED]
    session.save()
    assert is_in(client)
    assert Device.objects.get().session_key == client.session.session_key


def test_a_session_lasts_ninety_days_after_its_last_use(noor):
    client = logged_in(noor)
    begin = timezone.now()
    for day in (80, 160):  # used in time, again and again
        with time_machine.travel(begin + dt.timedelta(days=day)):
            assert is_in(client)
            assert client.cookies["sessionid"]["max-age"] == 90 * 24 * 60 * 60
    with time_machine.travel(begin + dt.timedelta(days=251)):
        assert not is_in(client)


def mails_of_new_devices(mailoutbox):
    return [mail for mail in mailoutbox if "nieuw apparaat" in mail.subject]


def again(client, user):
    client.post("/accounts/logout/")
    client.post("/accounts/login/", {"login": user.email, "password": PASSWORD})


def test_a_login_on_a_browser_that_is_new_to_somebody_is_mailed(noor, mailoutbox):
    phone = logged_in(noor)
    assert not mailoutbox  # the very first one ever
    again(phone, noor)
    assert not mailoutbox
    laptop = logged_in(noor, "Firefox Linux")
    [mail] = mails_of_new_devices(mailoutbox)
    assert mail.to == [noor.email]
    assert "Firefox op Linux" in mail.body and "Noor" not in mail.body
    again(laptop, noor)
    again(phone, noor)
    assert len(mails_of_new_devices(mailoutbox)) == 1


def test_a_browser_of_somebody_else_is_new_too(noor, mailoutbox):
    other = User.objects.create_user("ander@leerlijn.example", PASSWORD, name="Ander")
    client = logged_in(noor)
    again(logged_in(other), other)
    again(client, other)
    assert mails_of_new_devices(mailoutbox)[0].to == [other.email]
    mailoutbox.clear()
    again(client, noor)  # both are known here now
    assert not mails_of_new_devices(mailoutbox)


def test_after_a_new_password_every_other_browser_is_new(noor, mailoutbox):
    client = logged_in(noor)
    noor.refresh_from_db()
    noor.set_password("nog-langer-wachtwoord")
    noor.save()
    client.post("/accounts/login/", {"login": noor.email, "password": "nog-langer-wachtwoord"})
    assert len(mails_of_new_devices(mailoutbox)) == 1


def test_a_forged_cookie_makes_no_browser_known(noor, mailoutbox):
    logged_in(noor)
    client = Client()
    client.cookies[devices.KNOWN] = f"{devices._proof(noor)}:onzin"
    again(client, noor)
    assert len(mails_of_new_devices(mailoutbox)) == 1
