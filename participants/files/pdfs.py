"""Judges a PDF in a process of its own: a hostile one can eat its memory, not ours."""

import subprocess
import sys

from participants.files import pdf_probe
from participants.files.refusals import SENTENCES, refusal

SECONDS = 20


def judge(path):
    """The kind, when the file is sound and passive; else ValidationError with a code."""
    verdict = _verdict(path)
    if verdict != pdf_probe.PASSED:
        raise refusal(verdict if verdict in SENTENCES else "too_much_inside")
    return "pdf"


def _verdict(path):
    """One word. The probe that runs out of time or memory leaves none: too much inside."""
    try:
        # Isolated and without our environment: it needs none of our secrets.
        done = subprocess.run(
            [sys.executable, "-I", pdf_probe.__file__, str(path)],
            env={},
            capture_output=True,
            timeout=SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return "too_much_inside"
    return done.stdout.decode(errors="replace").strip()
