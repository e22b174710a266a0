"""Runs commands and pieces of code within a site, each in a process of its own, one after another.

Reading the settings and all modules takes seconds, so this does it once and forks for each line
of JSON that it gets: ``{"code": ...}`` or ``{"command": [...]}``. It answers with a line: the exit
code and what was printed. It never asks the database anything itself.
"""

import contextlib
import io
import json
import os
import sys
import traceback

import django
from django.core.management import execute_from_command_line

django.setup()

import leerlijn.urls  # noqa: E402, F401 - read once, for all
from leerlijn import ticking  # noqa: E402, F401


def run(asked):
    """(exit code, what it printed) of what was ``asked``."""
    printed = io.StringIO()
    try:
        with contextlib.redirect_stdout(printed):
            if "code" in asked:
                exec(asked["code"], {"__name__": "__main__"})
            else:
                execute_from_command_line(["manage.py", *asked["command"]])
    except SystemExit as ended:
        return ended.code if isinstance(ended.code, int) else int(
            bool(ended.code)
        ), printed.getvalue()
    except BaseException:
        traceback.print_exc()
        return 1, printed.getvalue()
    return 0, printed.getvalue()


def main():
    for line in sys.stdin:
        child = os.fork()
        if not child:
            answer(*run(json.loads(line)))
            os._exit(0)
        if os.waitpid(child, 0)[1]:
            answer(1, "")


def answer(code, printed):
    sys.stderr.flush()
    os.write(1, json.dumps([code, printed]).encode() + b"\n")


main()
