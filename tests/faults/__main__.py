"""``python -m tests.faults [MODULE ...]``: a line ``NAME pass|FAIL|skip figure`` for each fault."""

import sys
import tempfile
import time
import traceback
from importlib import import_module
from pathlib import Path

from tests.faults import Skipped

MODULES = (
    *("uploads", "issuing", "batches", "files", "mail", "scanner", "poison", "clock"),
    *("keeping", "power", "crashes", "sharing"),
)


def main(names):
    """How many faults were not survived."""
    failed = 0
    for module in names or MODULES:
        for fault in import_module(f"tests.faults.{module}").FAULTS:
            failed += not survived(fault)
    return failed


def survived(fault):
    started = time.monotonic()
    verdict, figure = "pass", ""
    with tempfile.TemporaryDirectory(prefix="leerlijn-fault-") as folder:
        Path(folder).chmod(0o755)  # PostgreSQL is somebody else, and has to pass here
        try:
            figure = fault(Path(folder))
        except Skipped as why:
            verdict, figure = "skip", why
        except Exception as failure:
            traceback.print_exc()
            verdict, figure = "FAIL", failure
    seconds = time.monotonic() - started
    print(f"{fault.__name__} {verdict} {figure} ({seconds:.0f} s)", flush=True)
    return verdict != "FAIL"


sys.exit(bool(main(sys.argv[1:])))
