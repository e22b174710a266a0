"""A SQLite database in a backup: one file, copied by SQLite itself while others write."""

import contextlib
import shutil
import sqlite3
from pathlib import Path

from django.db import connection

from leerlijn.keeping import folders, tables
from leerlijn.keeping.folders import Refused

NAME = "database.sqlite3"
ASIDE = ".before-"


def place():
    """The file of the site's database."""
    return Path(connection.settings_dict["NAME"])


def dump(folder):
    """Write the database to ``folder``; returns its tables as the manifest has them."""
    target = folder / NAME
    with _opened(place()) as source, _opened(target) as copy:
        source.backup(copy)  # as it was at one moment; who writes does not wait
    with _opened(target) as copy:
        # One file, without a log beside it; and no trace of what is not to be in it.
        copy.execute("PRAGMA journal_mode=DELETE")
        for table in tables.FLEETING & set(_names(copy)):
            copy.execute(f'DELETE FROM "{table}"')  # nosec B608
        copy.commit()
        copy.execute("VACUUM")
        return _counted(copy)


def load(folder, counted, stamp):
    """Put the database of ``folder`` in the place of ours; returns where ours is now, if any.

    Our file stays, and SQLite gives it other content in one transaction: beside another file by
    that name, who opened ours a moment before would leave the log of ours.
    """
    ours, coming = place(), place().with_name(f"{place().name}.coming-{stamp}")
    aside = ours.with_name(f"{ours.name}{ASIDE}{stamp}")
    ours.parent.mkdir(parents=True, exist_ok=True)
    connection.close()
    shutil.copyfile(folder / NAME, coming)
    coming.chmod(0o600)
    folders.sync(coming)
    try:
        _judge(coming, counted)
        if _is_sound(ours):
            _copy(ours, aside)
            _copy(coming, ours)
        else:
            _move(ours, aside)
            coming.rename(ours)
    finally:
        coming.unlink(missing_ok=True)
    folders.sync(ours.parent)
    return aside if aside.exists() else None


def forget(is_old):
    """Remove the databases that were set aside or were on their way and are old."""
    old = [
        path
        for sign in (ASIDE, ".coming-")
        for path in place().parent.glob(f"{place().name}{sign}*")
        if is_old(path.name.rpartition(sign)[2].partition("-")[0])
    ]
    for path in old:
        path.unlink(missing_ok=True)
    return len(old)


def _is_sound(path):
    """Whether the database at ``path`` can take other content; not while the site runs."""
    if not path.exists():
        return False
    try:
        with _opened(path) as database:
            database.execute("PRAGMA busy_timeout=2000")
            database.execute("PRAGMA journal_mode=DELETE")  # this can only who is alone
            return database.execute("PRAGMA quick_check").fetchone() == ("ok",)
    except sqlite3.OperationalError:
        raise Refused(
            "The site is running. Stop web, worker and tick, and restore again."
        ) from None
    except sqlite3.DatabaseError:
        return False  # no database any more; that may be why we are here


def _copy(source, target):
    with _opened(source) as content, _opened(target) as copy:
        content.backup(copy)
    target.chmod(0o600)
    folders.sync(target)


def _move(path, target):
    """With its log, if any: beside another database that would be read as the log of that one."""
    for sign in ("", "-wal", "-journal"):
        part = path.with_name(f"{path.name}{sign}")
        if part.exists():
            part.rename(target.with_name(f"{target.name}{sign}"))


def _judge(path, counted):
    with _opened(path) as database:
        [answer] = database.execute("PRAGMA integrity_check").fetchone()
        if answer != "ok" or _counted(database) != counted:
            raise Refused("The database of this backup is not what its manifest says.")


def _counted(database):
    return {table: {"rows": _rows(database, table)} for table in _names(database)}


def _rows(database, table):
    # The database itself gave this name.
    return database.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0]  # nosec B608


def _names(database):
    found = database.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
    )
    return sorted(name for [name] in found)


@contextlib.contextmanager
def _opened(path):
    with contextlib.closing(sqlite3.connect(path, timeout=30)) as database:
        yield database
