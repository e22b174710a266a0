"""Runs a program over a file in a process of its own: a hostile one eats no memory of ours."""

import subprocess
import sys

from participants.files.refusals import SENTENCES, refusal

SECONDS = 20


def answer(program, *paths):
    """What ``program`` (a module) prints over ``paths``, without its first word "passed".

    Raises ValidationError with the code that it prints instead. A program that runs out of
    time or memory prints nothing: ``too_much_inside``.
    """
    verdict, _, rest = _printed(program, paths).partition(" ")
    if verdict != program.PASSED:
        raise refusal(verdict if verdict in SENTENCES else "too_much_inside")
    return rest


def _printed(program, paths):
    try:
        # Isolated and without our environment: it needs none of our secrets.
        done = subprocess.run(
            [sys.executable, "-I", program.__file__, *map(str, paths)],
            env={},
            capture_output=True,
            timeout=SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return "too_much_inside"
    return done.stdout.decode(errors="replace").strip()
