"""``python -m tests.faults [MODULE ...]``: a line ``NAME DATABASE: FIGURE: PASS`` for each fault.

FAIL and SKIP stand where PASS would; one that fails stops no other. The last line has the number
of each and the time; the exit code is 1 when one failed.
"""

import contextlib
import signal
import sys
import tempfile
import time
import traceback
from collections import Counter
from importlib import import_module
from pathlib import Path

from tests.faults import POSTGRESQL, Skipped, leftovers, postgres

MODULES = (
    *("uploads", "issuing", "batches", "files", "mail", "scanner", "poison", "clock", "erasing"),
    *("keeping", "power", "crashes", "sharing", "front", "writers", "migrating"),
)
MOST_SECONDS = 600  # for one fault; whatever hangs, the others get their turn


def main(names):
    """The exit code: 1 when a fault was not survived."""
    started, verdicts = time.monotonic(), Counter()
    for fault in faults(names or MODULES):
        for kind in fault.databases:
            verdicts[survived(fault, kind)] += 1
    told = ", ".join(f"{count} {verdict}" for verdict, count in sorted(verdicts.items()))
    print(f"{told} in {(time.monotonic() - started) / 60:.1f} minutes", flush=True)
    return int("FAIL" in verdicts)


def faults(modules):
    """The faults of ``modules``; all of these are read before the first is made."""
    read = [import_module(f"tests.faults.{module}") for module in modules]
    return [fault for module in read for fault in module.FAULTS]


def survived(fault, kind):
    """PASS, FAIL or SKIP, after telling about it."""
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="leerlijn-fault-") as folder:
        Path(folder).chmod(0o755)  # PostgreSQL is somebody else, and has to pass here
        try:
            with (
                limited(),
                leftovers.none_but_in(Path(folder)),
                database(kind, Path(folder)) as given,
            ):
                verdict, figure = "PASS", fault(Path(folder) / "site", given)
        except Skipped as why:
            verdict, figure = "SKIP", why
        except Exception as failure:
            traceback.print_exc()
            verdict, figure = "FAIL", last_line(failure)
    seconds = time.monotonic() - started
    print(f"{fault.__name__} {kind}: {figure}: {verdict} ({seconds:.0f} s)", flush=True)
    return verdict


def database(kind, folder):
    """A database with a ``url``, where "" is SQLite in the folder of the site."""
    if kind == POSTGRESQL:
        return postgres.cluster(folder / "database")
    return contextlib.nullcontext(InTheFolder())


def last_line(failure):
    return str(failure).strip().splitlines()[-1] if str(failure).strip() else repr(failure)


class InTheFolder:
    """SQLite: it is there once somebody writes."""

    url = ""

    def another(self, _folder):
        return contextlib.nullcontext(self)


@contextlib.contextmanager
def limited():
    """Raises TimeoutError in what goes on for too long."""

    def stop(*_):
        raise TimeoutError(f"not done after {MOST_SECONDS} seconds")

    signal.signal(signal.SIGALRM, stop)
    signal.alarm(MOST_SECONDS)
    try:
        yield
    finally:
        signal.alarm(0)


sys.exit(main(sys.argv[1:]))
