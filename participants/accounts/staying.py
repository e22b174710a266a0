"""How long people stay logged in. Staff: two hours without a sign of life, ten hours in all.

A participant stays for ninety days after the last visit (leerlijn.middleware), and a year in all.
What was typed is kept when the login ends: see leerlijn.typed.
"""

import datetime as dt
import time

from django.conf import settings
from django.contrib.auth import SESSION_KEY, logout

# In the session, in seconds since 1970.
BEGAN = "began_at"
ENDS = "ends_at"
STEP = 60  # of staff at work the end moves on once a minute, not at each request


def begun(request, user):
    """Note when this login began, and of staff when it ends."""
    request.session[BEGAN] = int(time.time())
    request.session.pop(ENDS, None)
    if user.role_kinds:
        _move_end(request.session)


def limited(get_response):
    """Middleware: ends a login in time, on the server, whatever the cookie says."""

    def middleware(request):
        if SESSION_KEY in request.session and _is_over(request.session):
            logout(request)
        response = get_response(request)
        if SESSION_KEY in request.session and _is_of_staff(request):
            _move_end(request.session)
        return response

    return middleware


def _is_over(session):
    latest = session.get(BEGAN, time.time()) + settings.LOGIN_SECONDS
    return min(session.get(ENDS, latest), latest) < time.time()


def _is_of_staff(request):
    # Also who got a role while logged in. Asking would cost a query on pages that never looked.
    user = getattr(request, "_cached_user", None)
    return ENDS in request.session or bool(user and vars(user).get("role_kinds"))


def _move_end(session):
    """Two hours from now, within the ten; so that the row of the session and its cookie end too."""
    latest = session.get(BEGAN, 0) + settings.STAFF_LOGIN_SECONDS
    end = min(int(time.time()) + settings.STAFF_IDLE_SECONDS, latest)
    before = session.get(ENDS, 0)
    if end - before >= STEP or (end == latest and before != latest):
        session[ENDS] = end
    moment = dt.datetime.fromtimestamp(session[ENDS], dt.UTC)
    if session.get_expiry_date() != moment:
        session.set_expiry(moment)
