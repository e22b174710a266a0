"""A worker of the site that halts where ``halting`` was told to."""

from django.core.management import execute_from_command_line

import tests.faults.halting  # noqa: F401 - what is set up there

execute_from_command_line(["manage.py", "db_worker", "--no-startup-delay"])
