"""What participants do: send their work hours to their supervisor, or show a QR code."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.html import format_html
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from participants.confirmations import asking, states
from participants.confirmations.letters import link
from participants.paper.qr import runs
from participants.placements.models import Supervisor


@require_POST
def send(request, pk):
    """Mail the supervisor all lines that wait, or say on which day that can be."""
    supervisor = _own_supervisor(request, pk)
    try:
        asking.send(supervisor, by=request.user)
    except ValidationError as refusal:
        messages.warning(request, refusal.messages[0])
    else:
        told = _("We mailen %s. Hier zie je of de mail al geopend is.")
        messages.success(request, told % supervisor.first_name)
    return _back(request)


@require_http_methods(["GET", "POST"])
def qr(request, pk):
    """A code to hold before the phone of the supervisor; a POST makes it."""
    supervisor = _own_supervisor(request, pk)
    if request.method == "POST":
        try:
            asking.show(supervisor, by=request.user)
        except ValidationError as refusal:
            messages.warning(request, refusal.messages[0])
            return _back(request)
        return redirect("confirmations:qr", pk)
    shown = states.shown_now(request.user, supervisor)
    facts = {"supervisor": supervisor, "shown": shown, "picture": shown and picture(link(shown))}
    response = render(request, "participants/confirmations/qr.html", facts)
    response["Cache-Control"] = "no-store"
    return response


def picture(address):
    """``address`` as an inline SVG; only paths, no style and no script."""
    side, dark = runs(address)
    drawn = "".join(f"M{column} {row}.5h{length}" for column, row, length in dark)
    shape = '<svg class="ll-qr" viewBox="0 0 {0} {0}"><path stroke="#000" d="{1}"/></svg>'
    return format_html(shape, side, drawn)


def _own_supervisor(request, pk):
    return get_object_or_404(Supervisor.objects.guiding(request.user), pk=pk)


def _back(request):
    """Where the button stood, as long as that is ours."""
    there = request.POST.get("back", "")
    if url_has_allowed_host_and_scheme(there, {request.get_host()}, request.is_secure()):
        return redirect(there)
    return redirect("hours:list")
