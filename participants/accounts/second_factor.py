"""Who has a role comes in with two things, at every door: pages, admin, files and session API.

A login can begin with less: the first time, or before a role was given. Such a session sees
the way to its second factor, and beside that what a stranger sees (docs/adr/0028).
"""

import time
from dataclasses import dataclass
from functools import partial

from allauth.account.internal.flows.login import get_authentication_records, record_authentication
from django.contrib.auth.models import AnonymousUser
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _
from rest_framework import exceptions
from rest_framework.authentication import SessionAuthentication

from leerlijn.typed import keep
from participants.accounts import factors, staying

NEXT = "second_factor_next"  # in the session: where they were going
PAPER_TO_PRINT = "second_factor_paper"  # in the session: codes on paper come first
FIRST_TIME_SECONDS = 60 * 60  # to install an app takes some people a while


@dataclass(frozen=True)
class Lacking:
    """What a session still has to do, where it does that, and what else is open meanwhile."""

    route: str
    open: frozenset

    def lets_through(self, route):
        return route in self.open


def _lacking(route, *also):
    ways = {"account_logout", "second_factor:begin", route, *also}
    return Lacking(route, frozenset(ways))


STEP = _lacking("second_factor:step")
CHOICE = _lacking(
    "second_factor:begin",
    "second_factor:step",
    "second_factor:paper",
    "mfa_activate_totp",
    "mfa_add_webauthn",
)
LOGIN_AGAIN = _lacking("second_factor:begin")
PAPER = _lacking("second_factor:paper")


def lacking(request, user):
    """What the session of ``user`` misses, as a Lacking; None when it may go everywhere."""
    if not user.is_authenticated:
        return None
    if passed(request, user):
        return PAPER if PAPER_TO_PRINT in request.session else None
    if not user.needs_second_factor:
        return None
    if factors.asked_of(user).exists():
        return STEP
    # A session that was left open somewhere must not choose the second factor of its owner.
    began = request.session.get(staying.BEGAN, 0)
    return CHOICE if time.time() - began < FIRST_TIME_SECONDS else LOGIN_AGAIN


def passed(request, user):
    """Whether a second factor was shown in this session (a passkey is both factors)."""
    records = get_authentication_records(request, user)
    return any(record["method"] == "mfa" for record in records)


def is_first_time(request):
    """Whether this session chooses its first second factor, or prints its first codes."""
    return lacking(request, request.user) in (CHOICE, PAPER)


def note(request, authenticator):
    """This session showed ``authenticator``: by setting it up, for one."""
    facts = {"id": authenticator.pk, "type": authenticator.type}
    record_authentication(request, request.user, "mfa", **facts)
    opened(request)


def opened(request):
    """This session may do more from now on: under another key than it had before."""
    request.session.cycle_key()
    ask_paper(request, request.user)


def ask_paper(request, user):
    """Have the codes on paper printed first, by who has a role and never saw any."""
    if user.needs_second_factor and not factors.has_paper(user):
        request.session[PAPER_TO_PRINT] = True


def printed(request):
    """The codes were shown: nothing holds this session any longer."""
    request.session.pop(PAPER_TO_PRINT, None)


def onwards(request, otherwise):
    """The address where the person was going when they were asked, once; else ``otherwise``."""
    return request.session.pop(NEXT, otherwise)


class Gate:
    """Middleware, before what asks for a login: it looks at who is logged in."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view_func, view_args, view_kwargs):
        route = request.resolver_match.view_name
        if not getattr(view_func, "login_required", True) and route != "account_logout":
            # Lazy: a page for anyone that never looks who asks costs no query.
            request.user = SimpleLazyObject(partial(seen_as, request, request.user))
            return None
        missing = lacking(request, request.user)
        if missing is None or missing.lets_through(route):
            return None
        keep(request, str(request.user.pk))
        request.session[NEXT] = request.get_full_path()
        return redirect(missing.route)


def seen_as(request, user):
    """Who asks, for a page that is open to anyone: a stranger until the second factor is in."""
    request.lacks_second_factor = lacking(request, user) is not None
    return AnonymousUser() if request.lacks_second_factor else user


class Session(SessionAuthentication):
    """The API by a session: as the pages, only behind the second factor."""

    def authenticate(self, request):
        """Raises PermissionDenied (``second_factor_needed``); who it is as DRF has it."""
        found = super().authenticate(request)
        if found is None and getattr(request._request, "lacks_second_factor", False):
            raise exceptions.PermissionDenied(_sentence(), code="second_factor_needed")
        return found


def _sentence():
    return _("Log eerst helemaal in: hiervoor is je extra stap nodig, op %s.") % reverse(
        "second_factor:begin"
    )
