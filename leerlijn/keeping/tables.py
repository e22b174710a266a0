"""What is the same of both databases."""

from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from participants.accounts.doors import Device

# Who has the key of a session is logged in, so a backup holds none, nor what names them: all log
# in again.
FLEETING = {"django_session", "django_cache", Device._meta.db_table}


def migrations():
    """The migrations that the database has had, as the manifest names them."""
    applied = MigrationRecorder(connection).applied_migrations()
    return sorted(f"{app}.{name}" for app, name in applied)
