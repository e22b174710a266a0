"""My data on a phone: change a name, take everything along, end a device, log in with a finger."""

import re
import zipfile

import pytest
from playwright.sync_api import expect

from participants.models import ApiToken, Device
from tests.browser.conftest import session_of
from tests.factories import EnrolmentFactory


@pytest.fixture
def noor(transactional_db):
    return EnrolmentFactory(participant__name="Noor Vos", participant__phone="").participant


@pytest.fixture
def page(open_as, noor):
    return open_as(noor)


def test_a_name_is_changed(page, noor):
    page.goto("/meer/")
    page.get_by_role("link", name="Mijn gegevens", exact=True).click()
    page.get_by_role("link", name="Wijzig je naam").click()
    page.get_by_label("Je naam").fill("Noor van Dijk")
    page.get_by_role("button", name="Bewaar").click()
    expect(page.get_by_text("Je heet hier nu Noor van Dijk.")).to_be_visible()


def test_everything_is_taken_along_as_one_file(page, noor, tmp_path):
    page.goto("/mijn-gegevens/")
    with page.expect_download() as download:
        page.get_by_role("button", name="Download alles").click()
    path = tmp_path / download.value.suggested_filename
    download.value.save_as(path)
    assert re.fullmatch(r"leerlijn-mijn-gegevens-[\d-]+\.zip", path.name)
    with zipfile.ZipFile(path) as archive:
        archive.extractall(tmp_path)
    # Without us: from the disk.
    page.goto(f"file://{tmp_path}/index.html")
    expect(page.get_by_role("heading", level=1)).to_have_text("Alles wat Leerlijn van je bewaart")
    expect(page.get_by_text("Noor Vos").first).to_be_visible()


def test_a_token_is_shown_once(page, noor):
    page.goto("/mijn-gegevens/instellingen/")
    page.get_by_label("Waar is het token voor?").fill("Mijn rekenblad")
    page.get_by_role("button", name="Maak een token").click()
    secret = page.locator("#token").inner_text()
    assert ApiToken.objects.behind(secret).exists()
    page.get_by_role("link", name="Klaar").click()
    expect(page.get_by_text("Mijn rekenblad", exact=True)).to_be_visible()
    assert secret not in page.content()


def test_another_device_is_logged_out(page, noor, live_server):
    session_of(noor, live_server.url)
    Device.objects.filter(user=noor).order_by("pk").last()
    page.goto("/mijn-gegevens/instellingen/")
    expect(page.get_by_text("Dit apparaat")).to_have_count(1)
    page.get_by_role("button", name=re.compile("^Log uit:? ")).click()
    expect(page.get_by_text("Uitgelogd: ")).to_be_visible()
    assert Device.objects.owned_by(noor).logged_in().count() == 1


def test_a_passkey_is_added_and_logs_in(open_as, noor, live_server):
    """With an authenticator that the browser plays; its addresses may not be numbers."""
    address = live_server.url.replace("127.0.0.1", "localhost")
    page = open_as()
    client = page.context.new_cdp_session(page)
    client.send("WebAuthn.enable")
    facts = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    client.send("WebAuthn.addVirtualAuthenticator", {"options": facts})
    complaints = []
    page.on("console", lambda said: said.type == "error" and complaints.append(said.text))
    page.context.add_cookies([session_of(noor, address)])

    page.goto(f"{address}/mijn-gegevens/instellingen/")
    page.get_by_role("link", name=re.compile("passkey")).click()
    page.get_by_role("link", name="Voeg dit apparaat toe").click()
    page.get_by_label("Hoe noem je dit apparaat?").fill("Mijn telefoon")
    page.get_by_role("button", name="Voeg toe").click()
    expect(page.get_by_text("Mijn telefoon")).to_be_visible()

    page.context.clear_cookies()
    page.goto(f"{address}/accounts/login/?next=/mijn-gegevens/")
    page.get_by_role("button", name="Log in met je vingerafdruk of gezicht").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Mijn gegevens")
    assert complaints == []
