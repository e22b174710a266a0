"""What the database keeps of events: written once, and gone only by being forgotten.

``Event.objects.forget()`` opens the one door, ``forgetting``, for one statement. Elsewhere a
DELETE fails, on a bare SQLite connection too: there the function that is asked does not exist.
"""

from contextlib import contextmanager

from django.db import connections, transaction

from leerlijn.guards import refuse, refuse_clearing, refuse_replacing

TABLE = "participants_event"
SETTING, FUNCTION = "leerlijn.forgetting", "leerlijn_forgetting"
GUARDS = [
    refuse("an_event_is_never_changed", TABLE, "UPDATE"),
    refuse(
        "an_event_goes_only_by_being_forgotten",
        TABLE,
        "DELETE",
        sqlite=f"NOT {FUNCTION}()",
        postgresql=f"current_setting('{SETTING}', true) IS DISTINCT FROM 'yes'",
    ),
    refuse_clearing("events_are_never_cleared", TABLE),
    refuse_replacing("an_event_is_never_replaced", TABLE, "kept.id = NEW.id"),
]


@contextmanager
def forgetting(using):
    """Within, events may be deleted on the database ``using``: for retention and for nothing else.

    It ends with the block, and on PostgreSQL with the transaction at the latest.
    """
    connection = connections[using]
    try:
        with transaction.atomic(using):
            _let(connection, "yes")
            yield
    finally:
        _let(connection, "no")


def _let(connection, answer):
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config(%s, %s, true)", [SETTING, answer])
        return
    connection.ensure_connection()
    connection.connection.create_function(FUNCTION, 0, lambda: answer == "yes")


def forgets_nothing(connection, **kwargs):
    """A new connection to SQLite can be asked, and says no."""
    if connection.vendor == "sqlite":
        _let(connection, "no")
