"""Plans on a phone: written while saved, shared, photographed, and written with the group."""

import io

import pytest
from PIL import Image
from playwright.sync_api import expect

from participants.models import DevelopmentPlan, PlanVersion
from participants.plans import actions
from tests.browser.looking import barriers, sideways
from tests.browser.states_plans import gop, pop, world
from tests.participants.plans import scene
from tests.participants.plans.scene import at

LATER = 10_000  # milliseconds: the script waits two seconds after typing


@pytest.fixture
def found(transactional_db):
    return world()


def writing(found):
    return at("write", kind="pop", enrolment=found.enrolment.pk)


def photo(colour):
    paper = io.BytesIO()
    Image.new("RGB", (600, 800), colour).save(paper, "JPEG")
    return {"name": f"{colour}.jpg", "mimeType": "image/jpeg", "buffer": paper.getvalue()}


def until_kept(page, section):
    """Wait for what the browser sent on leaving: it may come in after the next page went out."""
    for _ in range(100):
        if section in PlanVersion.objects.get().sections:
            return
        page.wait_for_timeout(100)


def test_a_pop_is_saved_while_typing_and_is_there_after_leaving(found, open_as):
    page = open_as(found.participant)
    page.goto(writing(found))
    page.get_by_label("Wat gaat goed?").fill("Ik luister goed.")
    expect(page.get_by_text("Bewaard om")).to_be_visible(timeout=LATER)
    page.get_by_label("Terugblik").fill("Het gaat beter.")
    page.goto(at("mine"))  # without pressing anything
    until_kept(page, "terugblik")
    page.get_by_role("link", name="Schrijf verder").click()
    expect(page.get_by_label("Wat gaat goed?")).to_have_value("Ik luister goed.")
    expect(page.get_by_label("Terugblik")).to_have_value("Het gaat beter.")
    draft = PlanVersion.objects.get()
    assert draft.sections == {"goed": "Ik luister goed.", "terugblik": "Het gaat beter."}

    # From another window: a warning, both texts, and nothing overwritten.
    other = open_as(found.participant)
    other.goto(writing(found))
    other.get_by_label("Terugblik").fill("Het gaat veel beter.")
    expect(other.get_by_text("Bewaard om")).to_be_visible(timeout=LATER)
    page.get_by_label("Terugblik").fill("Ik weet het niet.")
    warned = page.get_by_role("alert").filter(has_text="in een ander venster")
    expect(warned).to_be_visible(timeout=LATER)
    page.get_by_role("button", name="Bewaar", exact=True).click()
    expect(page.get_by_text("Het gaat veel beter.")).to_be_visible()
    expect(page.get_by_label("Terugblik")).to_have_value("Ik weet het niet.")
    draft.refresh_from_db()
    assert draft.sections["terugblik"] == "Het gaat veel beter."
    assert barriers(page) == [] and sideways(page) == []


def test_a_goal_is_added_and_the_plan_shared_by_keyboard_alone(found, open_as):
    page = open_as(found.participant)
    page.goto(writing(found))
    press(page, "button", "Bewaar en schrijf een leerdoel op")
    press(page, "link", "Schrijf een leerdoel op")
    page.get_by_label("Wat wil je leren?").focus()
    page.keyboard.type("Nee zeggen")
    press(page, "button", "Bewaar")
    press(page, "button", "Bezig leerdoel 1")
    expect(page.get_by_text("Leerdoel 1: bezig.")).to_be_visible()
    page.goto(at("mine"))
    press(page, "button", "Deel met je trainer")
    expect(page.get_by_text("Versie 1 van je plan is gedeeld")).to_be_visible()
    [goal] = PlanVersion.objects.shared().get().goals
    assert (goal["what"], goal["state"]) == ("Nee zeggen", "busy")


def press(page, role, name):
    """Walk to it with the tab key, and press Enter."""
    wanted = page.get_by_role(role, name=name, exact=True)
    expect(wanted).to_be_visible()
    for _step in range(80):
        if wanted.evaluate("element => element === document.activeElement"):
            break
        page.keyboard.press("Tab")
    expect(wanted).to_be_focused()
    page.keyboard.press("Enter")


