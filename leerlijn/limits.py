"""Who tries secrets until one fits is stopped; who has a right one never is."""

import time
from ipaddress import ip_address, ip_network

from django.conf import settings
from django.core.cache import cache
from django.utils.crypto import salted_hmac

MOST_UNKNOWN = 20  # misses a minute from one address
MINUTE = 60
HOUSEHOLD = 64  # bits: a home or a phone is given all addresses of IPv6 behind these


def one_unknown_too_many(request, kind="codes"):
    """Count one unknown secret for this address; whether it had its share of this minute.

    Ask only after a secret turned out to be unknown: known ones are never counted.
    """
    # Hashed: the cache is no place for addresses.
    who = salted_hmac("leerlijn.limits", asking(request)).hexdigest()
    key = f"unknown-{kind}-{who}-{int(time.time()) // MINUTE}"
    cache.add(key, 0, timeout=MINUTE)
    try:
        return cache.incr(key) > MOST_UNKNOWN
    except ValueError:
        # The minute ended, or the cache was emptied, between the two lines.
        return False


def seconds_left():
    """Until the next minute, when everybody starts anew."""
    return MINUTE - int(time.time()) % MINUTE


def asking(request):
    """The internet address that asks, as text; of IPv6 the network of one home.

    With proxies of ours in front it is what the outermost of them saw. What a visitor says of
    that is written further to the left, and what comes from elsewhere than a proxy is not read.
    """
    seen = request.META.get("REMOTE_ADDR", "")
    if settings.PROXY_COUNT and _is_proxy(seen):
        told = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")[-settings.PROXY_COUNT :]
        seen = told[0].strip() or seen
    return _counted_as(seen)


def _is_proxy(seen):
    """A proxy that comes through a socket of this machine has no address."""
    if not seen:
        return True
    address = ip_address(seen)
    return any(address in ip_network(each) for each in settings.PROXY_NETWORKS)


def _counted_as(seen):
    try:
        address = ip_address(seen)
    except ValueError:
        return seen  # a proxy of ours may name no address at all
    if address.version == 4:
        return str(address)
    if address.ipv4_mapped:
        return str(address.ipv4_mapped)
    return str(ip_network((address, HOUSEHOLD), strict=False))
