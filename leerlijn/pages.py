"""Pages that only tell something: privacy, accessibility, help, and two files for programs. Anyone
may read them.
"""

import datetime as dt

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import path, reverse
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe
from django.views.generic import TemplateView

SECURITY_HOLDS = dt.timedelta(days=180)  # what is older than a year is not believed


def page(template):
    """A view that shows one template to anyone."""
    return login_not_required(TemplateView.as_view(template_name=template))


@cache_control(public=True, max_age=24 * 60 * 60)
@login_not_required
def favicon(request):
    """The icon for who asks at the address of old, as bookmarks and mail programs do."""
    return redirect(static("leerlijn/favicon.svg"))


@require_safe
@login_not_required
def robots(request):
    """For search engines: the front door, and nothing behind it (RFC 9309)."""
    front = ["/$", f"{reverse(settings.LOGIN_URL)}$"]
    return _plain("User-agent: *", *(f"Allow: {place}" for place in front), "Disallow: /")


@login_not_required
def security(request):
    """Where to tell of a weakness in the site (RFC 9116); 404 where nobody is named."""
    if not settings.SECURITY_CONTACT:
        raise Http404
    until = timezone.now().replace(microsecond=0) + SECURITY_HOLDS
    return _plain(
        f"Contact: {settings.SECURITY_CONTACT}",
        f"Expires: {until.astimezone(dt.UTC):%Y-%m-%dT%H:%M:%SZ}",
        "Preferred-Languages: nl, en",
        f"Canonical: {settings.SITE_URL}{reverse('security')}",
    )


def _plain(*lines):
    return HttpResponse("\n".join((*lines, "")), content_type="text/plain; charset=utf-8")


urlpatterns = [
    path(".well-known/security.txt", security, name="security"),
    path("robots.txt", robots, name="robots"),
    path("favicon.ico", favicon, name="favicon"),
    path("hulp/", page("help.html"), name="help"),
    path("privacy/", page("privacy.html"), name="privacy"),
    path("toegankelijkheid/", page("accessibility.html"), name="accessibility"),
]
