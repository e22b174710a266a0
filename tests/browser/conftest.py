from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import Client
from playwright.sync_api import expect

from leerlijn.demo import PASSWORD
from leerlijn.demo.people import FIRST
from tests.browser.looking import PHONE

HERE = Path(__file__).parent
MAIN_ROADS = ("test_road.py", "test_states.py")
DRIVEN_ON_SQLITE = "script and layout are the same on either database; the main roads run on both"


def pytest_collection_modifyitems(items):
    """Drive the side roads on SQLite only: they are about what happens in the browser."""
    if connection.vendor == "sqlite":
        return
    for item in items:
        if item.path.parent == HERE and item.path.name not in MAIN_ROADS:
            item.add_marker(pytest.mark.skip(reason=DRIVEN_ON_SQLITE))


@pytest.fixture
def demo(transactional_db):
    call_command("demo", verbosity=0)


@pytest.fixture
def visit(live_server, demo, new_context):
    """A page of somebody of the demo who just logged in, with all that takes; of nobody without."""

    def arrive(key=None, viewport=PHONE):
        page = new_context(base_url=live_server.url, viewport=viewport).new_page()
        page.set_default_timeout(15_000)
        if key:
            page.goto("/accounts/login/")
            page.get_by_role("textbox", name="E-mailadres").fill(f"{key}@leerlijn.example")
            page.get_by_role("textbox", name="Wachtwoord").fill(PASSWORD)
            page.get_by_role("button", name="Log in", exact=True).click()
            if key not in FIRST:
                type_the_code(page)
            expect(page.get_by_role("link", name="Meer")).to_be_visible()
        return page

    return arrive


def type_the_code(page):
    """The second factor of staff, as the demo shows it."""
    code = page.locator("#demo-code b").inner_text()
    page.get_by_role("textbox", name="Code").fill(code)
    page.get_by_role("button", name="Log in", exact=True).click()


@pytest.fixture
def open_as(live_server, transactional_db, new_context):
    """A page of ``user`` (or of nobody) that is logged in already, without the demo.

    Takes what a context of Playwright takes, as ``java_script_enabled=False``.
    """

    def arrive(user=None, viewport=PHONE, second_factor=True, **options):
        context = new_context(base_url=live_server.url, viewport=viewport, **options)
        if user:
            context.add_cookies([session_of(user, live_server.url, second_factor)])
        page = context.new_page()
        page.set_default_timeout(15_000)
        return page

    return arrive


def session_of(user, url, second_factor=True):
    client = Client()
    backend = settings.AUTHENTICATION_BACKENDS[0]
    client.force_login(user, backend=backend, second_factor=second_factor)
    name = settings.SESSION_COOKIE_NAME
    return {"name": name, "value": client.cookies[name].value, "url": url}
