import os
import shutil
from unittest import mock

import hypothesis
import pytest
from django.core.cache import caches
from django.core.management.commands import flush
from django.db import connection, connections
from django.db.backends.base.operations import BaseDatabaseOperations

from certificates import guards as of_certificates
from participants.erasing import guards as of_erasing
from participants.events import guards as of_events
from tests import doors
from tests.access.stage import set_up

doors.install()
# No test asserts how long something takes: a busy machine is no fault of ours.
hypothesis.settings.register_profile("untimed", deadline=None)
hypothesis.settings.load_profile("untimed")

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
BROWSER_FIXTURES = {"page", "context", "browser"}
GUARDS = [*of_certificates.GUARDS, *of_events.GUARDS, *of_erasing.GUARDS]
OF_THE_CODE = {"auth_permission", "django_content_type"}
NO_CHROMIUM = "no Chromium on this machine (on Debian: apt-get install chromium)"
NO_POSTGRES = "needs PostgreSQL: set TEST_DATABASE_URL"
ASKS_NONE = "asks no database; SQLite's run has it"


def pytest_collection_modifyitems(items):
    """Mark what needs a browser, and skip what this machine cannot run. CI may skip no browser."""
    for item in items:
        if BROWSER_FIXTURES & set(item.fixturenames):
            item.add_marker("browser")
            if not CHROMIUM and os.environ.get("CI") != "true":
                item.add_marker(pytest.mark.skip(reason=NO_CHROMIUM))
        if item.get_closest_marker("postgres") and connection.vendor != "postgresql":
            item.add_marker(pytest.mark.skip(reason=NO_POSTGRES))
        if connection.vendor == "postgresql" and not may_ask_a_database(item):
            item.add_marker(pytest.mark.skip(reason=ASKS_NONE))


def pytest_fixture_setup(fixturedef):
    """Beside the loop of Playwright, Django has connections of its own: let go of the one before.

    It would stay open until the end, where a restore wants to be alone and the pool has but ten.
    """
    if fixturedef.argname == "playwright":
        connections.close_all()


def may_ask_a_database(item):
    """Those of operations bring databases of their own."""
    is_marked = any(map(item.get_closest_marker, ("django_db", "postgres")))
    fixtures = {"db", "live_server", "transactional_db"} & set(item.fixturenames)
    return bool(is_marked or fixtures or "operations" in item.path.parts)


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
def a_test_database_is_cleared_in_one_step():
    """Django empties all tables after a test that commits: just what the guards refuse.

    Then it tells of a migration, to write again what it took: some hundred rows about the code,
    half a second a test. Those stay here, and the guards are set again at once. Rows are deleted:
    PostgreSQL writes new files for each table that it truncates, also for the many empty ones.
    """
    execute = BaseDatabaseOperations.execute_sql_flush

    def unguarded(operations, statements):
        vendor = operations.connection.vendor
        lifted = [each.lift(vendor) for each in GUARDS]
        kept = [statement for each in GUARDS for statement in each.set(vendor)]
        return execute(operations, [*lifted, *statements, *kept])

    def of_people(style, connection, **options):
        tables = connection.introspection.django_table_names(True, False)
        return [f'DELETE FROM "{table}"' for table in tables if table not in OF_THE_CODE]

    with (
        mock.patch.object(BaseDatabaseOperations, "execute_sql_flush", unguarded),
        mock.patch.object(flush, "sql_flush", of_people),
        mock.patch.object(flush, "emit_post_migrate_signal"),
    ):
        yield


@pytest.fixture(autouse=True)
def clean_slate(settings, tmp_path):
    """Each test has files of its own, and nobody has asked anything this minute."""
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.ERASED_LEDGER = tmp_path / "erased.jsonl"
    for cache in caches.all(initialized_only=True):
        cache.clear()


@pytest.fixture(scope="module")
def stage(django_db_setup, django_db_blocker):
    """The two worlds and the actors of the matrix, once for all questions of a module."""
    with django_db_blocker.unblock(), set_up() as stage:
        yield stage
