"""Whether the clock of this machine can be believed: it may jump, years ahead and back.

What goes by the calendar is for good: a mail is sent, somebody is erased. So after a leap ahead
that waits for a day of periodic work at the new time; who looks after the machine can put the
clock right until then. Back is always believed: by an earlier clock less is due, never more.
"""

import datetime as dt

import structlog
from django.core.cache import cache as shared
from django.utils import timezone

LEAP = dt.timedelta(days=8)  # shorter than any term after which somebody is erased
DOUBT = dt.timedelta(days=1)
SEEN = "clock"
log = structlog.get_logger("leerlijn.clock")


def is_believed():
    """Whether work by the calendar may be done now; remembers that the clock was looked at.

    False for a day after a leap of more than eight days ahead since the last look.
    """
    now = timezone.now()
    seen, doubted = shared.get(SEEN, (now, None))
    if now - seen > LEAP:
        doubted = now
        log.error("clock_leapt", days=(now - seen).days)
    elif doubted and not now - DOUBT < doubted <= now:
        doubted = None  # a day has passed, or the clock was put back
    shared.set(SEEN, (now, doubted), timeout=None)
    return doubted is None
