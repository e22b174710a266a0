"""A PostgreSQL database in a backup: pg_dump of one snapshot, and the same snapshot counted."""

import contextlib
import os
import subprocess
import time

import psycopg
from django.db import connection
from psycopg import sql

from leerlijn.keeping import tables
from leerlijn.keeping.folders import Refused

NAME = "database.dump"
ASIDE = "before_"
HOME = "public"
OTHERS = (
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
    " AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
)
PATIENCE_SECONDS = 3


def dump(folder):
    """Write the database to ``folder``; returns its tables as the manifest has them."""
    with _connected() as database:
        database.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        [snapshot] = database.execute("SELECT pg_export_snapshot()").fetchone()
        without = [f"--exclude-table-data={HOME}.{table}" for table in sorted(tables.FLEETING)]
        _run(
            *("pg_dump", "--format=custom", "--no-owner", "--no-privileges"),
            *(f"--schema={HOME}", f"--snapshot={snapshot}", f"--file={folder / NAME}", *without),
        )
        return _counted(database)


def load(folder, counted, stamp):
    """Put the database of ``folder`` in the place of ours; returns the schema where ours is."""
    connection.close()
    connection.close_pool()
    aside = f"{ASIDE}{stamp.lower()}"
    with _connected() as database:
        _refuse_company(database)
        database.execute(_renamed(HOME, aside))
        try:
            _run("pg_restore", "--format=custom", *_quiet(), str(folder / NAME))
            if _counted(database) != counted:
                raise Refused("The database of this backup is not what its manifest says.")
        except BaseException:
            database.execute(sql.SQL("DROP SCHEMA IF EXISTS {} CASCADE").format(_name(HOME)))
            database.execute(_renamed(aside, HOME))
            raise
    return f"schema {aside}"


def forget(is_old):
    """Remove the schemas that were set aside and are old."""
    with _connected() as database:
        found = database.execute(
            "SELECT nspname FROM pg_namespace WHERE nspname LIKE %s", [f"{ASIDE}%"]
        )
        old = [name for [name] in found if is_old(name.removeprefix(ASIDE).upper())]
        for name in old:
            database.execute(sql.SQL("DROP SCHEMA {} CASCADE").format(_name(name)))
    return len(old)


def _refuse_company(database):
    for _second in range(PATIENCE_SECONDS):
        [others] = database.execute(OTHERS).fetchone()
        if not others:
            return
        time.sleep(1)  # our own, that we closed just now, may still be there
    raise Refused(
        f"The site is running ({others} connections to its database)."
        " Stop web, worker and tick, and restore again."
    )


def _counted(database):
    """For each table its rows, and a sum over them that does not care for their order."""
    database.execute("SET TIME ZONE 'UTC'")
    names = [
        name
        for [name] in database.execute(
            "SELECT tablename FROM pg_tables WHERE schemaname = %s ORDER BY 1", [HOME]
        )
    ]
    return {name: _summed(database, name) for name in names}


def _summed(database, table):
    if table in tables.FLEETING:
        return {"rows": 0, "sum": "0"}
    query = sql.SQL(
        "SELECT count(*), coalesce(sum(hashtextextended(r::text, 0)), 0)::text FROM {} AS r"
    )
    rows, total = database.execute(query.format(sql.Identifier(HOME, table))).fetchone()
    return {"rows": rows, "sum": total}


def _renamed(schema, to):
    return sql.SQL("ALTER SCHEMA {} RENAME TO {}").format(_name(schema), _name(to))


def _name(schema):
    return sql.Identifier(schema)


def _quiet():
    return ("--no-owner", "--no-privileges", "--single-transaction", "--exit-on-error")


@contextlib.contextmanager
def _connected():
    ours = connection.settings_dict
    keywords = {"dbname": "NAME", "user": "USER", "password": "PASSWORD"}
    keywords |= {"host": "HOST", "port": "PORT"}
    given = {keyword: ours[name] for keyword, name in keywords.items() if ours[name]}
    with psycopg.connect(**given, autocommit=True) as database:
        yield database


def _run(command, *arguments):
    """Run a tool of PostgreSQL on our database; the password is on no command line."""
    ours = connection.settings_dict
    names = {"PGUSER": "USER", "PGPASSWORD": "PASSWORD", "PGHOST": "HOST", "PGPORT": "PORT"}
    environment = {key: str(ours[name]) for key, name in names.items() if ours[name]}
    try:
        done = subprocess.run(
            [command, f"--dbname={ours['NAME']}", *arguments],
            env=os.environ | environment,
            capture_output=True,
            text=True,
        )
    except FileNotFoundError:
        raise Refused(
            f"{command} is not here; on Debian: apt-get install postgresql-client."
        ) from None
    if done.returncode:
        raise Refused(f"{command} failed: {done.stderr.strip()}")
