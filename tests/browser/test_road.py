"""The main road in a real browser: on a phone for who takes part, and for the staff."""

from django.urls import reverse
from playwright.sync_api import expect

from participants.models import Cohort, DevelopmentPlan, Session
from tests.browser.looking import complaints

DONE = "Hoofdstuk 2 over stigma gelezen"
OWN_PAGES = [
    "/",
    "/uren/",
    "/uren/nieuw/",
    "/lessen/",
    "/trainingen/",
    "/plannen/",
    "/gesprekken/",
    "/meer/",
]
STAFF_PAGES = [
    "/wacht/",
    "/nakijken/",
    "/lessen/",
    "/lichtingen/",
    "/gesprekken/",
    "/meer/",
    "/plannen/",
    "/leerplekken/",
    "/trainingen/voorstellen/",
    "/certificaten/",
]
OPEN_PAGES = ["/accounts/login/", "/controle/", "/hulp/"]


def test_an_hour_is_logged_with_three_clicks_from_the_first_screen(visit):
    page = visit("deelnemer")
    page.get_by_role("link", name="Schrijf uren op").first.click()
    page.get_by_role("link", name="Zelfde als vorige keer").click()
    page.get_by_role("button", name="Lever in", exact=True).click()
    expect(page.get_by_text("kijkt ernaar.")).to_be_visible()


def test_an_hour_waits_and_counts_once_a_reviewer_agrees(visit):
    page = visit("deelnemer")
    before = approved_hours(page)
    page.get_by_role("link", name="Uren", exact=True).click()
    page.get_by_role("link", name="Schrijf uren op").click()
    page.get_by_role("radio", name="Studie").check()
    page.get_by_role("radio", name="Vandaag").check()
    page.get_by_label("Of typ het zelf").fill("1u30")
    page.get_by_label("Wat deed je?").fill(DONE)
    page.get_by_role("button", name="Lever in", exact=True).click()
    waiting = page.get_by_role("listitem").filter(has_text=DONE)
    expect(waiting).to_contain_text("1,5 uur")
    expect(waiting).to_contain_text("Ingediend")

    reviewer = visit("beoordelaar")
    reviewer.goto("/nakijken/")
    reviewer.get_by_role("listitem").filter(has_text=DONE).get_by_label("Akkoord").check()
    reviewer.get_by_role("button", name="Bewaar mijn keuze").first.click()
    expect(reviewer.get_by_text("1 regel akkoord.")).to_be_visible()

    page.goto("/")
    assert approved_hours(page) == before | {"Studie": before["Studie"] + 1.5}


def test_a_previewed_certificate_is_issued_and_called_valid_by_the_check_page(visit):
    office = visit("coordinator")
    office.get_by_role("link", name="Lichting 20").first.click()
    office.get_by_role("link", name="Certificaten van deze lichting").click()
    ready = office.get_by_role("checkbox")
    for box in ready.all()[1:]:
        box.uncheck()
    office.get_by_role("button", name="Bekijk en maak").click()
    expect(office.get_by_role("heading", level=1)).to_have_text("Maak 1 certificaat?")
    office.get_by_role("button", name="Maak het certificaat").click()
    expect(office.get_by_text("1 gemaakt, 0 overgeslagen.")).to_be_visible()
    office.get_by_role("link", name="LL-").click()
    address = office.get_by_role("link", name="Naar de controlepagina").get_attribute("href")

    anyone = visit()
    anyone.goto(address)
    expect(anyone.get_by_role("heading", level=1)).to_have_text("Geldig")


def test_pages_of_a_participant_and_of_anyone_fit_320_pixels_and_bar_nobody(visit):
    assert all_complaints(visit("deelnemer"), OWN_PAGES) == []
    assert all_complaints(visit(), OPEN_PAGES) == []


def test_pages_of_staff_fit_a_phone_and_bar_nobody(visit):
    assert all_complaints(visit("coordinator"), [*STAFF_PAGES, *pages_of_one()]) == []


def all_complaints(page, addresses):
    return [
        (address, said) for address in addresses for said in complaints(page, address, desk=False)
    ]


def approved_hours(page):
    """By kind, as the first screen of a participant says them."""
    return {kind: approved_of(page, kind) for kind in ("Studie", "Werk")}


def approved_of(page, kind):
    said = page.get_by_role("region", name=kind).get_by_role("definition").first.inner_text()
    return float(said.replace(",", "."))


def pages_of_one():
    """The pages of staff about one cohort, person, session or plan."""
    cohort = Cohort.objects.running().get()
    person = cohort.enrolments.get(participant__email="deelnemer@leerlijn.example")
    session = Session.objects.filter(cohorts=cohort).first()
    return [
        reverse("overview:cohort", args=[cohort.pk]),
        reverse("overview:person", args=[person.pk]),
        reverse("certificates:cohort", args=[cohort.pk]),
        reverse("sessions:register", args=[session.pk]),
        reverse("plans:detail", args=[DevelopmentPlan.objects.get(enrolment=person).pk]),
        reverse("enrolments:import", args=[cohort.pk]),
        reverse("interviews:plan", args=[person.pk]),
    ]
