"""What the site survives. ``make faults`` runs all; ``FAULTS="power mail"`` some of them.

Each module has a function for each fault, in ``FAULTS``: it gets a folder and raises
AssertionError when something was lost, made twice or left behind; else it returns a figure in
words. A ``Skipped`` says what this machine cannot do. Every fault has a database, files and
processes of its own.
"""


class Skipped(Exception):
    """This fault cannot be made here; the message says why."""
