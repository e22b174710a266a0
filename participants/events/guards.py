"""What the database keeps of events: written once, and gone only by one of two doors.

``Event.objects.forget()`` takes away what is about something that goes; ``expire()`` takes away
reads and logins of days that are over. Each opens its door for one statement. Elsewhere a DELETE
fails, on a bare SQLite connection too: there the function that is asked does not exist.
"""

import datetime as dt
from contextlib import contextmanager

from django.db import connections, transaction

from leerlijn.guards import refuse, refuse_clearing, refuse_replacing

TABLE = "participants_event"
SETTING, FUNCTION = "leerlijn.forgetting", "leerlijn_forgetting"
# What a door says: nothing, that what it is about goes, or the moment before which days are over.
CLOSED, WITH_ITS_SUBJECT = "", "with-its-subject"
MOMENT = "%Y-%m-%d %H:%M:%S"
PASSING = "OLD.kind IN ('read', 'login')"
SAID = f"coalesce(current_setting('{SETTING}', true), '')"
THERE = "to_char(OLD.happened_at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS')"
GUARDS = [
    refuse("an_event_is_never_changed", TABLE, "UPDATE"),
    refuse(
        "an_event_goes_only_by_being_forgotten",
        TABLE,
        "DELETE",
        # A moment is text on SQLite, so the two compare as they stand.
        sqlite=f"{FUNCTION}() <> '{WITH_ITS_SUBJECT}'"
        f" AND NOT ({PASSING} AND OLD.happened_at < {FUNCTION}())",
        postgresql=f"{SAID} <> '{WITH_ITS_SUBJECT}' AND NOT ({PASSING} AND {THERE} < {SAID})",
    ),
    refuse_clearing("events_are_never_cleared", TABLE),
    refuse_replacing("an_event_is_never_replaced", TABLE, "kept.id = NEW.id"),
]


def forgetting(using):
    """Within, events may be deleted on the database ``using``: because their subject goes."""
    return _opened(WITH_ITS_SUBJECT, using)


def forgetting_before(moment, using):
    """Within, reads and logins of before ``moment`` may be deleted, and nothing else."""
    return _opened(moment.astimezone(dt.UTC).strftime(MOMENT), using)


@contextmanager
def _opened(door, using):
    """It ends with the block, and on PostgreSQL with the transaction at the latest."""
    connection = connections[using]
    try:
        with transaction.atomic(using):
            _let(connection, door)
            yield
    finally:
        _let(connection, CLOSED)


def _let(connection, door):
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config(%s, %s, true)", [SETTING, door])
        return
    connection.ensure_connection()
    connection.connection.create_function(FUNCTION, 0, lambda: door)


def forgets_nothing(connection, **kwargs):
    """A new connection to SQLite can be asked, and says no."""
    if connection.vendor == "sqlite":
        _let(connection, CLOSED)
