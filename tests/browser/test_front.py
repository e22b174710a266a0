"""Clicks from login, the main tasks with keys alone, and sharing; on a phone, in real Chromium."""

import datetime as dt
import re
from io import BytesIO

import pikepdf
import pytest
from django.utils import timezone
from playwright.sync_api import expect

from participants.models import DevelopmentPlan, Endorsement, Enrolment, HourEntry, TrainingChoice
from tests.factories import (
    CohortFactory,
    EnrolmentFactory,
    GopFactory,
    HourEntryFactory,
    RoleFactory,
    TrainingChoiceFactory,
    TrainingFactory,
    ready_enrolment,
)
from tests.factories.certificates import CertificateFactory


@pytest.fixture
def enrolment(transactional_db):
    """Somebody who takes part today and wrote an hour before."""
    today = timezone.localdate()
    cohort = CohortFactory(
        starts_on=today - dt.timedelta(days=60), ends_on=today + dt.timedelta(days=60)
    )
    enrolment = EnrolmentFactory(cohort=cohort, participant__name="Marisol Martina")
    yesterday = today - dt.timedelta(days=1)
    HourEntryFactory(enrolment=enrolment, date=yesterday, minutes=60, description="Spreekuur")
    return enrolment


@pytest.fixture
def page(open_as, enrolment):
    """The first screen, as it is there after logging in."""
    page = open_as(enrolment.participant)
    page.goto("/")
    return page


class Clicks:
    """Presses things on a page, and counts."""

    def __init__(self, page):
        self.page, self.count = page, 0

    def on(self, locator):
        self.count += 1
        locator.click()


# Clicks from login


def test_what_is_left_is_there_without_a_click(page):
    expect(page.get_by_role("heading", name="Eén ding nu")).to_be_in_viewport()
    for kind in ("Studie", "Werk"):
        picture = page.get_by_role("img", name=re.compile(kind))
        expect(picture).to_be_in_viewport(ratio=1)
        expect(picture).to_have_accessible_name(re.compile("nodig"))
    expect(page.locator(".ll-now .ams-button")).to_be_in_viewport(ratio=1)


def test_an_hour_is_logged_in_three_clicks(page):
    clicks = Clicks(page)
    clicks.on(page.get_by_role("link", name="Schrijf uren op").first)
    clicks.on(page.get_by_role("link", name="Zelfde als vorige keer"))
    clicks.on(page.get_by_role("button", name="Lever in", exact=True))
    page.wait_for_url("**/uren/")
    assert clicks.count <= 3
    assert HourEntry.objects.filter(date=timezone.localdate()).count() == 1


def test_a_plan_is_uploaded_in_four_clicks(page, tmp_path):
    file = tmp_path / "plan.pdf"
    file.write_bytes(a_pdf())
    clicks = Clicks(page)
    clicks.on(page.get_by_role("link", name="Plannen"))
    chooser = page.locator("input[type=file]")
    if not chooser.first.is_visible():
        clicks.on(page.get_by_role("link", name=re.compile("bestand|POP|plan", re.I)).last)
    clicks.count += 1  # choosing the file
    chooser.first.set_input_files(file)
    clicks.on(page.get_by_role("button", name=re.compile("Stuur|Lever|Bewaar|Upload|Deel")).first)
    expect(page.locator(".ams-alert--success")).to_be_visible()
    assert clicks.count <= 4
    assert DevelopmentPlan.objects.get().versions.get().file is not None


# With keys alone


class Keys:
    """Moves over a page with Tab and Enter, as who has no mouse."""

    MOST = 90

    def __init__(self, page):
        self.page = page

    def to(self, name):
        """Tab until the focus is on what is called ``name``; it must be seen to be there."""
        for _turn in range(self.MOST):
            self.page.keyboard.press("Tab")
            here = self.page.evaluate(HERE)
            if here and re.search(name, here["name"]):
                assert here["outlined"], f"no visible focus on {here['name']}"
                return self
        raise AssertionError(f"Tab never comes to {name}")

    def press(self, key):
        self.page.keyboard.press(key)
        return self

    def write(self, text):
        self.page.keyboard.press("Control+a")
        self.page.keyboard.type(text)
        return self


# What has the focus, as it is called, and whether one can see that.
HERE = """() => {
  const one = document.activeElement;
  if (!one || one === document.body) return null;
  const label = one.labels?.[0]?.innerText ?? "";
  const looks = (each) => {
    const style = getComputedStyle(each);
    return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0;
  };
  const beside = one.nextElementSibling;
  return {
    name: `${one.innerText || one.value || ""} ${label} ${one.getAttribute("aria-label") ?? ""}`,
    outlined: looks(one) || (beside !== null && looks(beside)),
  };
}"""


def test_an_hour_is_logged_with_keys_alone(page):
    keys = Keys(page)
    keys.to("Schrijf uren op").press("Enter")
    page.wait_for_url("**/uren/nieuw/**")
    keys.to("Zelfde als vorige keer").press("Enter")
    page.wait_for_url("**like=**")
    keys.to("Lever in").press("Enter")
    page.wait_for_url("**/uren/")
    assert HourEntry.objects.filter(date=timezone.localdate()).count() == 1


