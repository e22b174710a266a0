"""Takes an upload in: judged outside any transaction, kept inside yours.

``store`` does both. Whoever holds locks uses the two halves, so that nobody waits for the
reading of a large PDF::

    with storing.received(upload) as received, transaction.atomic():
        stored = received.keep(by=user)
"""

import contextlib
import errno
import hashlib
import logging
import os
import secrets
import threading
import time
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils.translation import gettext as _

from participants.files import apart, heif_redraw, names, pdfs, photos, scanning
from participants.files.checks import is_heic, judge, judge_size
from participants.files.models import StoredFile
from participants.files.refusals import LARGEST_BYTES, MOST_PHOTOS, QUOTA_BYTES, refusal

FOLDER = "uploads"
UNFINISHED = ".incoming-"
STRAY_AFTER_SECONDS = 24 * 60 * 60
FULL = {errno.ENOSPC, errno.EDQUOT}
# One file may take 50 MB while it is judged, and a small server has 2 GB: of those who send one at
# the same moment to this process so many are judged, and the others wait for a moment.
MOST_JUDGED_AT_ONCE = 4
judging = threading.BoundedSemaphore(MOST_JUDGED_AT_ONCE)
logger = logging.getLogger(__name__)


def store(upload, *, by):
    """Keep ``upload`` (a Django UploadedFile) as a file of ``by``; returns its StoredFile.

    Raises ValidationError with a code of ``refusals``; then nothing is left on the disk, as
    when the transaction that this is part of does not come through.
    """
    with received(upload) as file:
        return file.keep(by=by)


@contextlib.contextmanager
def received(upload):
    """The judged upload as Received, on disk under a temporary name until it is kept."""
    with _told_when_full(), _draft() as draft:
        with judging:
            kind, pages = _judged(upload, draft)
            if kind in photos.FORMATS:
                _redraw(draft, kind)
        yield Received(draft, kind, names.cleaned(upload.name or "", kind=kind), pages)


@contextlib.contextmanager
def received_many(uploads):
    """One Received of one upload, or of several photos, which become the pages of one PDF.

    Raises ValidationError as ``received`` does, and ``too_many`` (over 20 photos) or
    ``not_only_photos`` (several files, and a document among them).
    """
    first, *others = uploads or [None]
    if first is None:
        raise refusal("empty_file")
    if len(others) >= MOST_PHOTOS:
        raise refusal("too_many")
    with _bound([first, *others]) if others else received(first) as file:
        yield file


@contextlib.contextmanager
def _bound(uploads):
    with _told_when_full(), _draft() as draft:
        with judging:
            pdfs.bind(map(_page, uploads), to=draft)
        judge_size(draft.stat().st_size)
        _sync_file(draft)
        name = _("%(count)d foto's") % {"count": len(uploads)}
        yield Received(draft, "pdf", names.cleaned(name, kind="pdf"), len(uploads))


def _page(upload):
    with _draft() as draft:
        kind, _pages = _judged(upload, draft)
        if kind not in photos.FORMATS:
            raise refusal("not_only_photos")
        return photos.page(draft, kind=kind)


def _judged(upload, draft):
    _copy(upload, draft)
    if is_heic(draft):
        _redraw_apart(draft)
    return judge(draft)


@contextlib.contextmanager
def _told_when_full():
    """A full disk is no fault of who sends something, and passes: they are told so."""
    try:
        yield
    except OSError as fault:
        if fault.errno not in FULL:
            raise
        logger.error("disk full: an upload was refused")
        raise ValidationError(
            _("Er is nu geen plaats voor bestanden. Probeer het straks opnieuw."), code="disk_full"
        ) from None


@contextlib.contextmanager
def _draft():
    """A path for a file that nobody has yet; what stands there at the end is gone."""
    draft = uploads() / f"{UNFINISHED}{secrets.token_hex(16)}"
    try:
        yield draft
    finally:
        draft.unlink(missing_ok=True)


