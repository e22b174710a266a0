"""A backup is whole or refused, and what comes back is what there was."""

import contextlib
import datetime as dt
import gc
import json
import sqlite3

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection
from django.utils import timezone

from certificates.models import Certificate, NumberSeries
from leerlijn import keeping
from leerlijn.keeping import databases, folders, media, restoring
from participants.mailing.models import Posting
from participants.models import User
from tests.factories import HourEntryFactory, UserFactory
from tests.factories.certificates import CertificateFactory

SEND_OTHERS_AWAY = (
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
)


@pytest.fixture
def sealed(tmp_path):
    """A folder as a backup leaves it, with no database of ours in it."""
    folder = tmp_path / folders.stamp()
    (folder / "media" / "uploads").mkdir(parents=True)
    (folder / "media" / "uploads" / "a").write_bytes(b"een plan")
    (folder / "database.sqlite3").write_bytes(b"rijen")
    folders.seal(folder, {"database": "sqlite", "migrations": [], "tables": {}})
    return folder


@pytest.fixture
def nobody_else(transactional_db):
    """The site is not running: what threads of a server of an earlier test left open is closed."""
    if connection.vendor == "postgresql":
        connection.close()
        connection.close_pool()
        with connection.cursor() as cursor:
            cursor.execute(SEND_OTHERS_AWAY)
    connection.ensure_connection()
    for each in gc.get_objects():
        # Its type: a weak reference to what is gone has no class to be asked for.
        if issubclass(type(each), sqlite3.Connection) and each is not connection.connection:
            each.close()


def uploaded(name, content):
    place = media.root() / "uploads"
    place.mkdir(parents=True, exist_ok=True)
    (place / name).write_bytes(content)


def test_what_was_sealed_is_whole(sealed):
    assert folders.judged(sealed)["database"] == "sqlite"