def test_a_training_is_chosen_with_keys_alone(page):
    TrainingFactory(title="Grenzen stellen")
    keys = Keys(page)
    keys.to("Meer").press("Enter")
    page.wait_for_url("**/meer/")
    keys.to("Trainingen").press("Enter")
    page.wait_for_url("**/trainingen/")
    keys.to("Kies deze").press("Enter")
    expect(page.get_by_text("Grenzen stellen staat bij je keuzes.")).to_be_visible()
    assert TrainingChoice.objects.get().status == "chosen"


def test_a_plan_is_uploaded_with_keys_alone(page, tmp_path):
    file = tmp_path / "plan.pdf"
    file.write_bytes(a_pdf())
    keys = Keys(page)
    keys.to("Plannen").press("Enter")
    page.wait_for_url("**/plannen/**")
    if not page.locator("input[type=file]").first.is_visible():
        keys.to("bestand|POP|plan").press("Enter")
        page.locator("input[type=file]").first.wait_for()
    with page.expect_file_chooser() as chosen:
        keys.to("fakepath|estand").press("Enter")
    chosen.value.set_files(file)
    keys.to("Stuur|Lever|Bewaar|Upload|Deel").press("Enter")
    expect(page.locator(".ams-alert--success")).to_be_visible()


def test_the_plan_of_the_group_is_endorsed_with_keys_alone(page, enrolment):
    GopFactory(cohort=enrolment.cohort, complete=True)
    keys = Keys(page)
    keys.to("Plannen").press("Enter")
    page.wait_for_url("**/plannen/**")
    if not page.get_by_role("button", name="Ik sta achter dit plan").is_visible():
        keys.to("GOP|groep").press("Enter")
        page.get_by_role("button", name="Ik sta achter dit plan").wait_for()
    keys.to("Ik sta achter dit plan").press("Enter")
    expect(page.locator(".ams-alert--success")).to_be_visible()
    assert Endorsement.objects.get().enrolment == enrolment


def test_a_name_is_looked_at_and_confirmed_with_keys_alone(page, enrolment):
    page.goto(f"/naam/{enrolment.pk}/")
    keys = Keys(page)
    keys.to("Je naam op het certificaat").write("Marisol M. Martina")
    expect(page.locator("#naam-op-papier")).to_have_text("Marisol M. Martina")
    keys.to("Ja, zo is het goed").press("Enter")
    expect(page.get_by_text("Op je certificaat staat straks: Marisol M. Martina.")).to_be_visible()
    assert Enrolment.objects.get().certificate_name == "Marisol M. Martina"


# What only a browser shows


def test_the_link_of_a_certificate_is_copied_and_without_script_it_stands_there(open_as):
    certificate = CertificateFactory()
    page = open_as(
        certificate.enrolment.participant, permissions=["clipboard-read", "clipboard-write"]
    )
    page.goto("/certificaat/")
    page.get_by_role("button", name="Kopieer de link").click()
    expect(page.get_by_text("De link is gekopieerd.")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == certificate.check_url
    plain = open_as(certificate.enrolment.participant, java_script_enabled=False)
    plain.goto("/certificaat/")
    expect(plain.get_by_role("link", name=certificate.check_url)).to_be_visible()
    expect(plain.get_by_role("button", name="Kopieer de link")).to_be_hidden()


def test_the_whole_paper_opens_beside_the_form(open_as):
    enrolment = ready_enrolment()
    page = open_as(enrolment.participant)
    page.goto(f"/naam/{enrolment.pk}/")
    page.get_by_label("Je naam op het certificaat").fill("Marisol M.")
    with page.context.expect_page():
        page.get_by_role("button", name="Bekijk het hele voorbeeld").click()
    expect(page.get_by_role("button", name="Ja, zo is het goed")).to_be_visible()
    assert Enrolment.objects.get().name_confirmed_at is None


def test_what_is_done_leaves_the_list_and_the_place_stays(open_as, enrolment):
    trainer = RoleFactory(cohort=enrolment.cohort).user
    for number in range(1, 4):
        other = EnrolmentFactory(cohort=enrolment.cohort)
        TrainingChoiceFactory(enrolment=other, own=True, own_title=f"Nummer {number}")
    page = open_as(trainer)
    page.goto("/wacht/?soort=voorstellen")
    page.get_by_role("listitem").filter(has_text="Nummer 2").get_by_role("link").click()
    page.get_by_label("Akkoord", exact=True).check()
    page.get_by_role("button", name="Stuur je antwoord").click()
    page.wait_for_url("**/wacht/?soort=voorstellen#plaats-2")
    expect(page.locator("#plaats-2")).to_contain_text("Nummer 3")
    expect(page.get_by_text("Nummer 2")).to_be_hidden()


def a_pdf():
    """One empty page."""
    paper = BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(paper)
    return paper.getvalue()
