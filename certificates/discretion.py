"""How the check page keeps quiet: no copy of it anywhere, and no address of ours elsewhere."""

from functools import wraps

from django.contrib.auth.decorators import login_not_required
from django.views.decorators.csrf import csrf_exempt

HEADERS = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow",
}


def for_anyone(view):
    """A page without login, whose every answer has the HEADERS.

    The forms change nothing, so they need no token; with one, the visitor would get a cookie,
    and without a referrer the token would be refused.
    """

    @login_not_required
    @csrf_exempt
    @wraps(view)
    def discreet(request, **kwargs):
        return quiet(view(request, **kwargs))

    return discreet


def quiet(response):
    """``response`` with the HEADERS."""
    for name, value in HEADERS.items():
        response[name] = value
    return response
