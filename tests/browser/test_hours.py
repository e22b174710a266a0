"""Hours on a phone in a real browser: few clicks, a bad connection, and no script at all."""

import datetime as dt
import re

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone
from playwright.sync_api import expect

from participants import kept
from participants.models import HourEntry, KeptInput
from tests.factories import (
    CohortFactory,
    EnrolmentFactory,
    HourEntryFactory,
    RoleFactory,
)

NEW = "/uren/nieuw/"
OFFLINE = "Je hebt nu geen verbinding. Wat je typte staat er nog. Probeer het zo weer."


@pytest.fixture
def enrolment(transactional_db):
    today = timezone.localdate()
    begun = today - dt.timedelta(days=90)
    cohort = CohortFactory(starts_on=begun, ends_on=today + dt.timedelta(days=90))
    return EnrolmentFactory(cohort=cohort, starts_on=begun)


@pytest.fixture
def page(open_as, enrolment):
    page = open_as(enrolment.participant)
    page.goto(NEW)
    return page


def fill_in(page, description="Meegelopen op het spreekuur"):
    page.get_by_role("radio", name="Werk").check()
    page.get_by_role("radio", name="Vandaag").check()
    page.get_by_role("radio", name="2 uur").check()
    page.get_by_label("Wat deed je?").fill(description)


def hand_in(page):
    page.get_by_role("button", name="Lever in", exact=True).click()


def handed_in(page):
    expect(page.get_by_text("2 uur staat.")).to_be_visible()


def saved(page):
    expect(page.get_by_text("Bewaard om")).to_be_visible()


# Few clicks


def test_from_the_first_screen_an_hour_is_logged_with_three_clicks(open_as, enrolment):
    HourEntryFactory(enrolment=enrolment, date=timezone.localdate() - dt.timedelta(days=2))
    page = open_as(enrolment.participant)
    page.goto("/")
    page.get_by_role("link", name="Schrijf uren op").first.click()
    page.get_by_role("link", name="Zelfde als vorige keer").click()
    hand_in(page)
    expect(page.get_by_text("1 uur staat.")).to_be_visible()
    assert HourEntry.objects.count() == 2


def test_an_hour_is_logged_by_keyboard_alone(page):
    def press(*keys):
        for key in keys:
            page.keyboard.press(key)

    page.get_by_role("radio", name="Werk").focus()
    press("Space", "Tab", "Space", "Tab", "Tab")
    page.keyboard.type("1u30")
    press("Tab")
    page.keyboard.type("Spreekuur")
    while page.evaluate("document.activeElement.textContent.trim()") != "Lever in":
        press("Tab")
    press("Enter")
    expect(page.get_by_text("1,5 uur staat.")).to_be_visible()
    assert HourEntry.objects.get().minutes == 90


def test_withdrawn_by_mistake_is_put_back_with_one_press(open_as, enrolment):
    entry = HourEntryFactory(enrolment=enrolment)
    page = open_as(enrolment.participant)
    page.goto(f"/uren/{entry.pk}/")
    page.get_by_role("button", name="Trek in").click()
    page.get_by_role("button", name="Toch niet, zet terug").click()
    expect(page.get_by_text("1 uur staat er weer. Het is ingeleverd.")).to_be_visible()


# A bad connection


def test_without_a_connection_nothing_is_lost_and_the_button_works_again(page):
    fill_in(page)
    page.context.set_offline(True)
    hand_in(page)
    expect(page.get_by_role("alert")).to_have_text(OFFLINE)
    expect(page.get_by_label("Wat deed je?")).to_have_value("Meegelopen op het spreekuur")
    page.context.set_offline(False)
    hand_in(page)
    handed_in(page)
    assert HourEntry.objects.count() == 1


def test_a_server_that_is_down_is_no_lost_work_either(page):
    fill_in(page)
    page.route("**/healthz", lambda route: route.fulfill(status=503))
    hand_in(page)
    expect(page.get_by_role("alert")).to_contain_text("Wat je typte staat er nog.")
    page.unroute("**/healthz")
    hand_in(page)
    handed_in(page)


def test_an_impatient_double_press_makes_one_entry(page):
    fill_in(page)
    # On a slow line there is time to press twice.
    page.route("**/healthz", lambda route: page.wait_for_timeout(300) or route.continue_())
    page.get_by_role("button", name="Lever in", exact=True).dblclick()
    handed_in(page)
    assert HourEntry.objects.count() == 1


def test_going_back_and_sending_again_asks_before_it_makes_a_second_entry(page):
    fill_in(page)
    hand_in(page)
    handed_in(page)
    page.goto(NEW)
    fill_in(page)
    hand_in(page)
    expect(page.get_by_text("Deze uren staan er al.").first).to_be_visible()
    assert HourEntry.objects.count() == 1
    hand_in(page)
    handed_in(page)
    assert HourEntry.objects.count() == 2


