"""A worker that says that it is half-way and then waits to be killed; run by test_killed."""

import sys
import time

import django

django.setup()

from django.db import connection  # noqa: E402

from certificates.ceremonies import making  # noqa: E402
from certificates.ceremonies.models import BatchLine  # noqa: E402


def halts(line, outcome):
    """Within the second step, after its certificates were made and before they are kept."""
    if BatchLine.objects.filter(state=BatchLine.State.MADE).exists():
        print("half-way", flush=True)
        time.sleep(600)
    note(line, outcome)


connection.settings_dict["NAME"] = sys.argv[2]
note, making._note, making.STEP = making._note, halts, 2
making.carry_out(int(sys.argv[1]))
