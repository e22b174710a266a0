"""Whether a stored file is still what was stored: disks forget, and plans lie still for years.

Every file is read again once a day by ``tick``, and whenever somebody takes it.
"""

import datetime as dt
import hashlib
from pathlib import Path

import structlog
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from participants.files.models import StoredFile

AGAIN_AFTER = dt.timedelta(days=1)
MOST_BYTES = 200 * 1024 * 1024  # in one run: a few seconds of a disk
log = structlog.get_logger("leerlijn.files")


def refuse_damaged(stored, file):
    """Raise ValidationError (``file_damaged``) when ``file`` is not what was stored."""
    if hashlib.file_digest(file, "sha256").hexdigest() != stored.sha256:
        _note(stored, whole=False)
        raise ValidationError(
            _("Dit bestand is beschadigd. Voeg het nog een keer toe, of vraag je coördinator."),
            code="file_damaged",
        )
    file.seek(0)


def reread():
    """Read the files again whose turn it is: (how many, the keys of the damaged among them)."""
    read, damaged, size = 0, [], 0
    for stored in StoredFile.objects.to_reread(timezone.now() - AGAIN_AFTER).iterator():
        read, size = read + 1, size + stored.size
        whole = _is_whole(stored)
        _note(stored, whole)
        if not whole:
            damaged.append(stored.pk)
        if size >= MOST_BYTES:
            break
    return read, damaged


def _is_whole(stored):
    try:
        with (Path(settings.MEDIA_ROOT) / stored.path).open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest() == stored.sha256
    except OSError:
        return False


def _note(stored, whole):
    now = timezone.now()
    damaged_at = None if whole else stored.damaged_at or now
    if damaged_at and not stored.damaged_at:
        log.error("file_damaged", file=stored.pk)
    StoredFile.objects.filter(pk=stored.pk).update(reread_at=now, damaged_at=damaged_at)
