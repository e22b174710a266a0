"""What plain SQL cannot do to a certificate, its bytes, its number, or what was decided."""

import sqlite3

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from certificates import guards
from certificates.models import Certificate, CertificateDocument, NumberSeries
from participants.admin import site
from participants.erasing import guards as erasing
from participants.events import guards as events
from participants.events.actions import decided
from participants.models import Event
from tests.factories import UserFactory
from tests.factories.certificates import CertificateFactory

pytestmark = pytest.mark.django_db
CERTIFICATE, DOCUMENT = guards.CERTIFICATE, guards.DOCUMENT
EVERY = [*guards.GUARDS, *events.GUARDS, *erasing.GUARDS]
on_sqlite = pytest.mark.skipif("connection.vendor != 'sqlite'", reason="a habit of SQLite")


def run(sql, *values):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.rowcount


def refused(sentence, sql, *values):
    with pytest.raises(IntegrityError, match=sentence):
        run(sql, *values)


def standing():
    """The names of the triggers that the database has now."""
    table, column = {
        "sqlite": ("sqlite_master WHERE type = 'trigger'", "name"),
        "postgresql": ("pg_trigger WHERE NOT tgisinternal", "tgname"),
    }[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM {table}")
        return {name for (name,) in cursor.fetchall()}


def expected():
    return {each.name for each in EVERY if getattr(each, connection.vendor)}


def test_every_guard_stands():
    assert expected() <= standing()


def test_a_guard_that_was_lost_stands_again_after_migrating():
    with connection.cursor() as cursor:
        for each in EVERY:
            cursor.execute(each.lift(connection.vendor))
    assert not expected() & standing()
    call_command("migrate", verbosity=0)
    assert expected() <= standing()


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("number", "LL-2020-0001"),
        ("code", "ander"),
        ("hand_code", "3467ACDEFGHJ"),
        ("sha256", "0" * 64),
        ("award_date", "2020-01-01"),
        ("issued_at", "2020-01-01 12:00:00+00:00"),
    ],
)
def test_what_was_issued_never_changes(column, value):
    CertificateFactory()
    refused("what_was_issued_never_changes", f"UPDATE {CERTIFICATE} SET {column} = %s", value)


@pytest.mark.parametrize("column", ["enrolment_id", "issued_by_id", "replaces_id"])
def test_whose_it_is_and_whom_it_replaces_never_change(column):
    one, other = CertificateFactory(revoked=True), CertificateFactory()
    value = {"enrolment_id": other.enrolment_id, "issued_by_id": other.issued_by_id}
    refused(
        "what_was_issued_never_changes",
        f"UPDATE {CERTIFICATE} SET {column} = %s WHERE id = %s",
        value.get(column, other.pk),
        one.pk,
    )


@pytest.mark.parametrize(
    ("column", "value"), [("name", "Iemand Anders"), ("facts", "{}"), ("evidence", '["iets"]')]
)
def test_the_facts_never_change(column, value):
    CertificateFactory()
    refused("the_facts_of_a_certificate", f"UPDATE {CERTIFICATE} SET {column} = %s", value)


ENDING = f"UPDATE {CERTIFICATE} SET status = %s, ended_at = %s, ended_by_id = %s, end_reason = %s"


@pytest.mark.parametrize("status", ["revoked", "replaced"])
def test_a_certificate_ends_once(status):
    CertificateFactory()
    end = (status, timezone.now(), UserFactory().pk, "Te vroeg")
    assert run(ENDING, *end) == 1
    for column, value in [
        ("status", "replaced" if status == "revoked" else "revoked"),
        ("ended_at", timezone.now()),
        ("ended_by_id", UserFactory().pk),
        ("end_reason", "Iets anders"),
        ("end_category", "other"),
        ("shown", "short"),
    ]:
        refused("ends_once", f"UPDATE {CERTIFICATE} SET {column} = %s", value)
    refused("ends_once", ENDING.replace("%s", "NULL").replace("NULL", "'valid'", 1))


def test_a_valid_certificate_can_be_shown_otherwise():
    CertificateFactory()
    assert run(f"UPDATE {CERTIFICATE} SET shown = 'short'") == 1


@pytest.mark.parametrize("table", [CERTIFICATE, DOCUMENT, guards.SERIES, events.TABLE])
def test_no_row_is_deleted_and_no_table_cleared(table):
    decided("certificate_issued", CertificateFactory(), by=UserFactory())
    NumberSeries.objects.create(year=2027, last=48)
    refused("never_deleted|being_forgotten", f"DELETE FROM {table}")
    if connection.vendor == "postgresql":
        run("SET CONSTRAINTS ALL IMMEDIATE")  # what still waits would be in the way
        refused("never_cleared", f"TRUNCATE {table} CASCADE")