@dataclass(frozen=True)
class Received:
    """A judged file that waits for its row."""

    draft: Path
    kind: str
    name: str
    pages: int | None = None

    @transaction.atomic
    def keep(self, *, by):
        """The StoredFile of ``by``. Raises ValidationError (``quota``)."""
        size = self.draft.stat().st_size
        _judge_quota(size, by)
        digest = _sha256(self.draft)
        path = uploads() / secrets.token_hex(20)
        # Held by nothing of ours: a name here would live on in the traceback of a refusal.
        _call_first_after_commit(Keeper(path))
        self.draft.rename(path)
        _sync_folder(path.parent)
        stored = StoredFile.objects.create(
            owner=by,
            name=self.name,
            kind=self.kind,
            pages=self.pages,
            size=size,
            sha256=digest,
            path=f"{FOLDER}/{path.name}",
        )
        scanning.scan_later(stored)
        return stored


class Keeper:
    """Removes a file when nobody calls it.

    Django tells when a transaction came through, never when it did not: then it drops what
    was to be called, and with it the last reference to this.
    """

    def __init__(self, path):
        self._path = path

    def __call__(self):
        self._path = None

    def __del__(self):
        if self._path:
            self._path.unlink(missing_ok=True)


def remove(stored):
    """Delete the row now, and the bytes once that is certain."""
    path = Path(settings.MEDIA_ROOT) / stored.path
    stored.delete()
    transaction.on_commit(lambda: path.unlink(missing_ok=True))


def sweep():
    """Remove files of more than a day old that have no row, or a virus; returns how many.

    A power cut can leave them: the row and the bytes do not go in one moment.
    """
    known = set(StoredFile.objects.on_disk().values_list("path", flat=True))
    before = time.time() - STRAY_AFTER_SECONDS
    strays = [
        file
        for file in uploads().iterdir()
        if f"{FOLDER}/{file.name}" not in known and file.stat().st_mtime < before
    ]
    for stray in strays:
        stray.unlink(missing_ok=True)
        # nosemgrep: people-in-the-log - a random name on disk
        logger.info("stray upload removed: %s", stray.name)
    return len(strays)


def uploads():
    """The folder of all uploads; never served by the web server."""
    folder = Path(settings.MEDIA_ROOT) / FOLDER
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def _copy(upload, path):
    """Count while writing: what a request says about its size is no promise."""
    count = 0
    with _created(path) as file:
        for piece in upload.chunks():
            count += len(piece)
            if count > LARGEST_BYTES:
                break
            file.write(piece)
        _sync(file)
    judge_size(count)


def _redraw(path, kind):
    fresh = path.with_name(f"{path.name}-photo")
    try:
        with _created(fresh) as file:
            photos.redraw(path, kind=kind, to=file)
            _sync(file)
        fresh.replace(path)
    finally:
        fresh.unlink(missing_ok=True)


def _redraw_apart(path):
    """A HEIC photo becomes a JPEG; what reads it may not sit in this process."""
    with _draft() as fresh:
        apart.answer(heif_redraw, path, fresh)
        fresh.replace(path)


def _judge_quota(size, by):
    # Two uploads at once must not both fit in the same last bytes. No key changes, so that
    # rows that point at this person do not wait.
    get_user_model().objects.select_for_update(no_key=True).get(pk=by.pk)
    if StoredFile.objects.filter(owner=by).on_disk().total_bytes() + size > QUOTA_BYTES:
        raise refusal("quota")


def _call_first_after_commit(keeper):
    """Before what others want called: when one of those raises, Django drops the rest."""
    transaction.on_commit(keeper, robust=True)
    calls = connection.run_on_commit
    calls.insert(0, calls.pop())


def _created(path):
    return os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600), "wb")


def _sync(file):
    file.flush()
    os.fsync(file.fileno())


def _sync_file(path):
    path.chmod(0o600)
    with path.open("rb+") as file:
        _sync(file)


def _sync_folder(folder):
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _sha256(path):
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
