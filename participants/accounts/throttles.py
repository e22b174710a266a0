"""What is refused at the door, before the database or a password is touched.

The limits per account and per address that all processes share are the login package's
(ACCOUNT_RATE_LIMITS); they cost rows in the cache. A flood is stopped here already, in the memory
of one process, so that it costs readers little (docs/adr: throttles and hashing).
"""

import threading
import time
from functools import cache

from django.core.cache import caches
from django.http import HttpResponse
from django.template.loader import render_to_string

from leerlijn import limits
from participants.accounts.hashing import Busy

DOORS = "/accounts/"
# Under these a password is worked out.
HASHING = ("/accounts/login/", "/accounts/reauthenticate/", "/accounts/password/")
MOST_A_MINUTE = 120  # of one address in one process; a class that logs in together stays under it
MOST_IN_HAND = 2  # of one process: its other threads go on serving readers
in_hand = threading.BoundedSemaphore(MOST_IN_HAND)


class AtTheDoor:
    """Middleware: 429 for an address that knocks too often, 503 while enough are being let in."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.method != "POST" or not request.path.startswith(DOORS):
            return self.get_response(request)
        if _knocks_too_often(request):
            return refusal("429.html", 429, limits.seconds_left())
        if not request.path.startswith(HASHING):
            return self.get_response(request)
        if not in_hand.acquire(blocking=False):
            return busy()
        try:
            return self.get_response(request)
        finally:
            in_hand.release()

    def process_exception(self, request, exception):
        """Where a form could not say it itself."""
        return busy() if isinstance(exception, Busy) else None


def _knocks_too_often(request):
    key = f"door-{limits.asking(request)}-{int(time.time()) // limits.MINUTE}"
    caches["local"].add(key, 0, timeout=limits.MINUTE)
    try:
        return caches["local"].incr(key) > MOST_A_MINUTE
    except ValueError:  # the minute ended between the two lines
        return False


def busy():
    return refusal("503.html", 503, 2)


def refusal(template, status, seconds):
    """A page that needs no session and no database; try again after so many ``seconds``."""
    response = HttpResponse(_drawn(template), status=status)
    response["Retry-After"] = str(seconds)
    # Our own line of the log tells of it; Django's line of a fault would come on top of each.
    response._has_been_logged = True
    return response


@cache
def _drawn(template):
    """The bytes of a page that is the same for everybody: drawn once in a process."""
    return render_to_string(template).encode()
