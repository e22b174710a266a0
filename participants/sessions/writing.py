"""Rows of a register in one statement, however many people it names.

``bulk_create`` would cut them into pieces on SQLite, and spend most of its time on the text of the
statement. So the rows travel as one JSON value, and the database makes rows of it again.
"""

import datetime as dt
import json
from typing import NamedTuple

from django.db import connection
from django.utils import timezone

from participants.sessions.models import Attendance


class Written(NamedTuple):
    """What the register says of one person, in the order of COLUMNS."""

    enrolment: int
    status: str
    active: bool
    minutes: int
    caught_up_what: str
    caught_up_on: dt.date | None
    accepted_by: int | None


# Each with the type of its column on PostgreSQL.
COLUMNS = {
    "enrolment_id": "bigint",
    "status": "text",
    "actively_participated": "boolean",
    "minutes": "integer",
    "caught_up_what": "text",
    "caught_up_on": "date",
    "caught_up_accepted_by_id": "bigint",
}
STATEMENT = """
INSERT INTO {table} (session_id, recorded_by_id, recorded_at, {columns})
SELECT %s, %s, %s, {values}
FROM {rows} AS sent WHERE true
ON CONFLICT (session_id, enrolment_id) DO UPDATE SET {changes}
"""
# (one value of a row, by its place and type; what turns the parameter into rows of "value")
DIALECTS = {
    "postgresql": ("(sent.value->>{place})::{type}", "jsonb_array_elements(%s::jsonb)"),
    "sqlite": ("json_extract(sent.value, '$[{place}]')", "json_each(%s)"),
}


def saved(session):
    """What the register of ``session`` says, as {enrolment key: Written}."""
    rows = Attendance.objects.filter(session=session).values_list(*COLUMNS)
    return {row[0]: Written(*row) for row in rows}


def write(session, rows, *, by):
    """Let ``rows`` (of Written) be what is known of these people; the others stay as they are."""
    moment = connection.ops.adapt_datetimefield_value(timezone.now())
    sent = json.dumps(rows, default=dt.date.isoformat)
    with connection.cursor() as cursor:
        cursor.execute(_statement(connection.vendor), [session.pk, by.pk, moment, sent])


def _statement(vendor):
    value, rows = DIALECTS[vendor]
    values = (value.format(place=place, type=kind) for place, kind in enumerate(COLUMNS.values()))
    written = [*COLUMNS, "recorded_by_id", "recorded_at"]
    return STATEMENT.format(
        table=connection.ops.quote_name(Attendance._meta.db_table),
        columns=", ".join(COLUMNS),
        values=", ".join(values),
        rows=rows,
        changes=", ".join(f"{name} = excluded.{name}" for name in written),
    )
