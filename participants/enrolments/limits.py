"""How often a stranger may send an application: counted in the cache that processes share."""

import time

from django.conf import settings
from django.core.cache import cache
from django.utils.crypto import salted_hmac

from leerlijn import limits

HOUR, DAY = 60 * 60, 24 * 60 * 60


def one_too_many_from(request):
    """Count one application from this internet address; whether it had its share this hour."""
    return _count("from", limits.asking(request), HOUR) > settings.APPLICATIONS_AN_HOUR


def one_too_many_to(email):
    """Count one mail to this address; whether it had its share of today."""
    return _count("to", email.lower(), DAY) > settings.APPLICATION_MAILS_A_DAY


def _count(kind, who, seconds):
    # Hashed: the cache is no place for addresses.
    name = salted_hmac("participants.enrolments.limits", f"{kind} {who}").hexdigest()
    key = f"applications-{name}-{int(time.time()) // seconds}"
    cache.add(key, 0, timeout=seconds)
    try:
        return cache.incr(key)
    except ValueError:
        # The time was over, or the cache was emptied, between the two lines.
        return 1
