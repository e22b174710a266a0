import os
import shutil
from unittest import mock

import hypothesis
import pytest
from django.core.cache import caches
from django.db import connection
from django.db.backends.base.operations import BaseDatabaseOperations

from certificates import guards as of_certificates
from participants.events import guards as of_events

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


@pytest.fixture(scope="session", autouse=True)
def guards_are_lifted_to_clear_a_test_database():
    """Django empties all tables after a test that commits: just what the guards refuse.

    The flush tells of a migration when it is done, and so they are set again.
    """
    flush = BaseDatabaseOperations.execute_sql_flush

    def flush_unguarded(operations, statements):
        vendor = operations.connection.vendor
        lifted = [each.lift(vendor) for each in (*of_certificates.GUARDS, *of_events.GUARDS)]
        return flush(operations, [*lifted, *statements])

    with mock.patch.object(BaseDatabaseOperations, "execute_sql_flush", flush_unguarded):
        yield


@pytest.fixture(autouse=True)
def clean_slate(settings, tmp_path):
    """Each test has files of its own, and nobody has asked anything this minute."""
    settings.MEDIA_ROOT = tmp_path / "media"
    for cache in caches.all(initialized_only=True):
        cache.clear()
