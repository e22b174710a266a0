"""What staff see and do about supervisors: who is asked, since when, and what holds it up."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from participants.confirmations import asking, stuck
from participants.confirmations.models import ConfirmationRequest
from participants.placements import supervising
from participants.placements.models import Supervisor

SUPERVISORS_A_PAGE = 25
REQUESTS_SHOWN = 20


@require_GET
def waiting(request):
    """Per supervisor what is open, since when, and what can be done about it."""
    if not request.user.is_staff_member:
        raise PermissionDenied
    rows = Paginator(stuck.supervisors(request.user), SUPERVISORS_A_PAGE)
    page = rows.get_page(request.GET.get("page"))
    facts = {
        "page": page,
        "rows": stuck.with_requests(page),
        "without_place": stuck.without_place(request.user),
    }
    return render(request, "participants/confirmations/waiting.html", facts)


@require_GET
def supervisor(request, pk):
    """One supervisor: address, introduction, the people there, and what was asked and answered."""
    shown = _visible(request, pk)
    [row] = stuck.with_requests([stuck.figures(request.user).get(pk=pk)])
    facts = {
        "supervisor": row,
        "placements": stuck.guided(request.user, shown),
        "requests": stuck.history(request.user, shown)[:REQUESTS_SHOWN],
        "coordinates": Supervisor.objects.coordinated_by(request.user).contains(shown),
    }
    return render(request, "participants/confirmations/supervisor.html", facts)


@require_POST
def introduce(request, pk):
    return _act(request, pk, supervising.introduce, _("De introductie gaat naar %s."))


@require_POST
def send(request, pk):
    return _act(request, pk, asking.send, _("De mail gaat naar %s."))


@require_POST
def forget_browsers(request, pk):
    said = _("%s vult bij de volgende keer de code weer in.")
    return _act(request, pk, supervising.forget_browsers, said)


@require_POST
def hand_over(request, pk):
    """Take over whom a supervisor named; then that one is the supervisor on the page."""
    leaving = _visible(request, pk)
    try:
        new = supervising.hand_over(leaving, by=request.user)
    except ValidationError as refusal:
        messages.warning(request, refusal.messages[0])
        return redirect("confirmations:supervisor", pk)
    messages.success(request, _("%s begeleidt nu. Stuur eerst de introductie.") % new.name)
    return redirect("confirmations:supervisor", new.pk)


@require_POST
def resume(request, pk):
    return _act(request, pk, supervising.resume, _("%s begeleidt weer."))


@require_POST
def revoke(request, pk):
    visible = ConfirmationRequest.objects.visible_to(request.user)
    asked = get_object_or_404(visible.select_related("supervisor"), pk=pk)
    try:
        asking.revoke(asked, by=request.user)
    except ValidationError as refusal:
        messages.warning(request, refusal.messages[0])
    else:
        messages.success(request, _("Die link werkt niet meer."))
    return redirect("confirmations:supervisor", asked.supervisor_id)


def _act(request, pk, act, said):
    """Do ``act`` and go back to the page of this supervisor with a sentence."""
    shown = _visible(request, pk)
    try:
        act(shown, by=request.user)
    except ValidationError as refusal:
        messages.warning(request, refusal.messages[0])
    else:
        messages.success(request, said % shown.name)
    return redirect("confirmations:supervisor", pk)


def _visible(request, pk):
    return get_object_or_404(Supervisor.objects.visible_to(request.user), pk=pk)