@pytest.mark.parametrize("bytes_", [b"%PDF-1.4 vervalst", b""])
def test_the_bytes_never_change_while_the_facts_are_there(bytes_):
    CertificateFactory()
    refused("bytes_of_a_certificate_never_change", f"UPDATE {DOCUMENT} SET pdf = %s", bytes_)


def test_the_bytes_of_one_are_never_given_to_another():
    CertificateFactory()
    refused("never_change", f"UPDATE {DOCUMENT} SET certificate_id = certificate_id + 9")


BURY = {"name": "''", "facts": "'{}'", "evidence": "'[]'", "buried_at": "CURRENT_TIMESTAMP"}


def burying(**changes):
    pairs = (f"{column} = {value}" for column, value in (BURY | changes).items())
    return f"UPDATE {CERTIFICATE} SET {', '.join(pairs)}"


@pytest.mark.parametrize(
    "changes",
    [
        {"facts": "facts"},
        {"evidence": """'["iets"]'"""},
        {"shown": "'short'"},
        {"end_reason": "'iets'"},
    ],
)
def test_a_certificate_is_buried_whole_or_not(changes):
    CertificateFactory()
    refused("buried_whole", burying(**changes))
    assert Certificate.objects.with_paper().exists()


def test_a_buried_certificate_has_no_bytes_and_rests():
    CertificateFactory()
    assert run(burying()) == 1
    assert bytes(CertificateDocument.objects.get().pdf) == b""
    for change in ("shown = 'short'", "name = 'Iemand'", "buried_at = NULL"):
        refused("stays_so|never_change", f"UPDATE {CERTIFICATE} SET {change}")
    refused("never_change", f"UPDATE {DOCUMENT} SET pdf = %s", b"%PDF-1.4 terug")


@on_sqlite
@pytest.mark.parametrize("table", [CERTIFICATE, DOCUMENT, guards.SERIES, events.TABLE])
def test_a_row_is_not_replaced_by_another_with_its_key(table):
    decided("certificate_issued", CertificateFactory(), by=UserFactory())
    NumberSeries.objects.create(year=2027, last=48)
    refused("never_", f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}")


def test_the_series_of_numbers_never_goes_back():
    NumberSeries.objects.create(year=2027, last=48)
    refused("never_go_back", f"UPDATE {guards.SERIES} SET last = 47")
    refused("never_go_back", f"UPDATE {guards.SERIES} SET year = 2026")
    assert run(f"UPDATE {guards.SERIES} SET last = 49") == 1


def test_events_never_change_and_go_only_by_being_forgotten():
    decided("certificate_issued", CertificateFactory(), by=UserFactory())
    decided("certificate_revoked", CertificateFactory(), by=UserFactory())
    refused("never_changed", f"UPDATE {events.TABLE} SET reason = 'anders'")
    Event.objects.filter(act="certificate_issued").forget()
    assert Event.objects.get().act == "certificate_revoked"
    refused("being_forgotten", f"DELETE FROM {events.TABLE}")


def test_the_door_is_shut_again_when_forgetting_fails():
    decided("certificate_issued", CertificateFactory(), by=UserFactory())
    with pytest.raises(ZeroDivisionError), events.forgetting("default"):
        raise ZeroDivisionError
    refused("being_forgotten", f"DELETE FROM {events.TABLE}")


def test_a_connection_to_sqlite_that_is_not_ours_deletes_no_event():
    bare = sqlite3.connect(":memory:")
    bare.execute(f"CREATE TABLE {events.TABLE} (id integer)")
    bare.execute(f"INSERT INTO {events.TABLE} VALUES (1)")
    for guard in events.GUARDS:
        bare.execute(guard.sqlite or "SELECT 1")
    with pytest.raises(sqlite3.OperationalError, match="no such function"):
        bare.execute(f"DELETE FROM {events.TABLE}")


def test_each_guard_has_a_name_of_its_own_that_the_database_keeps_whole():
    names = [each.name for each in EVERY]
    assert len(set(names)) == len(names)
    assert max(map(len, names)) <= 63


def test_the_site_of_administrators_has_no_certificates():
    assert not [model for model in site._registry if model._meta.app_label == "certificates"]
