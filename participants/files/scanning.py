"""Has clamd look at uploads. Until it said that a file is clean, nobody gets it.

Only the word OK is taken for that: a scanner that is down, slow, full or in doubt leaves the file
waiting for the next round of ``scan_waiting``.
"""

import contextlib
from pathlib import Path

import structlog
from clamav_client.clamd import ClamdError
from clamav_client.scanner import ClamdScanner
from django.conf import settings
from django.db import transaction
from django.dispatch import Signal
from django_tasks import task

from participants.files.models import StoredFile

Scan = StoredFile.Scan
VERDICTS = {"OK": Scan.CLEAN, "FOUND": Scan.INFECTED}
TIMEOUT_SECONDS = 60
# A connection that breaks, an answer that is none, a file that is not there.
UNANSWERED = (ClamdError, OSError, ValueError)
log = structlog.get_logger("leerlijn.scanning")

# Sent with ``stored``, once for each file with a virus, inside the transaction that says so.
virus_found = Signal()


def scan_later(stored):
    """Have ``stored`` looked at once the transaction that you are in comes through."""
    if stored.scan == Scan.WAITING:
        scan_upload.enqueue(stored.pk)


@task()
def scan_upload(pk):
    """Look at the file with this key, unless that was done; what gets no answer goes on waiting."""
    if stored := StoredFile.objects.awaiting_scan().filter(pk=pk).first():
        scan(stored)


def scan_waiting():
    """Look at all that waits, the oldest first; ``(clean, infected, waiting)``."""
    found = list(map(scan, StoredFile.objects.awaiting_scan().order_by("pk"))) if _answers() else []
    waiting = StoredFile.objects.awaiting_scan().count()
    return found.count(Scan.CLEAN), found.count(Scan.INFECTED), waiting


def scan(stored):
    """What the scanner says of ``stored``, now in its row: clean or infected; None for no answer.

    The bytes of an infected file are gone when this is certain.
    """
    verdict, signature = _asked(stored)
    if verdict is None:
        return None
    with transaction.atomic():
        first = StoredFile.objects.awaiting_scan().filter(pk=stored.pk).update(scan=verdict)
        if first and verdict == Scan.INFECTED:
            log.warning("virus_found", stored=stored.pk, signature=signature)
            virus_found.send(StoredFile, stored=stored)
            transaction.on_commit(lambda: _path(stored).unlink(missing_ok=True))
    return verdict


def _asked(stored):
    try:
        with _path(stored).open("rb") as file:
            [(word, signature)] = _clamd().instream(file).values()
    except UNANSWERED as failure:
        # The class only: what a scanner answers may hold the name of a file.
        log.warning("scan_unanswered", stored=stored.pk, failure=type(failure).__name__)
        return None, None
    return VERDICTS.get(word), signature


def _answers():
    """Whether there is a scanner that can be asked anything."""
    if settings.CLAMD_SOCKET:
        with contextlib.suppress(*UNANSWERED):
            return _clamd().ping() == "PONG"
    return False


def _clamd():
    scanner = ClamdScanner({"address": settings.CLAMD_SOCKET, "timeout": TIMEOUT_SECONDS})
    return scanner.client


def _path(stored):
    return Path(settings.MEDIA_ROOT) / stored.path
