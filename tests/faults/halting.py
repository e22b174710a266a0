"""The site, halting at one point when HALTS_AT names it, so that it can be killed just there.

``draft``: an upload stands on the disk and is nobody's yet. ``kept``: it has its name and its
row, and the transaction is open. ``before`` and ``after`` the COMMIT of who issues a certificate.
``step``: in the second step of a batch, with its certificates made and not kept.
"""

import os
import threading
import time
from pathlib import Path

from leerlijn.wsgi import application  # noqa: F401 - what gunicorn serves

from certificates import actions  # isort: skip
from certificates.ceremonies import making  # isort: skip
from certificates.ceremonies.models import BatchLine  # isort: skip
from django.db import connections  # isort: skip
from participants.files import scanning, storing  # isort: skip

POINT = os.environ.get("HALTS_AT", "")
Wrapper = type(connections["default"])
issuing = threading.local()


def halt():
    Path(os.environ["HALTED"]).touch()
    time.sleep(600)


def halting_first(function):
    def halted(*arguments, **options):
        halt()
        return function(*arguments, **options)

    return halted


def issue_marked(*arguments, issue=actions.issue, **options):
    issuing.now = True
    try:
        return issue(*arguments, **options)
    finally:
        issuing.now = False


def commit_halting(self, commit=Wrapper._commit):
    if POINT == "before" and getattr(issuing, "now", False):
        halt()
    commit(self)
    if POINT == "after" and getattr(issuing, "now", False):
        halt()


def note_halting(line, outcome, note=making._note):
    if BatchLine.objects.filter(state=BatchLine.State.MADE).exists():
        halt()
    note(line, outcome)


if POINT == "draft":
    storing.Received.keep = halting_first(storing.Received.keep)
elif POINT == "kept":
    scanning.scan_later = halting_first(scanning.scan_later)
elif POINT in ("before", "after"):
    actions.issue = issue_marked
    Wrapper._commit = commit_halting
elif POINT == "step":
    making._note, making.STEP = note_halting, 2
