"""A power cut on SQLite: a disk of its own stops taking anything, and what was on its way is gone.

The disk is a file with ext4 on it. The cut is ext4's own (EXT4_IOC_SHUTDOWN without a flush of
its log): from then on nothing reaches the disk, as when the power goes. Then it is mounted anew.
"""

import contextlib
import fcntl
import os
import random
import signal
import sqlite3
import struct
import subprocess
import sys
import threading
import time

from tests.faults import SQLITE, Skipped, on, people
from tests.faults.site import ROOT, Site

CUTS, CUTS_UNSAFE = 25, 6
SHUTDOWN = 0x8004587D  # _IOR('X', 125, __u32)
WITHOUT_FLUSH = 2
# Starts a writer, which can be killed, for each line that it is sent.
WRITERS = """
import datetime as dt, itertools, os, sys, uuid
import django
django.setup()
from django.db import connection
from django.utils import timezone
from participants.hours import actions, rules
from participants.models import Enrolment

def write(enrolment, synchronous):
    one = Enrolment.objects.get(pk=enrolment)
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA synchronous={synchronous}")
    today = timezone.localdate()
    days = (today - rules.first_day(one)).days + 1
    for turn in itertools.count():  # over many days: into one go 16 hours and no more
        key, day = str(uuid.uuid4()), today - dt.timedelta(turn % days)
        actions.log(one, by=one.participant, kind="study", date=day, minutes=1,
                    description="x", client_id=key, draft=True)
        print(key, flush=True)

print("ready", flush=True)
for line in sys.stdin:
    child = os.fork()
    if not child:
        write(*line.split())
    print(child, flush=True)
    os.waitpid(child, 0)
    print("killed", flush=True)
"""


@on(SQLITE)
def power_cuts(folder, _database):
    """25 cuts: nothing that was acknowledged is lost, and the database is whole."""
    acknowledged, lost, broken = cut(folder, "FULL", CUTS)
    assert acknowledged > CUTS, f"only {acknowledged} written: the fault was not made"
    assert not lost and not broken, f"{lost} of {acknowledged} lost, {broken} databases broken"
    _many, lost_unsafe, _broken = cut(folder, "OFF", CUTS_UNSAFE)
    return (
        f"{CUTS} cuts, 0 of {acknowledged} acknowledged entries lost"
        f" (as a check on the check: {lost_unsafe} lost in {CUTS_UNSAFE} cuts without sync)"
    )


def cut(folder, synchronous, times):
    """(entries acknowledged, of those lost, cuts after which the database was not whole)."""
    total = lost = broken = 0
    with (
        disk(folder / synchronous) as (place, again),
        Site(place / "site", MEDIA_ROOT=str(folder / "media")).ready() as site,
    ):
        _cohort, _staff, [member] = people.under_way(site, 1)
        os.sync()
        with writers(site) as process:
            for _turn in range(times):
                said = written_until_cut(process, f"{member.enrolment} {synchronous}", place)
                again()
                found, whole = read(site.folder / "db.sqlite3")
                total, lost = total + len(said), lost + len(said - found)
                broken += not whole
    return total, lost, broken


@contextlib.contextmanager
def writers(site):
    with subprocess.Popen(
        [sys.executable, "-c", WRITERS],
        cwd=ROOT,
        env=site.environment | {"TMPDIR": "/tmp"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as process:
        assert process.stdout.readline() == "ready\n"
        try:
            yield process
        finally:
            process.stdin.close()


def written_until_cut(process, what, place):
    """The keys that a writer had told of when the power went; what it says after that is air."""
    print(what, file=process.stdin, flush=True)
    heard = Heard(process)
    heard.start()
    heard.wait_for_some()
    time.sleep(random.uniform(0.05, 0.8))
    said = heard.keys()
    descriptor = os.open(place, os.O_RDONLY)
    fcntl.ioctl(descriptor, SHUTDOWN, struct.pack("I", WITHOUT_FLUSH))
    os.close(descriptor)
    heard.kill()
    return said


class Heard(threading.Thread):
    """Reads along with a writer, so that it is known what it had said at any moment."""

    def __init__(self, process):
        super().__init__()
        self.process, self.lines = process, []

    def run(self):
        for line in self.process.stdout:
            if line == "killed\n":
                return
            self.lines.append(line.strip())

    def keys(self):
        return {line for line in list(self.lines) if "-" in line}

    def wait_for_some(self):
        while self.is_alive() and len(self.keys()) < 2:
            time.sleep(0.02)
        assert len(self.keys()) >= 2, "a writer ended before the power went"

    def kill(self):
        writer = next(int(line) for line in self.lines if line.isdecimal())
        with contextlib.suppress(ProcessLookupError):  # it may have ended of the cut itself
            os.kill(writer, signal.SIGKILL)
        self.join(timeout=60)
        assert not self.is_alive(), "a writer that was killed is still there"


def read(path):
    """(the keys in the database, whether it is whole)."""
    with contextlib.closing(sqlite3.connect(path)) as database:
        [answer] = database.execute("PRAGMA integrity_check").fetchone()
        rows = database.execute(
            "SELECT client_id FROM participants_hourentry WHERE client_id IS NOT NULL"
        )
        found = {str(key).replace("-", "") for [key] in rows}
    return {f"{k[:8]}-{k[8:12]}-{k[12:16]}-{k[16:20]}-{k[20:]}" for k in found}, answer == "ok"


@contextlib.contextmanager
def disk(folder):
    """(where a disk of its own is mounted, what mounts it anew after a cut)."""
    folder.mkdir(parents=True)
    image, place = folder / "image", folder / "disk"
    place.mkdir()
    image.touch()
    os.truncate(image, 128 * 1024 * 1024)

    def mount():
        run("mount", "-o", "loop", str(image), str(place))

    def again():
        run("umount", str(place))
        mount()

    try:
        run("mkfs.ext4", "-q", "-F", str(image))
        mount()
    except (OSError, subprocess.CalledProcessError) as failure:
        raise Skipped(f"no disk can be made here: {failure}") from None
    try:
        yield place, again
    finally:
        run("umount", "--lazy", str(place))


def run(*command):
    subprocess.run(command, check=True, capture_output=True)


FAULTS = (power_cuts,)
