"""What the site survives. ``make faults`` runs all; ``FAULTS="power mail"`` some of them.

Each module has a function for each fault, in ``FAULTS``: it gets a folder and a database (with a
``url``), and raises AssertionError when something was lost, made twice or left behind; else it
returns a figure in words. A ``Skipped`` says what this machine cannot do. Every fault has a
database, files and processes of its own; which databases it is for, ``on`` says.
"""

import secrets

SQLITE, POSTGRESQL = "sqlite", "postgresql"
BOTH = (SQLITE, POSTGRESQL)
# Stands in the names and addresses of everybody in this run, and in what they add: where it is
# found after a fault, something of a person was left.
MARK = 10**8 + secrets.randbelow(9 * 10**8)


class Skipped(Exception):
    """This fault cannot be made here; the message says why."""


def on(*databases):
    """Says for which databases a fault is."""

    def note(fault):
        fault.databases = databases
        return fault

    return note
