"""Alive is one thing, able to serve another."""

import psycopg
import pytest
from django.core.cache import cache
from django.db import DatabaseError, connection
from django.test import Client

from leerlijn import health


@pytest.fixture
def migrated(monkeypatch):
    """As after ``migrate``, also where the tests themselves ran without migrations."""
    monkeypatch.setattr(health, "_wanted", frozenset)


@pytest.mark.django_db
def test_ready_tells_of_the_worker_and_of_the_periodic_work(client, migrated):
    health.ticked()
    answer = client.get("/readyz")
    assert answer.status_code == 200
    assert answer.json() == {
        "ready": True,
        "worker": {"waiting": 0, "oldest_seconds": 0},
        "tick": {"seconds_ago": answer.json()["tick"]["seconds_ago"]},
    }
    assert answer.json()["tick"]["seconds_ago"] is not None


@pytest.mark.django_db
def test_a_site_that_never_did_its_periodic_work_is_ready_all_the_same(client, migrated):
    assert client.get("/readyz").json()["tick"] == {"seconds_ago": None}


@pytest.mark.django_db
def test_a_missing_migration_is_not_ready(client, monkeypatch):
    monkeypatch.setattr(health, "_wanted", lambda: {("participants", "9999_later")})
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()) == (503, {"ready": False, "wrong": "migrations"})


def test_without_a_database_the_process_lives_and_is_not_ready(monkeypatch):
    class Down:
        def cursor(self):
            raise DatabaseError("postgres://user:secret@host refused")

    monkeypatch.setattr(health, "connection", Down())
    answer = Client().get("/readyz")
    assert (answer.status_code, answer.json()) == (503, {"ready": False, "wrong": "database"})
    assert Client().get("/healthz").content == b"ok"


@pytest.mark.django_db
def test_a_cache_that_forgets_is_not_ready(client, migrated, monkeypatch):
    monkeypatch.setattr(cache, "get", lambda *args: None)
    assert client.get("/readyz").json()["wrong"] == "cache"


@pytest.mark.django_db
def test_files_that_cannot_be_written_are_not_ready(client, migrated, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "a file" / "media"
    settings.MEDIA_ROOT.parent.write_text("in the way")
    assert client.get("/readyz").json()["wrong"] == "media"


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_a_connection_that_the_database_ended_is_not_handed_out_again():
    with connection.cursor():
        known = connection.settings_dict
    connection.close()  # back in the pool
    whole = {"host": known["HOST"], "port": known["PORT"], "user": known["USER"]}
    with psycopg.connect(dbname=known["NAME"], password=known["PASSWORD"], **whole) as other:
        others = "datname = current_database() AND pid <> pg_backend_pid()"
        ended = other.execute(
            f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {others}"
        )
        assert ended.rowcount > 0
    with connection.cursor() as cursor:
        assert cursor.execute("SELECT 1").fetchone() == (1,)
