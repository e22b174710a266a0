"""``python -m tests.bench.judging``: per file of the corpus what judging it cost.

Each in a process of its own; a line has the label, the code or kind, the seconds of a processor
(however busy the machine), and the most memory in kB above what the process held before. What is
judged apart counts whole, interpreter and libraries too. A photo is drawn anew as well.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from unittest import mock

import django

django.setup()

from django.core.exceptions import ValidationError  # noqa: E402

from participants.files import apart, heif_redraw, photos  # noqa: E402
from participants.files.checks import is_heic, judge  # noqa: E402
from tests.participants.files.hostile import GOOD, HOSTILE  # noqa: E402

# The high-water mark of one program; getrusage would tell that of who started it.
WITH_PEAK = """
import runpy, sys
sys.argv = sys.argv[1:]
runpy.run_path(sys.argv[0], run_name="__main__")
for line in open("/proc/self/status"):
    if line.startswith("VmHWM"):
        print(line.split()[1], file=sys.stderr)
"""


def peak():
    """The most memory in kB that this process ever held."""
    with open("/proc/self/status") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("VmHWM"))


def worked():
    """The seconds of a processor that this process and those it started took."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def main():
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "file"
        for label, (_expected, make) in {**HOSTILE, **GOOD}.items():
            # Made elsewhere: memory that the making leaves free would hide what the judging takes.
            apart_from_us(lambda: path.write_bytes(make()))  # noqa: B023 (called at once)
            apart_from_us(lambda: print(label, *judged(path), sep="\t", flush=True))  # noqa: B023


def apart_from_us(act):
    """Have ``act()`` done in a process of its own, and wait for it."""
    if not os.fork():
        act()
        os._exit(0)
    os.wait()


def judged(path):
    """(verdict, seconds, kB) for the file at ``path``."""
    before, start = peak(), worked()
    verdict = verdict_on(path)
    seconds = worked() - start
    own = peak() - before
    return verdict, f"{seconds:.3f}", own + peak_apart(path)


def verdict_on(path):
    try:
        if is_heic(path):
            apart.answer(heif_redraw, path, path.with_suffix(".jpg"))
            return "heic"
        kind = judge(path).kind
        if kind in photos.FORMATS:
            with path.with_suffix(".new").open("wb") as fresh:
                photos.redraw(path, kind=kind, to=fresh)
        return kind
    except ValidationError as refusal:
        return refusal.code


def peak_apart(path):
    """What the program that was started for this file held; 0 when none was."""
    peaks = [0]
    run = subprocess.run

    def noting(words, **options):
        done = run([words[0], "-I", "-c", WITH_PEAK, *words[2:]], **options)
        peaks.append(int(done.stderr.split()[-1] or 0) if done.stderr.split() else 0)
        return done

    with mock.patch.object(subprocess, "run", noting):
        verdict_on(path)
    return max(peaks)


if __name__ == "__main__":
    sys.exit(main())
