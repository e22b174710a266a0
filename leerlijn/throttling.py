import time

from django.conf import settings
from django.core.cache import caches
from rest_framework.permissions import SAFE_METHODS
from rest_framework.throttling import BaseThrottle

from leerlijn import limits


class Throttle(BaseThrottle):
    """So many requests of one kind in each minute of the clock, for one person or address.

    Every process counts for itself: this stops a script that runs wild, and counting together
    would turn each read into a write.
    """

    def allow_request(self, request, view):
        kind = "read" if request.method in SAFE_METHODS else "write"
        who = request.user.pk or limits.asking(request)
        key = f"api-{kind}-{who}-{int(time.time()) // 60}"
        caches["local"].add(key, 0, timeout=60)
        return caches["local"].incr(key) <= settings.API_REQUESTS_A_MINUTE[kind]

    def wait(self):
        """Seconds until the next minute."""
        return 60 - int(time.time()) % 60
