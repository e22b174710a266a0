"""Work that takes longer than a page may: who asked, how far it is, and the file it leaves.

Work goes on when its worker is killed. A task that begins has itself looked at again after a
while: what is then finished is left alone, and what lies still is taken up. A worker that is
killed by force cannot say so itself.
"""

import datetime as dt
import os
import secrets
import time
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from pathlib import Path

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

# Without a sign of life for so long, whoever did the work is gone and another may take it up.
# Longer than one step takes, also when the database is waited for.
PATIENCE = dt.timedelta(seconds=60)
# After this the page tells that it takes longer than usual.
USUAL_WAIT = dt.timedelta(seconds=30)
STRAY_AFTER_SECONDS = 60 * 60
STEP = 50  # pieces of a file between two signs of life
AHEAD = 2  # steps that wait to be written while the next is made


class LongWorkQuerySet(models.QuerySet):
    def unfinished(self):
        return self.filter(finished_at=None)

    def abandoned(self):
        """Unfinished, and nobody is at it."""
        before = timezone.now() - PATIENCE
        return self.unfinished().filter(Q(alive_at=None) | Q(alive_at__lt=before))

    def claimed(self, pk):
        """Whether the work ``pk`` is ours now: of several who ask, one is told so."""
        return bool(self.abandoned().filter(pk=pk).update(alive_at=timezone.now()))


class LongWork(models.Model):
    """``alive_at`` is the last sign of whoever does it; ``refusal`` a sentence when it stopped."""

    cohort = models.ForeignKey("participants.Cohort", models.CASCADE, related_name="+")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now, editable=False)
    alive_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    refusal = models.TextField(blank=True)

    class Meta:
        abstract = True

    @property
    def is_late(self):
        """Whether it takes longer than one is used to: perhaps nobody works in the background."""
        if self.finished_at:
            return False
        return timezone.now() - (self.alive_at or self.asked_at) > USUAL_WAIT

    def gives_sign(self, **changes):
        """Say that somebody is at it, with what else changed."""
        type(self)._default_manager.filter(pk=self.pk).update(alive_at=timezone.now(), **changes)

    def finishes(self, **changes):
        self.gives_sign(finished_at=timezone.now(), **changes)


def looked_at_again(work, pk):
    """Have the task ``work`` come back to ``pk``, in case this worker does not see the end."""
    # A backend that does everything at once has nothing that could be killed.
    if work.get_backend().supports_defer:
        work.using(run_after=timezone.now() + PATIENCE).enqueue(pk)


class Shelf:
    """Where the files of one kind of work stand, each for who asked, until ``expires_at``.

    The work has ``total``, ``done``, ``path`` and ``expires_at``.
    """

    def __init__(self, name, model):
        self.name, self.model = name, model

    def folder(self):
        """Never served by the web server."""
        place = Path(settings.MEDIA_ROOT) / self.name
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
        return place

    def opened(self, work):
        """The whole file, open to read; None once it is gone."""
        if not work.path or work.expires_at < timezone.now():
            return None
        try:
            return (self.folder() / work.path).open("rb")
        except FileNotFoundError:
            return None

    def fill(self, pk, pieces_of, *, each):
        """Write the file of the work with this key, unless somebody else is at it.

        Asked for the work, ``pieces_of`` gives the bytes, and ``each`` how many of its ``total``
        are in a piece. What is refused becomes a sentence on the work.
        """
        if not self.model.objects.claimed(pk):
            return
        work = self.model.objects.select_related("cohort", "asked_by").get(pk=pk)
        try:
            name = self.written(work, pieces_of(work), each(work))
        except PermissionDenied:
            work.finishes(refusal=_("Jij bent geen coördinator meer van deze lichting."))
        except ValidationError as refusal:
            work.finishes(refusal=" ".join(refusal.messages))
        except OSError:
            work.finishes(refusal=_("Het bestand kon niet worden bewaard. Vraag het de beheerder."))
            raise
        else:
            work.finishes(path=name, done=work.total)

    def written(self, work, pieces, each):
        """The name of the file; under another name until it is whole."""
        draft = self.folder() / f".{work.pk}.part"
        draft.unlink(missing_ok=True)  # of a worker that was killed
        with open(draft, "xb", opener=_for_nobody_else) as file:
            for number in written_to(file, pieces):
                work.gives_sign(done=min(int(number * each), work.total))
        return draft.rename(self.folder() / secrets.token_hex(20)).name

    def sweep(self):
        """Remove the files that no work has any more, once they are old enough to be strays."""
        names = set(self.model.objects.values_list("path", flat=True))
        before = time.time() - STRAY_AFTER_SECONDS
        for file in self.folder().iterdir():
            if file.name not in names and file.stat().st_mtime < before:
                file.unlink(missing_ok=True)


def written_to(file, pieces):
    """Write ``pieces`` to ``file``, until they are on the disk; yields how many, each STEP.

    A thread writes what there is while the next is read from the database. Raises OSError.
    """
    pieces, made, writing = iter(pieces), 0, deque()
    with ThreadPoolExecutor(max_workers=1) as beside:
        while step := list(islice(pieces, STEP)):
            writing.append(beside.submit(_put, file, step))
            if len(writing) > AHEAD:
                writing.popleft().result()
            made += len(step)
            yield made
        for each in writing:
            each.result()


def _put(file, step):
    """Write ``step`` until it is on the disk, which then has less to do at the end.

    As one: a call for each piece takes longer than copying them together.
    """
    file.write(b"".join(step))
    file.flush()
    os.fsync(file.fileno())


def _for_nobody_else(path, flags):
    return os.open(path, flags, 0o600)
