"""What happens around every request: its line in the log, its size, its session."""

import time
import uuid

import structlog
from django.conf import settings
from django.http import HttpResponse, HttpResponseNotAllowed
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

log = structlog.get_logger("leerlijn.request")

STAMP = "used_on"
OF_PAGES = ("GET", "HEAD", "POST")


def logged(get_response):
    """One line per request: the route instead of the address, and ids instead of names.

    An address may hold the code of a certificate, and a query what somebody searched for.
    """

    def middleware(request):
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request_id=str(uuid.uuid4()))
        started = time.perf_counter()
        response = get_response(request)
        match = request.resolver_match
        log.info(
            "request",
            method=request.method,
            route=match.route if match else None,
            status=response.status_code,
            user=user_id(request),
            milliseconds=round((time.perf_counter() - started) * 1000),
        )
        return response

    return middleware


def user_id(request):
    """The id of who asks; None for a stranger, or where nothing had to know who asks."""
    # Looking at request.user would cost a query on pages that never looked.
    user = getattr(request, "_cached_user", None)
    return user.pk if user else None


def limited_in_size(get_response):
    """Answer 413 before a body of more than MAX_REQUEST_BYTES fills the disk."""

    def middleware(request):
        length = request.META.get("CONTENT_LENGTH") or "0"
        if length.isdecimal() and int(length) > settings.MAX_REQUEST_BYTES:
            return HttpResponse(
                _("Dit is te groot om in één keer te sturen. Stuur minder of kleinere bestanden."),
                status=413,
                content_type="text/plain; charset=utf-8",
            )
        return get_response(request)

    return middleware


def known_methods_only(get_response):
    """Answer 405 to a method that no page has, before a view takes it for the one that it shows."""

    def middleware(request):
        if request.method in OF_PAGES or request.path.startswith("/api/"):
            return get_response(request)
        return HttpResponseNotAllowed(OF_PAGES)

    return middleware


def explained_when_only_a_button_leads_here(get_response):
    """A page instead of an empty 405 for who opens the address of a button.

    People get there after a refused upload, from their history, or by logging in again.
    """

    def middleware(request):
        response = get_response(request)
        in_api = request.path.startswith("/api/")
        if response.status_code != 405 or request.method != "GET" or in_api:
            return response
        explained = render(request, "405.html", status=405)
        explained["Allow"] = response["Allow"]
        return explained

    return middleware


def stamp_session(request, **_):
    """Note the day, so that ``rolling_sessions`` knows when to push the end forward."""
    request.session[STAMP] = timezone.localdate().isoformat()


def rolling_sessions(get_response):
    """A session ends SESSION_COOKIE_AGE after its last day of use; one write a day."""

    def middleware(request):
        has_session = settings.SESSION_COOKIE_NAME in request.COOKIES
        if has_session and request.session.get(STAMP, "9999") < timezone.localdate().isoformat():
            stamp_session(request)
        return get_response(request)

    return middleware
