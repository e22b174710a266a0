"""What stands in somebody's calendar. Each slice tells its own part, in its ``agenda.py``.

::

    @source
    def meetings(user):
        ...
        yield Entry(uid=..., ...)
"""

import datetime as dt
from collections.abc import Callable, Iterable

from django.conf import settings
from django.utils import timezone

from participants.mailing.calendar import Entry

SOURCES: list[Callable[..., Iterable[Entry]]] = []
# What was longer ago is no help in a calendar, and would make the file grow for ever.
DAYS_BACK = 180


def source(entries):
    """Registers a function from a user to the entries that this user may see."""
    SOURCES.append(entries)
    return entries


def of(user):
    """Everything in the calendar of ``user``."""
    return [entry for entries in SOURCES for entry in entries(user)]


def since():
    """The first day that a calendar shows."""
    return timezone.localdate() - dt.timedelta(days=DAYS_BACK)


def uid(thing):
    """The name of ``thing`` in every calendar, for as long as it is there."""
    return f"{thing._meta.model_name}-{thing.pk}@{settings.SITE_URL.split('://')[-1]}"


def address(path):
    """The page of this site at ``path``, for who follows an entry."""
    return f"{settings.SITE_URL}{path}"
