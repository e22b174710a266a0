import os
import shutil

import hypothesis
import pytest
from django.core.cache import caches
from django.db import connection

# No test asserts how long something takes: a busy machine is no fault of ours.
hypothesis.settings.register_profile("untimed", deadline=None)
hypothesis.settings.load_profile("untimed")

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
BROWSER_FIXTURES = {"page", "context", "browser"}
NO_CHROMIUM = "no Chromium on this machine (on Debian: apt-get install chromium)"
NO_POSTGRES = "needs PostgreSQL: set TEST_DATABASE_URL"


def pytest_collection_modifyitems(items):
    """Mark what needs a browser, and skip what this machine cannot run. CI may skip no browser."""
    for item in items:
        if BROWSER_FIXTURES & set(item.fixturenames):
            item.add_marker("browser")
            if not CHROMIUM and os.environ.get("CI") != "true":
                item.add_marker(pytest.mark.skip(reason=NO_CHROMIUM))
        if item.get_closest_marker("postgres") and connection.vendor != "postgresql":
            item.add_marker(pytest.mark.skip(reason=NO_POSTGRES))


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    """The Chromium of this machine, which calls nobody and may run as root."""
    assert CHROMIUM, NO_CHROMIUM
    quiet = ["background-networking", "component-update", "gpu", "quic", "sync"]
    return browser_type_launch_args | {
        "executable_path": CHROMIUM,
        "args": ["--no-sandbox", "--no-first-run", *(f"--disable-{what}" for what in quiet)],
    }


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args):
    return browser_context_args | {"locale": "nl-NL", "timezone_id": "Europe/Amsterdam"}


@pytest.fixture(autouse=True)
def clean_slate(settings, tmp_path):
    """Each test has files of its own, and nobody has asked anything this minute."""
    settings.MEDIA_ROOT = tmp_path / "media"
    for cache in caches.all(initialized_only=True):
        cache.clear()
