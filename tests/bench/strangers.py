"""What it costs to judge the worst of the files of strangers (tests/participants/files/hostile.py).

Against what issue 7 allows: a second, and 50 MB. A PDF is judged by a program of its own, whose
interpreter and libraries count too. Called by the bench, asserts nothing.
"""

import os
import subprocess
import sys

from tests.participants.files.hostile import HOSTILE

MOST_SECONDS = 1
MOST_KILOBYTES = 50 * 1024


def lines():
    """[(name, ratio, goal)]: verdicts that are right, the slowest, the most memory."""
    told = subprocess.run(
        [sys.executable, "-m", "tests.bench.judging"],
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "tests.settings"},
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    rows = [line.split("\t") for line in told.splitlines()]
    hostile = [row for row in rows if row[0] in HOSTILE]
    right = [row for row in hostile if row[1] == HOSTILE[row[0]][0]]
    return [
        ("hostile_files_right", len(right) / len(HOSTILE), 1),
        ("hostile_files_seconds", max(float(row[2]) for row in hostile) / MOST_SECONDS, 1),
        ("hostile_files_memory", max(int(row[3]) for row in hostile) / MOST_KILOBYTES, 1),
    ]
