import datetime as dt
import shutil

import structlog
from django.core.management import call_command
from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader
from django.utils import timezone

from certificates import numbers
from leerlijn.keeping import databases, folders, media
from leerlijn.keeping.folders import Refused
from participants import mailing
from participants.erasing import actions as erasing

# What a restore set aside is as personal as the site itself, and goes after this.
ASIDE_DAYS = 7
log = structlog.get_logger("leerlijn.keeping")


def put_back(folder):
    """Make the site what it was in the backup ``folder``; returns lines that tell what was done.

    All of the backup is judged before anything is touched, and what the site had is set aside.
    Raises Refused; then the site is as it was. Once begun, it may be done again.
    """
    manifest = folders.judged(folder)
    _refuse_strange(manifest)
    stamp, given_out = folders.stamp(), _given_out()
    coming = media.bring(folder, stamp)
    try:
        aside = databases.ours().load(folder, manifest["tables"], stamp)
    except BaseException:
        shutil.rmtree(coming)
        raise
    files = media.swap(coming, stamp)
    call_command("migrate", verbosity=0)  # a newer site; and it sets the guards
    numbers.never_below(given_out)
    held, erased = mailing.give_up_waiting(), erasing.carry_out_again()
    log.info("restored", made=manifest["made"], mail_not_sent=held, erased_again=erased)
    return [*_told(manifest, aside, files), *_undone(held, erased)]


def sweep():
    """Remove for good what was set aside so long ago; how many things that were."""
    before = timezone.now() - dt.timedelta(days=ASIDE_DAYS)

    def is_old(stamp):
        try:
            return folders.moment(stamp) < before
        except ValueError:
            return False  # not a name of ours

    return media.forget(is_old) + databases.ours().forget(is_old)


def _given_out():
    try:
        return numbers.given_out()
    except DatabaseError:
        return {}  # there is no whole database here: that may be why a backup is put back


def _refuse_strange(manifest):
    if manifest["database"] != connection.vendor:
        raise Refused(
            f"This backup is of {manifest['database']}, the site has {connection.vendor}."
        )
    known = MigrationLoader(None).disk_migrations
    newer = set(manifest["migrations"]) - {f"{app}.{name}" for app, name in known}
    if newer:
        raise Refused(f"This backup is of a newer version of the site ({sorted(newer)[0]}).")


def _told(manifest, aside, files):
    rows = sum(table["rows"] for table in manifest["tables"].values())
    yield f"Restored: {rows} rows in {len(manifest['tables'])} tables, as the manifest says,"
    yield f"and {manifest['media']['files']} files. Everybody logs in again."
    if aside:
        yield f"What was here is kept for {ASIDE_DAYS} days: {aside} and {files}."


def _undone(held, erased):
    if erased:
        yield f"Erased again, as they were after this backup was made: {erased} people."
    if held:
        yield f"{held} mails that waited in the backup are not sent: most of them went since."
