"""Passwords are worked out two at a time, over all processes of this machine.

One takes a processor for a third of a second: who sends a thousand guesses would otherwise leave
nothing for who only reads a page (docs/adr: throttles and hashing).
"""

import fcntl
import hashlib
import os
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.contrib.auth.hashers import PBKDF2PasswordHasher

AT_ONCE = 2
PATIENCE = 2  # seconds that somebody waits for a turn
PAUSE = 0.02
LOW = 10  # steps of "nice": about a tenth of what a page gets when both want the processor


def _after_the_readers():
    # Of this thread alone, and it cannot go back up: so these threads do nothing else.
    of_pages = os.getpriority(os.PRIO_PROCESS, os.getpid())
    os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), of_pages + LOW)


# Threads that work when no page needs the processor; they start when a first password comes.
aside = ThreadPoolExecutor(AT_ONCE, "hashing", initializer=_after_the_readers)


class Busy(Exception):
    """No turn came free in time. Who asked may try again in a moment."""


class Hasher(PBKDF2PasswordHasher):
    """As Django's, and reads what that wrote; raises Busy when too many are at it."""

    def encode(self, password, salt, iterations=None):
        with turn():
            return aside.submit(super().encode, password, salt, iterations).result()


@contextmanager
def turn():
    """Be one of the two who work out a password now; raises Busy after PATIENCE."""
    until = time.monotonic() + PATIENCE
    while (lock := _free_lock()) is None:
        if time.monotonic() >= until:
            raise Busy
        time.sleep(PAUSE)
    try:
        yield
    finally:
        os.close(lock)  # and with that the lock is given back, also when the process dies


def _free_lock():
    """An open file that is locked for us, or None when all are taken."""
    for number in range(AT_ONCE):
        lock = os.open(_folder() / str(number), os.O_CREAT | os.O_RDWR | os.O_NOFOLLOW, 0o600)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(lock)
        else:
            return lock
    return None


def _folder():
    """A folder of this site alone: of who runs it, and by the key of the site."""
    site = hashlib.sha256(settings.SECRET_KEY.encode()).hexdigest()[:16]
    folder = Path(tempfile.gettempdir()) / f"leerlijn-{os.geteuid()}-{site}"
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder
