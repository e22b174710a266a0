"""The supervisor on a phone: look, choose, four digits, done; and once more without the digits."""

import pytest
from playwright.sync_api import expect

from participants.models import ConfirmationRequest
from tests.participants.confirmations.scene import Scene, address, states

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_supervisor_confirms_on_a_phone(open_as, live_server):
    scene = Scene()
    request = scene.ask()
    page = open_as()
    asked = []
    page.on("request", lambda sent: asked.append(sent))
    page.goto(f"{live_server.url}{address(request)}")
    expect(page.get_by_role("heading", level=1)).to_have_text("Kloppen deze uren?")
    assert ConfirmationRequest.objects.get().opened_at is None
    lines = page.get_by_role("group")
    expect(page.get_by_label("Wat klopt er niet?").first).to_be_hidden()
    lines.nth(0).get_by_role("radio", name="Klopt", exact=True).check()
    lines.nth(1).get_by_role("radio", name="Klopt niet").check()
    lines.nth(1).get_by_label("Wat klopt er niet?").fill("Het was op woensdag.")
    page.get_by_label("Code uit de mail").fill(request.code)
    page.get_by_role("button", name="Verstuur wat ik koos").click()
    expect(page.get_by_text("Je antwoord van eerder is bewaard.")).to_be_visible()
    assert states(scene.first, scene.second, scene.third) == ["approved", "returned", "submitted"]
    expect(page.get_by_label("Code uit de mail")).to_have_count(0)
    page.get_by_role("button", name="Alles klopt").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Klaar, dank je wel")
    assert states(scene.third) == ["approved"]
    assert ConfirmationRequest.objects.get().opened_at
    told = {sent.all_headers().get("referer", "") for sent in asked}
    assert [referrer for referrer in told if "/bevestigen/" in referrer] == [], told
    assert {sent.url.startswith(live_server.url) for sent in asked} == {True}


def test_a_page_that_is_only_loaded_was_not_opened(open_as, live_server):
    request = Scene().ask()
    page = open_as()
    page.goto(f"{live_server.url}{address(request)}")
    page.wait_for_load_state("networkidle")
    assert ConfirmationRequest.objects.get().opened_at is None
    with page.expect_response(lambda answer: answer.url.endswith("/geopend/")):
        page.mouse.wheel(0, 400)
    assert ConfirmationRequest.objects.get().opened_at


def test_enter_in_the_code_sends_no_more_than_was_chosen(open_as, live_server):
    scene = Scene()
    request = scene.ask()
    page = open_as(java_script_enabled=False)
    page.goto(f"{live_server.url}{address(request)}")
    page.get_by_role("radio", name="Klopt", exact=True).first.check()
    page.get_by_label("Code uit de mail").fill(request.code)
    page.keyboard.press("Enter")
    expect(page.get_by_text("Je antwoord van eerder is bewaard.")).to_be_visible()
    assert states(scene.first, scene.third) == ["approved", "submitted"]
