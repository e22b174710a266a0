"""Who tries secrets until one fits is stopped; who has a right one never is."""

import time

from django.core.cache import cache
from rest_framework.throttling import BaseThrottle

MOST_UNKNOWN = 20  # misses a minute from one address
MINUTE = 60


def one_unknown_too_many(request, kind="codes"):
    """Count one unknown secret for this address; whether it had its share of this minute.

    Ask only after a secret turned out to be unknown: known ones are never counted.
    """
    # As the rest of the API reads it: proxies count only as far as the settings trust them.
    address = BaseThrottle().get_ident(request)
    key = f"unknown-{kind}-{address}-{int(time.time()) // MINUTE}"
    cache.add(key, 0, timeout=MINUTE)
    try:
        return cache.incr(key) > MOST_UNKNOWN
    except ValueError:
        # The minute ended, or the cache was emptied, between the two lines.
        return False


def seconds_left():
    """Until the next minute, when everybody starts anew."""
    return MINUTE - int(time.time()) % MINUTE