# Kept while typing


def test_what_was_typed_is_there_after_the_page_was_closed(page, open_as, enrolment):
    fill_in(page, "Half af")
    saved(page)
    page.close()
    again = open_as(enrolment.participant)
    again.goto(NEW)
    expect(again.get_by_text("We hebben bewaard wat je typte")).to_be_visible()
    expect(again.get_by_label("Wat deed je?")).to_have_value("Half af")
    expect(again.get_by_role("radio", name="2 uur")).to_be_checked()
    again.get_by_role("button", name="Begin leeg").click()
    expect(again.get_by_label("Wat deed je?")).to_have_value("")
    assert not KeptInput.objects.exists()


def test_who_leaves_at_once_loses_nothing_either(page, enrolment):
    fill_in(page, "Net getypt")
    page.goto("/uren/")
    # What the browser sends on leaving may come in after the next page went out.
    for _ in range(100):
        if kept.fields(enrolment.participant, "hours-new"):
            break
        page.wait_for_timeout(100)
    page.goto(NEW)
    expect(page.get_by_label("Wat deed je?")).to_have_value("Net getypt")


def test_what_was_sent_is_no_longer_kept(page, enrolment):
    fill_in(page)
    saved(page)
    hand_in(page)
    handed_in(page)
    assert kept.fields(enrolment.participant, "hours-new") is None


def test_a_login_that_ended_is_said_and_the_button_still_brings_everything_along(page):
    Session.objects.all().delete()
    fill_in(page, "Doorgetypt na het einde")
    expect(page.get_by_role("alert")).to_contain_text("Je bent uitgelogd.")
    hand_in(page)
    expect(page).to_have_url(re.compile("/accounts/login/"))


def test_after_a_login_in_another_tab_the_form_goes_as_it_is(page, enrolment):
    enrolment.participant.set_password("een goed woord")
    enrolment.participant.save()
    Session.objects.all().delete()
    fill_in(page, "Van voor het inloggen")
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="Log in via een nieuw tabblad").click()
    log_in(opened.value, enrolment.participant)
    hand_in(page)
    handed_in(page)
    assert HourEntry.objects.get().description == "Van voor het inloggen"


def test_somebody_else_on_the_same_phone_never_sends_what_was_typed_before(page, enrolment):
    other = EnrolmentFactory(cohort=enrolment.cohort).participant
    other.set_password("een goed woord")
    other.save()
    fill_in(page, "Van de eerste")
    saved(page)
    Session.objects.all().delete()
    tab = page.context.new_page()
    tab.goto("/accounts/login/")
    log_in(tab, other)
    hand_in(page)
    expect(page.get_by_role("alert")).to_contain_text("iemand anders ingelogd")
    assert not HourEntry.objects.exists()
    assert not KeptInput.objects.own(other).exists()


def log_in(page, user):
    page.get_by_role("textbox", name="E-mailadres").fill(user.email)
    page.get_by_role("textbox", name="Wachtwoord").fill("een goed woord")
    page.get_by_role("button", name="Log in", exact=True).click()
    expect(page.get_by_role("link", name="Meer")).to_be_visible()


# Without script, and the reviewer's side


def test_without_script_an_hour_is_logged_and_withdrawn_and_put_back(open_as, enrolment):
    page = open_as(enrolment.participant, java_script_enabled=False)
    page.goto(NEW)
    fill_in(page)
    hand_in(page)
    handed_in(page)
    page.locator(".ll-lines").get_by_role("link").first.click()
    page.get_by_role("button", name="Trek in").click()
    page.get_by_role("button", name="Toch niet, zet terug").click()
    expect(page.get_by_text("2 uur staat er weer.")).to_be_visible()


def test_an_example_fills_the_reason_and_never_what_was_typed(open_as, enrolment):
    entry = HourEntryFactory(enrolment=enrolment)
    page = open_as(RoleFactory(cohort=enrolment.cohort).user)
    page.goto("/nakijken/")
    page.get_by_role("radio", name="Stuur terug").check()
    reason = page.get_by_label("Wat moet er anders?")
    page.get_by_label("Kies een voorbeeld").select_option("Welke dag was dit precies?")
    expect(reason).to_have_value("Welke dag was dit precies?")
    reason.fill("Was dit op dinsdag?")
    page.get_by_label("Kies een voorbeeld").select_option("Op welke leerplek was dit?")
    expect(reason).to_have_value("Was dit op dinsdag?")
    page.get_by_role("button", name="Bewaar mijn keuze").click()
    expect(page.get_by_text("1 regel teruggestuurd.")).to_be_visible()
    entry.refresh_from_db()
    assert entry.return_reason == "Was dit op dinsdag?"
