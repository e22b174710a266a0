"""Which of the two databases the site has."""

from django.db import connection

from leerlijn.keeping import postgresql, sqlite

BY_VENDOR = {"sqlite": sqlite, "postgresql": postgresql}


def ours():
    """The module that dumps and loads the database of the site."""
    return BY_VENDOR[connection.vendor]
