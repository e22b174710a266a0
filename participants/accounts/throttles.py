"""What is refused at the door, before the database or a password is touched.

The limits per account and per address that all processes share are the login package's
(ACCOUNT_RATE_LIMITS); they cost rows in the cache. A flood is stopped here already, in the memory
of one process, so that it costs readers little (docs/adr: throttles and hashing, refused in bulk).
"""

import threading
import time
from collections import Counter
from functools import cache

import structlog
from django.core.cache import caches
from django.http import HttpResponse
from django.template.loader import render_to_string

from leerlijn import limits
from participants.accounts.hashing import Busy

DOORS = "/accounts/"
# Under these a password is worked out.
HASHING = ("/accounts/login/", "/accounts/reauthenticate/", "/accounts/password/")
MOST_A_MINUTE = 120  # of one address in one process; a class that logs in together stays under it
SECONDS_BUSY = 2
# Of one process. A server starts with two threads more than these together: they go on serving
# readers. Who waits costs next to nothing, and who floods gets an answer a second.
MOST_IN_HAND, MOST_WAITING = 2, 6
PATIENCE = 1  # seconds that somebody waits to be let in
SECONDS_A_LINE = 1  # of the log, about all who were refused meanwhile
in_hand = threading.BoundedSemaphore(MOST_IN_HAND)
waiting = threading.BoundedSemaphore(MOST_WAITING)
log = structlog.get_logger("leerlijn.door")


class AtTheDoor:
    """Middleware: 429 for an address that knocks too often, 503 while enough are being let in.

    On top of all others. The first who is refused goes past them; what they put on the answer is
    put on the next ones too, in a third of the time.
    """

    def __init__(self, get_response):
        self.get_response = get_response
        self.headers = {}
        self.refusals = Refusals()

    def __call__(self, request):
        if request.method != "POST" or not request.path.startswith(DOORS):
            return self.get_response(request)
        hashes = request.path.startswith(HASHING)
        if hashes and not _let_in():
            return self.refused(request, 503)
        try:
            if _knocks_too_often(request):
                return self.refused(request, 429)
            return self.get_response(request)
        finally:
            if hashes:
                in_hand.release()

    def refused(self, request, status):
        """The page of ``status``, with what every answer carries."""
        key = (status, request.is_secure())
        if key not in self.headers:
            request.refused = status
            answer = self.get_response(request)
            if answer.status_code != status:
                return answer  # something else stands between, such as the way to HTTPS
            self.headers[key] = dict(answer.headers)
        self.refusals.count(status)
        return refusal(status, self.headers[key])

    def process_exception(self, request, exception):
        """Where a form could not say it itself."""
        return refusal(503) if isinstance(exception, Busy) else None


def page_of_refusal(get_response):
    """Middleware under those that dress every answer: what AtTheDoor refuses, as a page."""

    def middleware(request):
        status = getattr(request, "refused", None)
        return refusal(status) if status else get_response(request)

    return middleware


class Refusals:
    """One line in the log for all of a second: with one for each a flood would fill the disk."""

    def __init__(self):
        self.lock, self.times, self.will_tell = threading.Lock(), Counter(), False

    def count(self, status):
        with self.lock:
            self.times[status] += 1
            is_first, self.will_tell = not self.will_tell, True
        if is_first:
            telling = threading.Timer(SECONDS_A_LINE, self.tell)
            telling.daemon = True
            telling.start()

    def tell(self):
        with self.lock:
            told, self.times, self.will_tell = self.times, Counter(), False
        for status, times in told.items():
            log.info("refused_at_the_door", status=status, times=times)


def _let_in():
    """Whether ``in_hand`` is ours now, at once or after a little while in a place to wait."""
    if in_hand.acquire(blocking=False):
        return True
    if not waiting.acquire(blocking=False):
        return False
    try:
        return in_hand.acquire(timeout=PATIENCE)
    finally:
        waiting.release()


def _knocks_too_often(request):
    key = f"door-{limits.asking(request)}-{int(time.time()) // limits.MINUTE}"
    caches["local"].add(key, 0, timeout=limits.MINUTE)
    try:
        return caches["local"].incr(key) > MOST_A_MINUTE
    except ValueError:  # the minute ended between the two lines
        return False


def refusal(status, headers=None):
    """A page that needs no session and no database, and when to try again."""
    response = HttpResponse(_drawn(f"{status}.html"), status=status, headers=headers)
    response["Retry-After"] = str(limits.seconds_left() if status == 429 else SECONDS_BUSY)
    # Our own line of the log tells of it; Django's line of a fault would come on top of each.
    response._has_been_logged = True
    return response


@cache
def _drawn(template):
    """The bytes of a page that is the same for everybody: drawn once in a process."""
    return render_to_string(template).encode()
