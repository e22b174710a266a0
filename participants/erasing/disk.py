"""After erasing: what was deleted is also gone from the files of the database.

A row that was deleted leaves its bytes in a page, and a copy in the write-ahead log. What a
PostgreSQL server keeps of its log, and every backup, is outside of what we can reach
(docs/privacy).
"""

from django.contrib.sessions.models import Session
from django.db import connection
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from participants.erasing import registry
from participants.erasing.models import Erased
from participants.mailing.models import Posting

LOCK_SECONDS = 10
OTHERS = (Session, DBTaskResult, Posting)


class StillReadError(Exception):
    """Somebody reads what was there before; the next run tries again."""


def clean():
    """Write the database anew without what is gone, when somebody was erased since last time.

    Returns for how many. Not within a transaction. Raises StillReadError or OperationalError when
    others have the database in hand for long.
    """
    waiting = Erased.objects.filter(cleaned_at=None)
    keys = list(waiting.values_list("pk", flat=True))
    if keys:
        CLEANED[connection.vendor]()
        Erased.objects.filter(pk__in=keys).update(cleaned_at=timezone.now())
    return len(keys)


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
        finally:
            cursor.execute("RESET lock_timeout")


def _tables():
    return {model._meta.db_table for model in registry.ruled() | set(OTHERS)}


CLEANED = {"sqlite": _sqlite, "postgresql": _postgresql}
