"""After erasing: what was deleted is also gone from the files of the database.

A row that was deleted leaves its bytes in a page, and a copy in the write-ahead log. What a
PostgreSQL server archives of its log, and every backup, is outside of what we can reach
(docs/privacy).
"""

import structlog
from django.contrib.sessions.models import Session
from django.db import connection
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from participants.erasing import registry
from participants.erasing.models import Erased
from participants.mailing.models import Posting

log = structlog.get_logger("leerlijn.erasing")
LOCK_SECONDS = 10
OTHERS = (Session, DBTaskResult, Posting)
# Columns of one table that hold text of any kind, and their types.
WITH_STATISTICS = """
SELECT attname, format_type(atttypid, atttypmod) || CASE WHEN attcollation <> typcollation
    THEN format(' COLLATE %%I', (SELECT collname FROM pg_collation c WHERE c.oid = attcollation))
    ELSE '' END
FROM pg_stats JOIN pg_attribute USING (attname) JOIN pg_type t ON t.oid = atttypid
WHERE tablename = %s AND attrelid = tablename::regclass AND typcategory IN ('S', 'U')
"""
MAY_EMPTY_LOG = """
SELECT has_function_privilege('pg_switch_wal()', 'EXECUTE') AND EXISTS (
    SELECT FROM pg_roles WHERE rolname = 'pg_checkpoint' AND pg_has_role(oid, 'USAGE')
)
"""
IN_THE_WAY = """
SELECT name || ' is ' || setting FROM pg_settings
WHERE (name, setting) = ('wal_recycle', 'on')
    OR name = 'archive_mode' AND setting <> 'off'
    OR name = 'wal_keep_size' AND setting <> '0'
UNION ALL
SELECT 'the replication slot ' || slot_name || ' holds on to it' FROM pg_replication_slots
"""


class StillReadError(Exception):
    """Somebody reads what was there before; the next run tries again."""


def clean():
    """Write the database anew without what is gone, when somebody was erased since last time.

    Returns for how many. Not within a transaction. Raises StillReadError or OperationalError when
    others have the database in hand for long. A log that may not be emptied is a warning in ours.
    """
    waiting = Erased.objects.filter(cleaned_at=None)
    keys = list(waiting.values_list("pk", flat=True))
    if keys:
        CLEANED[connection.vendor]()
        Erased.objects.filter(pk__in=keys).update(cleaned_at=timezone.now())
        if why := still_in_log():
            log.warning("erased_but_still_in_log_of_database", because=why)
    return len(keys)


def still_in_log():
    """Why the write-ahead log may hold what is gone: in words for the operator, "" if it does not.

    SQLite starts its log anew. PostgreSQL renames and keeps segments, unless it is set up not to.
    """
    if connection.vendor == "sqlite":
        return ""
    with connection.cursor() as cursor:
        cursor.execute(MAY_EMPTY_LOG)
        reasons = [] if cursor.fetchone()[0] else ["this role may not empty it"]
        cursor.execute(IN_THE_WAY)
        reasons += [reason for (reason,) in cursor.fetchall()]
    return ", ".join(reasons)


def _sqlite():
    with connection.cursor() as cursor:
        cursor.execute("VACUUM")
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        (is_busy, _log, _done) = cursor.fetchone()
    if is_busy:
        raise StillReadError("The write-ahead log is being read.")


def _postgresql():
    with connection.cursor() as cursor:
        cursor.execute(f"SET lock_timeout = '{LOCK_SECONDS}s'")
        try:
            for table in sorted(_tables()):
                # FULL: an ordinary one leaves the bytes of a dead row where they stood. ANALYZE:
                # the planner keeps frequent values of its own.
                cursor.execute(f'VACUUM (FULL, ANALYZE) "{table}"')
                _forget_statistics_of_nothing(cursor, table)
            cursor.execute("VACUUM FULL pg_statistic")  # what the planner forgot is dead rows too
        finally:
            cursor.execute("RESET lock_timeout")
    _empty_log()


def _forget_statistics_of_nothing(cursor, table):
    """Of an empty table ANALYZE keeps what the planner knew; giving a column its type drops it."""
    cursor.execute(f'SELECT EXISTS (SELECT FROM "{table}")')  # nosec B608
    if cursor.fetchone()[0]:
        return
    cursor.execute(WITH_STATISTICS, [table])
    if typed := [f'ALTER COLUMN "{name}" TYPE {kind}' for name, kind in cursor.fetchall()]:
        cursor.execute(f'ALTER TABLE "{table}" {", ".join(typed)}')


def _empty_log():
    """End the segment in use; whole ones go at a checkpoint (see ``still_in_log``)."""
    with connection.cursor() as cursor:
        cursor.execute(MAY_EMPTY_LOG)
        if cursor.fetchone()[0]:
            cursor.execute("SELECT pg_switch_wal()")
            cursor.execute("CHECKPOINT")


def _tables():
    return {model._meta.db_table for model in registry.ruled() | set(OTHERS)}


CLEANED = {"sqlite": _sqlite, "postgresql": _postgresql}
