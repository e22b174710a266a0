"""The register on a phone: every tick survives, and nobody overwrites anybody."""

import datetime as dt

import pytest
from django.contrib.sessions.models import Session as Login
from django.utils import timezone
from playwright.sync_api import expect

from participants.accounts import demo_codes
from participants.models import Attendance, KeptInput, Session
from tests.browser.conftest import type_the_code
from tests.browser.looking import NARROWEST, sideways
from tests.factories import CohortFactory, EnrolmentFactory, RoleFactory, SessionFactory

NAMES = ["Abel Oduya", "Farida Chafik", "Glenda Pinas", "Yusuf Demirel"]


@pytest.fixture
def meeting(transactional_db):
    today = timezone.localdate()
    cohort = CohortFactory(
        starts_on=today - dt.timedelta(days=90), ends_on=today + dt.timedelta(days=90)
    )
    for name in NAMES:
        EnrolmentFactory(cohort=cohort, participant__name=name)
    return SessionFactory(cohorts=[cohort], date=today - dt.timedelta(days=1))


@pytest.fixture
def trainer(meeting):
    user = RoleFactory(cohort=meeting.cohorts.get(), user__name="Ellen Brouwer").user
    user.set_password("een goed woord")
    user.save()
    return user


@pytest.fixture
def register(open_as, meeting, trainer):
    page = open_as(trainer)
    page.goto(f"/lessen/{meeting.pk}/lijst/")
    return page


def row(page, name):
    return page.get_by_role("radiogroup", name=name)


def tick(page, name, choice):
    row(page, name).get_by_role("radio", name=choice, exact=True).check()


def ticked(page, name):
    return row(page, name).get_by_role("radio", checked=True).get_attribute("value")


def save(page):
    page.get_by_role("button", name="Bewaar de lijst").click()


def statuses():
    rows = Attendance.objects.order_by("enrolment__participant__name_key")
    return list(rows.values_list("status", flat=True))


def kept_on_the_server(page):
    expect(page.get_by_text("Bewaard om")).to_be_visible()


def test_a_group_is_registered_with_a_few_taps(register):
    page = register
    expect(page.get_by_text("0 van 4 ingevuld")).to_be_visible()
    page.get_by_role("button", name="Iedereen er").click()
    expect(page.get_by_text("4 van 4 ingevuld")).to_be_visible()
    tick(page, "Farida Chafik", "Deels")
    page.get_by_label("Hoeveel minuten?").locator("visible=true").fill("45")
    tick(page, "Glenda Pinas", "Niet")
    page.get_by_label("Afgemeld").locator("visible=true").check()
    save(page)
    expect(page.get_by_text("De lijst is klaar.")).to_be_visible()
    assert statuses() == ["present", "partly", "excused", "present"]


def test_everybody_present_keeps_what_was_ticked_without_a_script_too(open_as, meeting, trainer):
    page = open_as(trainer, java_script_enabled=False)
    page.goto(f"/lessen/{meeting.pk}/lijst/")
    tick(page, "Abel Oduya", "Niet")
    page.get_by_role("button", name="Iedereen er").click()
    assert [ticked(page, name) for name in NAMES] == ["absent", "present", "present", "present"]
    save(page)
    expect(page.get_by_text("De lijst is klaar.")).to_be_visible()
    assert statuses() == ["absent", "present", "present", "present"]


def test_ticks_survive_a_lost_connection(register):
    page = register
    page.get_by_role("button", name="Iedereen er").click()
    tick(page, "Abel Oduya", "Niet")
    page.context.set_offline(True)
    save(page)
    expect(page.get_by_role("alert")).to_contain_text("Je hebt nu geen verbinding")
    assert ticked(page, "Abel Oduya") == "absent"
    page.context.set_offline(False)
    save(page)
    expect(page.get_by_text("De lijst is klaar.")).to_be_visible()
    assert statuses() == ["absent", "present", "present", "present"]


def test_ticks_survive_a_phone_that_dies_before_saving(register, open_as, meeting, trainer):
    tick(register, "Abel Oduya", "Niet")
    kept_on_the_server(register)
    assert KeptInput.objects.get().key == f"register-{meeting.pk}"
    other_phone = open_as(trainer)
    other_phone.goto(f"/lessen/{meeting.pk}/lijst/")
    assert ticked(other_phone, "Abel Oduya") == "absent"
    expect(other_phone.get_by_text("We hebben bewaard wat je typte")).to_be_visible()


