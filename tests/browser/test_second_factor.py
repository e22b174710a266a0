"""A passkey of a (virtual) machine that knows its owner is chosen at first, and then is both."""

from playwright.sync_api import expect

from tests.factories import CohortFactory, RoleFactory

PASSWORD = "een-lang-wachtwoord"
MACHINE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
}


def test_a_passkey_chosen_at_the_first_login_opens_the_door_alone_after_that(open_as):
    person = RoleFactory(cohort=CohortFactory()).user
    person.set_password(PASSWORD)
    person.save()
    page = open_as()
    page.on("dialog", lambda asked: asked.accept())
    browser = page.context.new_cdp_session(page)
    browser.send("WebAuthn.enable")
    browser.send("WebAuthn.addVirtualAuthenticator", {"options": MACHINE})

    page.goto("/accounts/login/?next=/lessen/")
    page.get_by_role("textbox", name="E-mailadres").fill(person.email)
    page.get_by_role("textbox", name="Wachtwoord").fill(PASSWORD)
    page.get_by_role("button", name="Log in", exact=True).click()
    page.get_by_role("link", name="Ik neem een passkey of sleuteltje").click()
    page.get_by_role("button", name="Voeg toe").click()
    page.get_by_role("button", name="Laat mijn codes zien").click()
    expect(page.get_by_role("button", name="Print deze codes")).to_be_visible()
    page.get_by_role("link", name="Ik heb ze op papier").click()
    page.wait_for_url("**/lessen/")

    page.goto("/meer/")
    page.get_by_role("button", name="Log uit").click()
    page.wait_for_url(lambda address: "/meer/" not in address)
    page.goto("/accounts/login/")
    page.get_by_role("button", name="Log in met je vingerafdruk of gezicht").click()
    page.wait_for_url("**/wacht/")
