"""What is measured in a process of its own: there alone is the most memory that of one thing."""

import os
import subprocess
import sys

from django.conf import settings
from django.db import connection


def peak(module, *arguments):
    """The number that ``module`` of the bench prints, asked of the database of this process."""
    database = str(connection.settings_dict["NAME"])
    answer = subprocess.run(
        [sys.executable, "-m", f"tests.bench.{module}", *map(str, arguments), database],
        cwd=settings.BASE_DIR,
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "tests.settings"},
        capture_output=True,
        check=True,
        text=True,
    )
    return int(answer.stdout)