def test_two_photos_of_paper_become_one_pdf(found, open_as):
    page = open_as(found.participant)
    page.goto(at("mine"))
    panel = page.get_by_role("region", name="POP: persoonlijk ontwikkelingsplan")
    panel.locator("input[type=file]").set_input_files([photo("white"), photo("gray")])
    panel.get_by_role("button", name="Lever in").click()
    expect(page.get_by_text("Versie 1 van je plan is gedeeld")).to_be_visible(timeout=LATER)
    version = PlanVersion.objects.get()
    assert (version.file.kind, version.pages, version.is_shared) == ("pdf", 2, True)
    expect(page.get_by_text("2 bladzijden")).to_be_visible()


def test_of_two_phones_in_one_section_of_the_gop_the_second_sees_both_texts(found, open_as):
    gop(found)
    first, second = open_as(found.participant), open_as(found.member)
    first.goto(at("section", found.enrolment.pk, "doel"))
    second.goto(at("section", found.member_enrolment.pk, "doel"))
    for page, text in [(first, "Doel van Noor"), (second, "Doel van Sami")]:
        page.get_by_role("textbox", name="Ons gezamenlijke doel").fill(text)
        page.get_by_role("button", name="Lever in").click()
        expect(page.get_by_role("textbox", name="Ons gezamenlijke doel")).to_have_count(
            int(page is second)
        )
    expect(second.get_by_text("Iemand anders was je net voor").first).to_be_visible()
    expect(second.get_by_text("Doel van Noor")).to_be_visible()
    expect(second.get_by_role("textbox", name="Ons gezamenlijke doel")).to_have_value(
        "Doel van Sami"
    )
    assert barriers(second) == [] and sideways(second) == []
    second.get_by_role("button", name="Lever in").click()
    expect(second.get_by_text("van het groepsplan staat")).to_be_visible()
    latest = DevelopmentPlan.objects.of_groups().get().versions.latest()
    assert latest.sections["doel"] == "Doel van Sami"


def test_without_script_a_plan_is_written_shared_read_and_answered(found, open_as):
    page = open_as(found.participant, java_script_enabled=False)
    page.goto(writing(found))
    page.get_by_label("Wat gaat goed?").fill("Ik luister goed.")
    page.get_by_role("button", name="Bewaar", exact=True).click()
    page.get_by_role("button", name="Deel met je trainer").click()
    plan = DevelopmentPlan.objects.get()
    trainer = open_as(found.trainer, java_script_enabled=False)
    trainer.goto(at("detail", plan.pk))
    trainer.get_by_text("Reageer op dit onderdeel").first.click()
    trainer.get_by_label("Je reactie").first.fill("Waar merk je dat aan?")
    trainer.get_by_role("button", name="Stuur").first.click()
    page.goto(at("mine"))
    page.get_by_text("Wie heeft dit gelezen?").click()
    expect(page.get_by_text("Ellen Brouwer").first).to_be_visible()
    page.get_by_text("Antwoord").click()
    page.get_by_label("Je reactie").first.fill("Mensen vertellen meer.")
    page.get_by_role("button", name="Stuur").first.click()
    expect(page.get_by_text("Je reactie staat erbij")).to_be_visible()
    assert plan.versions.get().feedback.count() == 2


def test_staff_read_beside_the_version_before_on_a_wide_screen_and_below_it_on_a_phone(
    found, open_as
):
    plan, _version = pop(found)
    sections = {**scene.POP, "goed": "Ik luister heel goed."}
    actions.add_version(plan, by=found.participant, sections=sections, share=True)
    page = open_as(found.trainer, viewport={"width": 1280, "height": 900})
    page.goto(at("detail", plan.pk))
    now, before = page.locator(".ll-beside--two").first.locator("> *").all()
    assert now.bounding_box()["y"] == before.bounding_box()["y"]
    page.set_viewport_size({"width": 390, "height": 844})
    assert now.bounding_box()["x"] == before.bounding_box()["x"]
    assert now.bounding_box()["y"] < before.bounding_box()["y"]