def test_ticks_survive_a_login_that_ended(register, meeting):
    page = register
    page.get_by_role("button", name="Iedereen er").click()
    tick(page, "Farida Chafik", "Niet")
    trainer = meeting_trainer(meeting)
    trainer.is_demo = True  # so that the page shows the code of the second factor
    trainer.save()
    demo_codes.give(trainer)
    Login.objects.all().delete()
    save(page)
    page.get_by_role("textbox", name="E-mailadres").fill(trainer.email)
    page.get_by_role("textbox", name="Wachtwoord").fill("een goed woord")
    page.get_by_role("button", name="Log in", exact=True).click()
    type_the_code(page)
    page.get_by_role("button", name="Verstuur wat ik had ingevuld").click()
    expect(page.get_by_text("De lijst is klaar.")).to_be_visible()
    assert statuses() == ["present", "absent", "present", "present"]


def meeting_trainer(meeting):
    return meeting.cohorts.get().roles.get().user


def test_of_two_who_fill_it_in_together_the_second_sees_what_the_first_saved(
    register, open_as, meeting
):
    colleague = RoleFactory(cohort=meeting.cohorts.get(), user__name="Karim Zonneveld").user
    other = open_as(colleague)
    other.goto(f"/lessen/{meeting.pk}/lijst/")
    other.get_by_role("button", name="Iedereen er").click()
    save(other)
    expect(other.get_by_text("De lijst is klaar.")).to_be_visible()
    register.get_by_role("button", name="Iedereen er").click()
    tick(register, "Abel Oduya", "Niet")
    save(register)
    expect(register.get_by_text("Iemand anders bewaarde deze lijst net.")).to_be_visible()
    expect(register.get_by_text("Karim bewaarde: er, 120 minuten")).to_have_count(1)
    assert ticked(register, "Abel Oduya") == "absent"
    assert statuses() == ["present"] * 4
    save(register)
    expect(register.get_by_text("De lijst is klaar.")).to_be_visible()
    assert statuses() == ["absent", "present", "present", "present"]


def test_the_address_of_the_calendar_is_made_shown_and_switched_off(open_as, trainer):
    page = open_as(trainer)
    page.goto("/lessen/")
    page.get_by_text("Zet in je agenda").click()
    page.get_by_role("button", name="Maak mijn adres").click()
    where = page.get_by_label("Jouw adres").input_value()
    path = "/agenda/" + where.rsplit("/", 1)[1]
    assert page.request.get(path).text().startswith("BEGIN:VCALENDAR")
    page.set_viewport_size(NARROWEST)
    assert sideways(page) == []
    page.get_by_role("button", name="Zet uit").click()
    expect(page.get_by_role("button", name="Maak mijn adres")).to_be_visible()
    assert page.request.get(path).status == 404


def test_a_series_is_looked_at_day_by_day_and_planned(open_as, trainer):
    page = open_as(trainer)
    page.goto("/lessen/reeks/")
    page.get_by_role("radio", name="Intervisie", exact=True).check()
    page.get_by_label("Waar gaat het over?").fill("Intervisie in de kring")
    first = timezone.localdate() + dt.timedelta(days=7)
    page.get_by_label("Wat is de eerste dag?").fill(first.isoformat())
    page.get_by_label("Hoeveel keer?").fill("4")
    page.get_by_label("Hoe laat begint het?").fill("10:00")
    page.get_by_label("Tot hoe laat?").fill("12:00")
    page.get_by_role("button", name="Bekijk de dagen").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Deze 4 dagen plannen?")
    page.set_viewport_size(NARROWEST)
    assert sideways(page) == []
    page.get_by_role("checkbox").nth(2).uncheck()
    page.get_by_role("button", name="Zet op de agenda").click()
    expect(page.get_by_text("3 bijeenkomsten staan op de agenda.")).to_be_visible()
    dates = Session.objects.filter(kind="intervision").values_list("date", flat=True)
    assert list(dates) == [first + dt.timedelta(weeks=turn) for turn in (0, 1, 3)]
