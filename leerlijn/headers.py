"""What every answer tells the browser: pages, refusals, redirects, files, the API.

What Django and django-csp know of is in settings.py; here is the rest. All of it stands on top of
the other middleware, so that an answer which one of those gives by itself has it too.
"""

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.contrib.messages.storage.fallback import FallbackStorage
from django.contrib.messages.storage.session import SessionStorage
from django.http import JsonResponse
from django.utils.translation import gettext as _

# Nothing here asks for any of these; a script that came in anyhow may not ask either.
UNUSED = (
    *("accelerometer", "autoplay", "browsing-topics", "camera", "display-capture"),
    *("encrypted-media", "geolocation", "gyroscope", "hid", "idle-detection", "magnetometer"),
    *("microphone", "midi", "payment", "screen-wake-lock", "serial", "usb", "xr-spatial-tracking"),
)
DEFAULTS = {
    "Permissions-Policy": ", ".join(f"{feature}=()" for feature in UNUSED),
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Permitted-Cross-Domain-Policies": "none",
    # What may be kept says so itself: files of the site do. Anything else may be about somebody,
    # and the next reader of this screen is somebody else.
    "Cache-Control": "private, no-store",
}


def dressed(get_response):
    """Every answer with the DEFAULTS, but for what it says itself."""

    def middleware(request):
        response = get_response(request)
        for name, value in DEFAULTS.items():
            response.headers.setdefault(name, value)
        return response

    return middleware


def no_program_in_the_clear(get_response):
    """Refuses a call of the API over HTTP, with 403, where people are led to HTTPS.

    A program that is led there goes on like that, and sends its token readable each time.
    """

    def middleware(request):
        in_the_clear = settings.SECURE_SSL_REDIRECT and not request.is_secure()
        if in_the_clear and request.path.startswith("/api/"):
            detail = _("Gebruik https://. Trek dit token in en maak een nieuw.")
            return JsonResponse({"code": "https_needed", "detail": detail}, status=403)
        return get_response(request)

    return middleware


class SentencesInACookie(CookieStorage):
    """Under a name that no other site of the same domain can set."""

    @property
    def cookie_name(self):
        return f"{settings.COOKIE_PREFIX}messages"


class Sentences(FallbackStorage):
    """What is said on the next page: in a cookie, or in the session where it is too long."""

    storage_classes = (SentencesInACookie, SessionStorage)
