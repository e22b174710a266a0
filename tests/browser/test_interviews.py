"""Two assessors with a phone each, from rating alone to a final result; and bad connections."""

import re

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse
from playwright.sync_api import expect

from leerlijn.demo import PASSWORD
from participants.accounts import demo_codes
from participants.models import FinalInterview, Rating
from tests.browser.conftest import type_the_code
from tests.browser.states_interviews import planned

NOTE = "Ze vertelde over het spreekuur van dinsdag."


@pytest.fixture
def found(transactional_db):
    return planned(hours=-1)


def at(name, found):
    return reverse(f"interviews:{name}", args=[found.interview.pk])


def rate_alone(page, found, values, note=""):
    page.goto(at("rate", found))
    for item, value in zip(found.items, values, strict=True):
        choice = page.locator(f"input[name=value_{item.pk}][value={value}]")
        choice.check(force=True)
    page.locator(f"#id_notes_{found.items[0].pk}").fill(note)
    page.get_by_role("button", name="Verder naar inleveren").click()
    page.get_by_label("Ik was geen trainer of coach").check()
    page.get_by_role("button", name="Lever in").click()
    expect(page.get_by_text(re.compile(r"^Ingeleverd\."))).to_be_visible()


def test_two_phones_from_rating_blind_to_a_final_result(open_as, found):
    first, second = open_as(found.first), open_as(found.second)
    rate_alone(first, found, ["not_yet", "good", "good"], NOTE)
    second.goto(at("detail", found))
    assert NOTE not in second.content()
    rate_alone(second, found, ["good", "good", "good"])
    first.goto(at("joint", found))
    expect(first.get_by_role("heading", name="Hier verschillen jullie")).to_be_visible()
    expect(first.get_by_role("heading", name="Vragen stellen")).to_be_hidden()
    item = found.items[0].pk
    first.locator(f"input[name=value_{item}][value=sufficient]").check(force=True)
    first.locator(f"#id_motivation_{item}").fill("Het tweede voorbeeld gaf de doorslag.")
    first.get_by_label("Wat laat deze deelnemer sterk zien?").fill("Je luistert goed.")
    first.get_by_role("button", name="Verder naar vaststellen").click()
    first.get_by_role("button", name="Stel vast").click()
    expect(first.get_by_text("Vastgesteld. De deelnemer ziet nu het verslag.")).to_be_visible()
    assert FinalInterview.objects.get().result == "pass"
    second.goto(at("detail", found))
    expect(second.get_by_text("Je luistert goed.")).to_be_visible()


def test_notes_survive_a_lost_connection(open_as, found):
    page = open_as(found.first)
    page.goto(at("rate", found))
    notes = page.locator(f"#id_notes_{found.items[0].pk}")
    page.context.set_offline(True)
    notes.fill(NOTE)
    page.get_by_role("button", name="Bewaar").click()
    expect(page.get_by_role("alert").first).to_contain_text("geen verbinding")
    expect(notes).to_have_value(NOTE)
    page.context.set_offline(False)
    page.get_by_role("button", name="Bewaar").click()
    expect(page.get_by_text("Bewaard. Alleen jij ziet dit.")).to_be_visible()
    assert Rating.objects.get(item=found.items[0]).notes == NOTE


def test_notes_that_were_never_sent_are_there_on_another_phone(open_as, found):
    page = open_as(found.first)
    page.goto(at("rate", found))
    with page.expect_response(lambda answer: "/bewaard/" in answer.url):
        page.locator(f"#id_notes_{found.items[0].pk}").press_sequentially(NOTE)
    page.close()
    other = open_as(found.first)
    other.goto(at("rate", found))
    expect(other.get_by_text("We hebben bewaard wat je typte")).to_be_visible()
    expect(other.locator(f"#id_notes_{found.items[0].pk}")).to_have_value(NOTE)
    assert not Rating.objects.exists()


def test_notes_survive_a_login_that_ended(open_as, found):
    found.first.set_password(PASSWORD)
    found.first.is_demo = True  # so that the page shows the code of the second factor
    found.first.save()
    demo_codes.give(found.first)
    page = open_as(found.first, java_script_enabled=False)
    page.goto(at("rate", found))
    page.locator(f"#id_notes_{found.items[0].pk}").fill(NOTE)
    Session.objects.all().delete()
    page.get_by_role("button", name="Bewaar").click()
    page.get_by_role("textbox", name="E-mailadres").fill(found.first.email)
    page.get_by_role("textbox", name="Wachtwoord").fill(PASSWORD)
    page.get_by_role("button", name="Log in", exact=True).click()
    type_the_code(page)
    expect(page.get_by_text(NOTE).first).to_be_visible()
    page.locator("main form button").first.click()
    expect(page.get_by_text("Bewaard. Alleen jij ziet dit.")).to_be_visible()
    assert Rating.objects.get(item=found.items[0]).notes == NOTE