@pytest.mark.parametrize("name", ["media/uploads/a", "manifest.json", "SHA256SUMS"])
def test_one_bit_flipped_anywhere_is_refused(sealed, name):
    content = bytearray((sealed / name).read_bytes())
    content[len(content) // 2] ^= 1
    (sealed / name).write_bytes(content)
    with pytest.raises(keeping.Refused):
        folders.judged(sealed)


@pytest.mark.parametrize("method", ["exists", "read_text", "open"])
def test_a_backup_of_somebody_else_is_not_called_damaged(sealed, method, monkeypatch):
    def refuse(path, *args, **kwargs):
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(folders.Path, method, refuse)
    with pytest.raises(CommandError, match=rf"may not come at {sealed}.*chown"):
        call_command("restore", str(sealed))


@pytest.mark.parametrize("name", ["database.sqlite3", "manifest.json", "SHA256SUMS"])
def test_a_file_too_few_is_refused(sealed, name):
    (sealed / name).unlink()
    with pytest.raises(keeping.Refused):
        folders.judged(sealed)


def test_a_file_too_many_is_refused(sealed):
    (sealed / "media" / "uploads" / "b").write_bytes(b"van wie?")
    with pytest.raises(keeping.Refused, match="not whole"):
        folders.judged(sealed)


def test_a_list_of_checksums_that_was_cut_off_is_refused(sealed):
    first = (sealed / "SHA256SUMS").read_text().splitlines(keepends=True)[0]
    (sealed / "SHA256SUMS").write_text(first)
    with pytest.raises(keeping.Refused):
        folders.judged(sealed)


def test_of_several_backups_the_newest_is_chosen_also_when_it_is_damaged(sealed):
    newer = sealed.parent / folders.stamp()
    newer.mkdir()
    assert keeping.chosen(sealed.parent) == newer
    assert keeping.chosen(sealed) == sealed
    with pytest.raises(keeping.Refused):
        folders.judged(newer)


def test_where_no_backup_is_nothing_is_chosen(tmp_path):
    with pytest.raises(keeping.Refused, match="no backup"):
        keeping.chosen(tmp_path)
    with pytest.raises(keeping.Refused, match="no folder"):
        keeping.chosen(tmp_path / "elsewhere")


@pytest.mark.django_db
def test_a_backup_of_another_kind_of_database_or_of_a_newer_site_is_refused(sealed):
    other = {"sqlite": "postgresql", "postgresql": "sqlite"}[connection.vendor]
    manifest = {"tables": {}, "migrations": [], "database": other}
    folders.seal(sealed, manifest)
    with pytest.raises(keeping.Refused, match="This backup is of"):
        restoring.put_back(sealed)
    manifest |= {"database": connection.vendor, "migrations": ["participants.9999_later"]}
    folders.seal(sealed, manifest)
    with pytest.raises(keeping.Refused, match="newer version"):
        restoring.put_back(sealed)


@pytest.mark.django_db
def test_a_backup_does_not_go_among_the_files_of_people():
    with pytest.raises(CommandError, match="MEDIA_ROOT"):
        call_command("backup", str(media.root() / "backups"))


def summed(made):
    """What a backup sums up, but for the two tables in which a restore goes on from today."""
    manifest = json.loads((made / folders.MANIFEST).read_text())
    for table in ("certificates_numberseries", "participants_posting"):
        del manifest["tables"][table]
    return manifest["tables"], manifest["media"], manifest["migrations"]


@pytest.mark.usefixtures("nobody_else")
def test_what_comes_back_is_what_there_was(tmp_path, capsys):
    entry = HourEntryFactory()
    certificate = CertificateFactory()
    NumberSeries.objects.create(year=2026, last=3)
    Posting.objects.create(kind="waiting", due_at=timezone.now())
    uploaded("plan", b"wat ik wil leren")
    uploaded(".incoming-half", b"nog niet heel")
    call_command("backup", str(tmp_path))
    made = keeping.chosen(tmp_path)
    manifest = json.loads((made / folders.MANIFEST).read_text())
    assert manifest["tables"]["participants_hourentry"]["rows"] == 1
    assert manifest["media"] == {"files": 1, "bytes": 16}

    UserFactory(email="later@leerlijn.example")
    NumberSeries.objects.filter(year=2026).update(last=5)
    uploaded("plan", b"iets anders")
    uploaded("later", b"van na de backup")
    call_command("restore", str(tmp_path))

    entry.refresh_from_db()
    assert not User.objects.filter(email="later@leerlijn.example").exists()
    assert (media.root() / "uploads" / "plan").read_bytes() == b"wat ik wil leren"
    assert not (media.root() / "uploads" / "later").exists()
    # A number that was on paper after the backup is not given out once more.
    assert NumberSeries.objects.get(year=2026).last == 5
    # What waited then went long ago.
    assert not Posting.objects.unsent().exists()
    with pytest.raises(IntegrityError, match="a_certificate_is_never_deleted"):
        Certificate.objects.filter(pk=certificate.pk)._raw_delete("default")
    assert summed(keeping.make(tmp_path)) == summed(made)
    databases.ours().forget(lambda stamp: True)  # other tests use this database


@pytest.mark.django_db(transaction=True)
def test_a_damaged_backup_touches_nothing(tmp_path):
    user = UserFactory()
    uploaded("plan", b"wat ik wil leren")
    made = keeping.make(tmp_path)
    (made / "media" / "uploads" / "plan").write_bytes(b"wat ik wil leren!")
    UserFactory(email="later@leerlijn.example")
    with pytest.raises(CommandError, match="damaged"):
        call_command("restore", str(tmp_path))
    assert User.objects.filter(email="later@leerlijn.example").exists()
    assert User.objects.contains(user)
    assert [path.name for path in media.root().iterdir()] == ["uploads"]


on_sqlite = pytest.mark.skipif(connection.vendor != "sqlite", reason="of one file")


@on_sqlite
@pytest.mark.usefixtures("nobody_else")
def test_a_database_that_somebody_uses_is_not_replaced(tmp_path):
    keeping.make(tmp_path)
    UserFactory(email="later@leerlijn.example")
    place = databases.ours().place()
    with contextlib.closing(sqlite3.connect(place)) as busy:
        busy.execute("BEGIN IMMEDIATE")
        with pytest.raises(CommandError, match="The site is running"):
            call_command("restore", str(tmp_path))
    assert User.objects.filter(email="later@leerlijn.example").exists()
    assert not list(place.parent.glob(f"{place.name}.*"))


@on_sqlite
@pytest.mark.usefixtures("nobody_else")
def test_who_opened_the_database_just_before_writes_in_what_came_back(tmp_path):
    early = sqlite3.connect(databases.ours().place(), isolation_level=None)
    with contextlib.closing(early):
        UserFactory(name="Van toen")
        keeping.make(tmp_path)
        UserFactory(name="Van later")
        call_command("restore", str(tmp_path))
        early.execute("PRAGMA journal_mode=WAL")
        early.execute("UPDATE participants_user SET name = 'Van ' || 'nu'")
    assert [user.name for user in User.objects.all()] == ["Van nu"]
    with connection.cursor() as cursor:
        assert cursor.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    databases.ours().forget(lambda stamp: True)


@on_sqlite
@pytest.mark.usefixtures("nobody_else")
def test_a_backup_comes_back_over_a_database_that_is_broken_too(tmp_path):
    UserFactory(name="Van toen")
    keeping.make(tmp_path)
    connection.close()
    place = databases.ours().place()
    place.write_bytes(b"geen database meer" * 1000)
    call_command("restore", str(tmp_path))
    assert User.objects.get().name == "Van toen"
    [aside] = place.parent.glob(f"{place.name}.before-*")
    assert aside.read_bytes().startswith(b"geen database meer")
    databases.ours().forget(lambda stamp: True)


@pytest.mark.django_db(transaction=True)
def test_a_backup_holds_no_login(tmp_path, client):
    client.force_login(UserFactory())
    key = client.session.session_key
    made = keeping.make(tmp_path)
    [database] = made.glob("database.*")
    assert key.encode() not in database.read_bytes()


def test_a_backup_that_was_killed_leaves_nothing_to_take_for_one(tmp_path, monkeypatch):
    (tmp_path / f"{folders.UNFINISHED}20261101T000000000000Z").mkdir()

    def breaks(folder):
        raise OSError("No space left on device")

    monkeypatch.setattr(databases, "ours", lambda: type("Database", (), {"dump": breaks}))
    with pytest.raises(keeping.Refused, match="No space left"):
        keeping.make(tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.django_db
def test_what_was_set_aside_goes_after_a_week(monkeypatch):
    now = timezone.now()
    names = {}
    for days in (restoring.ASIDE_DAYS - 1, restoring.ASIDE_DAYS + 1):
        then = now - dt.timedelta(days)
        monkeypatch.setattr(folders.timezone, "now", lambda then=then: then)
        names[days] = media.root() / f"{media.ASIDE}{folders.stamp()}"
        names[days].mkdir(parents=True)
    monkeypatch.setattr(folders.timezone, "now", lambda: now)
    assert restoring.sweep() == 1
    assert [path.exists() for path in names.values()] == [True, False]
