"""Applying on a phone: with a mistake, by the link in the mail, and without script."""

import re

import pytest
from playwright.sync_api import expect

from participants.models import Enrolment
from tests.factories import RoleFactory
from tests.factories.applications import open_cohort

pytestmark = pytest.mark.django_db(transaction=True)


def fill_in(page, cohort, *, email):
    page.goto("/aanmelden/")
    page.get_by_role("link", name=re.compile("Meld je aan voor")).click()
    page.get_by_label("Je naam").fill("Jo Nieuw")
    page.get_by_label("Je e-mailadres").fill(email)
    for question in ("opleiding", "samengewerkt"):
        group = page.get_by_role("group", name=re.compile(question))
        group.get_by_label("Ja" if question == "opleiding" else "Nee").check(force=True)
    page.get_by_label("Wil je zeggen welke opleiding?").fill("Basiscursus")
    page.get_by_role("button", name="Meld me aan").click()


def press_the_link(page, mail):
    page.goto(re.search(r"/aanmelden/bevestig/\S+", mail.body).group())
    page.get_by_role("button", name="Ja, meld me aan").click()
    expect(page.get_by_role("heading", name="Je aanmelding is binnen")).to_be_visible()


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_somebody_applies_on_a_phone(open_as, mailoutbox, script):
    cohort = open_cohort()
    page = open_as(java_script_enabled=script)
    fill_in(page, cohort, email="jo@")
    summary = page.get_by_role("region", name=re.compile("Nog 1 ding"))
    expect(summary).to_be_visible()
    if script:
        expect(summary).to_be_focused()
    expect(page.get_by_label("Je naam")).to_have_value("Jo Nieuw")
    expect(page.get_by_label("Wil je zeggen welke opleiding?")).to_have_value("Basiscursus")
    page.get_by_label("Je e-mailadres").fill("jo@leerlijn.example")
    page.get_by_role("button", name="Meld me aan").click()
    expect(page.get_by_role("heading", name="Kijk in je mail")).to_be_visible()
    [mail] = mailoutbox
    press_the_link(page, mail)
    enrolment = Enrolment.objects.get()
    assert (enrolment.participant.email, enrolment.status) == ("jo@leerlijn.example", "applied")
    assert (enrolment.did_training, enrolment.has_experience) == (True, False)


def test_a_coordinator_reads_it_and_lets_somebody_in_on_a_phone(open_as, mailoutbox):
    cohort = open_cohort()
    page = open_as()
    fill_in(page, cohort, email="jo@leerlijn.example")
    expect(page.get_by_role("heading", name="Kijk in je mail")).to_be_visible()
    press_the_link(page, mailoutbox.pop())
    office = open_as(RoleFactory(coordinator=True, cohort=cohort).user)
    office.goto(f"/lichtingen/{cohort.pk}/aanmeldingen/")
    office.get_by_role("link", name="Jo Nieuw").click()
    expect(office.get_by_text("Ja: Basiscursus")).to_be_visible()
    office.get_by_role("link", name="Laat toe").click()
    office.get_by_label("Waarom").fill("Past goed bij de groep")
    office.get_by_role("button", name="Laat toe").click()
    expect(office.get_by_text("Jo doet mee. De mail is onderweg.")).to_be_visible()
    [mail] = mailoutbox
    assert "zonder wachtwoord" in mail.body
