"""Photos of paper on a phone: made smaller there, upright, and one PDF in the end."""

import datetime as dt
import io

import pypdfium2
import pytest
from django.utils import timezone
from PIL import Image, ImageDraw
from playwright.sync_api import expect

from participants.models import PlanVersion, StoredFile
from tests.factories import CohortFactory, EnrolmentFactory
from tests.participants.files import corpus


def taken_sideways(color):
    """A photo of 2400 by 1200 that must be turned a quarter: its top half is ``color`` then."""
    noise = Image.effect_noise((2400, 1200), 60).convert("RGB")
    # Turned by 90 degrees clockwise, the left side comes on top.
    ImageDraw.Draw(noise).rectangle((0, 0, 1200, 1200), fill=color)
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = "Cameramaker"
    file = io.BytesIO()
    noise.save(file, "JPEG", quality=95, exif=exif)
    return file.getvalue()


def photo(name, color="red"):
    return {"name": name, "mimeType": "image/jpeg", "buffer": taken_sideways(color)}


@pytest.fixture
def noor(transactional_db):
    today = timezone.localdate()
    term = {"starts_on": today - dt.timedelta(days=90), "ends_on": today + dt.timedelta(days=90)}
    return EnrolmentFactory(cohort=CohortFactory(**term)).participant


@pytest.fixture
def chosen(open_as, noor):
    """The page of one's own plans where two photos were chosen, and then a third."""
    page = open_as(noor)
    page.goto("/plannen/mijn/")
    field = page.locator("input[type=file]").first
    field.set_input_files([photo("een.jpg"), photo("twee.jpg", "blue")])
    expect(page.get_by_text("2 bestanden gekozen")).to_be_visible()
    field.set_input_files([photo("drie.jpg", "lime")])
    expect(page.get_by_text("3 bestanden gekozen")).to_be_visible()
    return page


def test_photos_are_made_smaller_listed_and_sent_as_one_pdf(chosen, settings):
    page = chosen
    sizes = page.evaluate("[...document.querySelector('input[type=file]').files].map(f => f.size)")
    assert len(sizes) == 3 and max(sizes) < len(taken_sideways("red")) / 2
    page.get_by_role("button", name="Haal weg twee.jpg").click()
    expect(page.get_by_text("twee.jpg is weggehaald. 2 bestanden gekozen")).to_be_visible()
    page.get_by_role("button", name="Bewaar").first.click()
    page.wait_for_url("**/plannen/**")
    expect(page.locator(".ams-alert--success")).to_be_visible()
    stored = StoredFile.objects.get(plan_versions__isnull=False)
    assert (stored.kind, stored.pages) == ("pdf", 2)
    pdf = pypdfium2.PdfDocument(settings.MEDIA_ROOT / stored.path)
    for number, color in enumerate([(254, 0, 0), (0, 255, 0)]):
        side = pdf[number]
        assert side.get_height() > side.get_width()
        seen = side.render().to_pil().getpixel((297, 150))
        assert all(abs(one - other) < 30 for one, other in zip(seen, color, strict=True))
    # The page that came is a whole page, with its scripts: the next thing works too.
    page.get_by_role("link", name="Meer", exact=True).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Meer")


def test_a_sending_that_does_not_get_through_says_so_and_can_be_pressed_again(chosen):
    page = chosen
    page.route("**/lever-in/", lambda route: route.abort())
    page.get_by_role("button", name="Bewaar").first.click()
    expect(page.get_by_text("Het versturen lukte niet.")).to_be_visible()
    assert not PlanVersion.objects.exists()
    page.unroute("**/lever-in/")
    page.get_by_role("button", name="Bewaar").first.click()
    expect(page.get_by_text("Het versturen lukte niet.")).to_have_count(0)
    expect(page.locator(".ams-alert--success")).to_be_visible()
    assert PlanVersion.objects.count() == 1


def test_what_is_not_taken_is_still_chosen_beside_the_reason(chosen):
    page = chosen
    paper = {"name": "plan.pdf", "mimeType": "application/pdf", "buffer": corpus.pdf()}
    page.locator("input[type=file]").first.set_input_files([paper])
    expect(page.get_by_text("4 bestanden gekozen")).to_be_visible()
    page.get_by_role("button", name="Bewaar").first.click()
    expect(page.get_by_text("Kies één bestand, of alleen foto's.").first).to_be_visible()
    page.get_by_role("button", name="Haal weg plan.pdf").click()
    page.get_by_role("button", name="Bewaar").first.click()
    expect(page.locator(".ams-alert--success")).to_be_visible()
    assert StoredFile.objects.get().pages == 3


def test_without_script_the_photos_are_sent_as_they_are(open_as, noor):
    page = open_as(noor, java_script_enabled=False)
    page.goto("/plannen/mijn/")
    page.locator("input[type=file]").first.set_input_files([photo("een.jpg"), photo("twee.jpg")])
    page.get_by_role("button", name="Bewaar").first.click()
    page.wait_for_url("**/plannen/**")
    assert StoredFile.objects.get().pages == 2
