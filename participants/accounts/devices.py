"""The browsers in which somebody is logged in: noted at login, listed, ended one by one."""

import datetime as dt
import re
import time

from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _

from participants import mailing
from participants.accounts.doors import Device
from participants.events.actions import decided

NOTED = "device"  # in the session: under which key, and on which day, it was written down
KNOWN = "bekend"  # a signed cookie: proofs of who logged in on this browser before
KNOWN_SECONDS = 400 * 24 * 60 * 60  # browsers keep none longer
MOST_KNOWN = 10
AN_HOUR = dt.timedelta(hours=1)  # clocks are put right by so much at times
# The first that fits; most browsers also call themselves by the name of another.
BROWSERS = {
    "Edg": "Edge",
    "OPR": "Opera",
    "SamsungBrowser": "Samsung Internet",
    "Firefox|FxiOS": "Firefox",
    "Chrome|CriOS": "Chrome",
    "Safari": "Safari",
}
MACHINES = {
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Android": "Android",
    "Windows": "Windows",
    "CrOS": "Chromebook",
    "Macintosh": "Mac",
    "Linux": "Linux",
}


def described(user_agent):
    """What a browser says of itself, in a few words: "Chrome op Android"."""
    browser = _first(BROWSERS, user_agent) or _("Een browser")
    machine = _first(MACHINES, user_agent)
    return _("%(browser)s op %(machine)s") % {
        "browser": browser,
        "machine": machine or _("een onbekend apparaat"),
    }


def _first(words, user_agent):
    return next((word for sign, word in words.items() if re.search(sign, user_agent)), None)


def noted(request, user, **_):
    """Write down this browser, or that it is used today. Its session has a key by now."""
    session, today = request.session, timezone.localdate()
    if session.session_key is None:  # somebody else was logged in here, and their session ended
        session.create()
    before, _day = session.get(NOTED, (None, None))
    facts = {
        "session_key": session.session_key,
        "user": user,
        "label": described(request.META.get("HTTP_USER_AGENT", "")),
        "last_used_on": today,
    }
    # A login or a new password gives a session another key; it is the same device.
    Device.objects.update_or_create(session_key=before or session.session_key, defaults=facts)
    session[NOTED] = [session.session_key, today.isoformat()]


def followed(get_response):
    """Middleware that keeps the list of devices up to date: one write a day for each."""

    def middleware(request):
        response = get_response(request)
        # Looking at request.user would cost a query on pages that never looked.
        user = getattr(request, "_cached_user", None)
        if user and user.pk and request.session.session_key:
            now = [request.session.session_key, timezone.localdate().isoformat()]
            if request.session.get(NOTED) != now:
                noted(request, user)
        return response

    return middleware


def is_new(request, user):
    """Whether ``user`` never logged in on this browser before, but did so elsewhere.

    Ask before the login is written down.
    """
    if user.last_login is None:
        return False
    return not any(constant_time_compare(each, _proof(user)) for each in _known(request))


def tell(request, user):
    """Mail ``user`` that there was a login on a browser that is new to them: was it you?"""
    device = Device.objects.get(session_key=request.session.session_key)
    mailing.post("new_device", user.pk, device.pk, int(time.time()))


def remember(request, response, user):
    """Have this browser known as one of ``user``, until the password or the address changes."""
    proof = _proof(user)
    known = [proof, *(each for each in _known(request) if each != proof)][:MOST_KNOWN]
    response.set_signed_cookie(
        settings.COOKIE_PREFIX + KNOWN,
        ".".join(known),
        max_age=KNOWN_SECONDS,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _known(request):
    kept = request.get_signed_cookie(settings.COOKIE_PREFIX + KNOWN, default="")
    return kept.split(".") if kept else []


def _proof(user):
    # It names nobody, and who steals a cookie cannot make one of somebody else.
    return salted_hmac("participants.known-browser", user.get_session_auth_hash()).hexdigest()


@transaction.atomic
def end(device, *, by):
    """Log out the browser ``device``. Raises PermissionDenied for a device of another."""
    if device.user_id != by.pk:
        raise PermissionDenied
    decided("device_ended", device, by=by)
    _end(Device.objects.filter(pk=device.pk))


@transaction.atomic
def end_others(user, *, by, but=None):
    """Log out every browser of ``user`` but the one with session key ``but``; returns how many.

    Raises PermissionDenied unless ``by`` is that person.
    """
    if user.pk != by.pk:
        raise PermissionDenied
    others = Device.objects.owned_by(user).exclude(session_key=but)
    count = others.logged_in().count()
    decided("other_devices_ended", user, by=by)
    _end(others)
    return count


def forget(user, *, but=None):
    """After a new password or address: what is logged out already is not listed any more."""
    _end(Device.objects.owned_by(user).exclude(session_key=but))


def sweep():
    """End what lasts longer than a login may, and forget the devices whose session is over.

    Says how many. Such a session was made while the clock of this machine was years ahead.
    """
    longest = dt.timedelta(seconds=settings.SESSION_COOKIE_AGE) + AN_HOUR
    Session.objects.filter(expire_date__gt=timezone.now() + longest).delete()
    count, _by_model = Device.objects.logged_out().delete()
    return f"{count} devices" if count else ""


def _end(devices):
    Session.objects.filter(session_key__in=devices.values("session_key")).delete()
    devices.delete()
