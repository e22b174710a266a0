"""The calendar by its secret address, and the two buttons for that address."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import conditional_page, require_POST, require_safe

from leerlijn import limits
from participants.agenda import actions, sources
from participants.agenda.models import CalendarFeed
from participants.mailing import calendar

BACK = "/lessen/?agenda=open"


@conditional_page
@login_not_required
@require_safe
def feed(request, secret):
    """The calendar as a file; 404 for an address that is none (any more), 429 for who guesses."""
    found = CalendarFeed.objects.behind(secret).select_related("user").first()
    if found is None:
        return _discreet(_unknown(request))
    entries = sources.of(found.user)
    return _discreet(
        HttpResponse(calendar.feed(entries, name="Leerlijn"), content_type=calendar.MIMETYPE)
    )


@require_POST
def renew(request):
    actions.renew(by=request.user)
    messages.success(request, _("Je adres is klaar. Zet het in de agenda op je telefoon."))
    return redirect(BACK)


@require_POST
def revoke(request):
    actions.revoke(by=request.user)
    messages.success(request, _("Je adres staat uit. In je agenda komt niets nieuws meer bij."))
    return redirect(BACK)


def _unknown(request):
    if limits.one_unknown_too_many(request, "calendars"):
        response = HttpResponse(status=429)
        response["Retry-After"] = str(limits.seconds_left())
        return response
    return HttpResponse(
        _("Dit adres is er niet meer. Maak een nieuw adres bij Lessen."),
        status=404,
        content_type="text/plain; charset=utf-8",
    )


def _discreet(response):
    """No copy in a cache of others or a search engine, and no address of ours elsewhere."""
    response["Cache-Control"] = "private, max-age=0, must-revalidate"
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response
