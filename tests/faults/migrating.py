"""The state of a release before, with 50,000 entries: forward, back and forward again."""

import time

from tests.faults import BOTH, MARK, on, people
from tests.faults.site import Site

BEFORE = (("certificates", "0003"), ("participants", "0005"))
ENTRIES, ISSUED = 50_000, 3
FILLED = (
    people.FRESH
    + """
from tests.bench.crowd import ENTRIES, Crowd
from participants.models import HourEntry
Crowd().grow(-(-entries // ENTRIES))
answer = HourEntry.objects.count()
"""
)
# A sum of each column, over its values beside the first of the row: {table: [rows, {column: sum}]}.
SUMMED = """
import hashlib
from django.db import connection
PASSED_OVER = {"django_migrations", "django_content_type", "auth_permission", "sqlite_stat1"}
answer = {}
with connection.cursor() as cursor:
    for table in sorted(set(connection.introspection.table_names(cursor)) - PASSED_OVER):
        cursor.execute(f'SELECT * FROM "{table}"')
        names = [column[0] for column in cursor.description]
        rows = sorted(cursor.fetchall(), key=lambda row: repr(row[0]))
        answer[table] = [len(rows), {
            name: hashlib.sha256(repr([(r[0], value_of(r[at])) for r in rows]).encode()).hexdigest()
            for at, name in enumerate(names)}]
"""
READABLE = """
def value_of(value):
    return bytes(value) if isinstance(value, memoryview) else value
"""


@on(*BOTH)
def migrated_forward_and_back(folder, database):
    with Site(folder, database.url).ready() as site:
        entries = site.python(FILLED, entries=ENTRIES, first=5000, mark=MARK)
        assert entries >= ENTRIES, entries
        _cohort, staff, members = people.ready(site, ISSUED)
        site.start_web()
        for member in members:
            assert staff.post("/api/v1/certificates/", json={"enrolment": member.enrolment}).ok
        site.close()
        back(site)
        before = summed(site)
        forward_seconds = forward(site)
        after = summed(site)
        gone = compared(before, after)
        back_seconds = back(site)
        assert summed(site) == before, "back again, it is not what it was"
        again_seconds = forward(site)
        assert summed(site) == after, "forward again, it is not what it was"
        site.start_web()
        assert members[0].api.get("/api/v1/me/").status_code == 200, "nobody can get in"
        rows = sum(count for count, _columns in before.values())
        return (
            f"{entries} entries, {rows} rows in {len(before)} tables equal"
            f" ({len(gone)} columns are in another form now), forward {forward_seconds:.1f} s,"
            f" back {back_seconds:.1f} s, forward {again_seconds:.1f} s"
        )


def back(site):
    started = time.monotonic()
    for app, name in BEFORE:
        site.manage("migrate", "--verbosity=0", app, name)
    return time.monotonic() - started


def forward(site):
    started = time.monotonic()
    site.manage("migrate", "--verbosity=0")
    return time.monotonic() - started


def summed(site):
    return site.python(READABLE + SUMMED)


def compared(before, after):
    """The columns that are no more. Raises AssertionError where another says something else."""
    assert set(before) <= set(after), f"tables are gone: {set(before) - set(after)}"
    gone = []
    for table, (rows, columns) in before.items():
        rows_now, columns_now = after[table]
        assert rows_now == rows, f"{table}: {rows} rows became {rows_now}"
        for name, total in columns.items():
            if name not in columns_now:
                gone.append(f"{table}.{name}")
            else:
                assert columns_now[name] == total, f"{table}.{name} says something else now"
    return gone


FAULTS = (migrated_forward_and_back,)
