"""A login that ended while somebody was typing costs them nothing."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from participants.models import HourEntry
from tests.factories import EnrolmentFactory, UserFactory

pytestmark = pytest.mark.django_db
NEW = "/uren/nieuw/"
TYPED = {"kind": "work", "description": 'Koffie gezet en "geluisterd"', "minutes": "anderhalf uur"}


@pytest.fixture
def person():
    user = EnrolmentFactory(starts_on="2025-01-06").participant
    user.set_password("een goed woord")
    user.save()
    return user


@pytest.fixture
def laptop(person):
    """A laptop on which ``person`` was logged in until a moment ago."""
    laptop = Client()
    laptop.force_login(person)
    laptop.get("/meer/")
    del laptop.cookies["sessionid"]
    return laptop


def logs_in(laptop, user, to):
    sent = {"login": user.email, "password": "een goed woord", "next": to}
    return laptop.post("/accounts/login/", sent, follow=True)


def fields_of(page):
    found = re.findall(r'<input\s+type="hidden"\s+name="(\w+)"\s+value="([^"]*)"', page)
    return {name: value.replace("&quot;", '"') for name, value in found}


def test_what_was_typed_comes_back_after_logging_in_and_is_sent_with_one_press(laptop, person):
    response = laptop.post(NEW, TYPED)
    assert response.url == f"/accounts/login/?next={NEW}"
    page = logs_in(laptop, person, NEW).content.decode()
    assert "Verstuur wat ik had ingevuld" in page
    assert fields_of(page).items() >= TYPED.items()
    again = laptop.post(NEW, fields_of(page)).content.decode()
    assert "anderhalf uur" in again and "Koffie gezet" in again


@pytest.mark.parametrize("typed", [TYPED, {}])
def test_of_a_file_it_says_that_it_must_be_chosen_again(laptop, person, typed):
    laptop.post(NEW, typed | {"file": SimpleUploadedFile("bewijs.pdf", b"%PDF-")})
    page = logs_in(laptop, person, NEW).content.decode()
    assert "ging daarbij niet mee" in page and "Kies het zo opnieuw" in page
    assert "Ga verder zonder het bestand" in page
    assert fields_of(page).items() >= typed.items()
    assert "bewijs.pdf" not in page


def test_it_comes_back_once(laptop, person):
    laptop.post(NEW, TYPED)
    logs_in(laptop, person, NEW)
    assert "Verstuur wat ik had ingevuld" not in laptop.get(NEW).content.decode()


def test_it_waits_for_the_page_where_it_belongs(laptop, person):
    laptop.post(NEW, TYPED)
    assert "Koffie" not in logs_in(laptop, person, "/meer/").content.decode()
    assert "Koffie" in laptop.get(NEW).content.decode()


def test_somebody_else_on_the_same_browser_never_sees_it(laptop, person):
    other = EnrolmentFactory().participant
    other.set_password("een goed woord")
    other.save()
    laptop.post(NEW, TYPED)
    assert "Koffie" not in logs_in(laptop, other, NEW).content.decode()
    assert "typed" not in laptop.session


def test_of_a_stranger_nothing_is_kept(person):
    laptop = Client()
    laptop.post(NEW, TYPED)
    assert "Koffie" not in logs_in(laptop, person, NEW).content.decode()


def test_nothing_is_kept_that_is_too_long(laptop, person):
    laptop.post(NEW, TYPED | {"private_note": "a b" * 100_000})
    assert "Koffie" not in logs_in(laptop, person, NEW).content.decode()


def test_a_forged_owner_is_nobody(laptop, person):
    laptop.cookies["was"] = f"{UserFactory().pk}:onzin"
    laptop.post(NEW, TYPED)
    assert "Koffie" not in logs_in(laptop, person, NEW).content.decode()


def test_the_address_of_a_button_is_sent_again_too(laptop, person):
    entry = HourEntry.objects.create(
        enrolment=person.enrolments.get(),
        kind="work",
        date="2025-03-03",
        minutes=60,
        description="Meegelopen",
        status="submitted",
        submitted_at="2025-03-03T12:00:00Z",
    )
    address = f"/uren/{entry.pk}/trek-in/"
    laptop.post(address, {"zeker": "ja"})
    page = logs_in(laptop, person, address).content.decode()
    assert "Verstuur wat ik had ingevuld" in page
    laptop.post(address, fields_of(page))
    entry.refresh_from_db()
    assert entry.status == "withdrawn"
