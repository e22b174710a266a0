"""Planning a series: fill in, look at every day, leave out what does not suit, plan the rest."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import redirect, render
from django.utils.translation import ngettext

from participants.accounts.models import Role
from participants.sessions import actions
from participants.sessions.forms import SeriesForm
from participants.sessions.models import PLANNERS

TEMPLATE = "participants/sessions/series.html"


def series(request):
    """Step ``look`` shows the days with what to mind; step ``plan`` plans those still ticked."""
    if not Role.objects.of(request.user, *PLANNERS).exists():
        raise PermissionDenied
    form = SeriesForm(request.POST or None, user=request.user)
    if not form.is_valid() or request.POST.get("step") == "back":
        return render(request, TEMPLATE, {"form": form})
    if request.POST.get("step") == "plan":
        return plan(request, form)
    return preview(request, form)


def plan(request, form):
    try:
        made = actions.plan_series(dates=form.chosen(), **form.facts(), by=request.user)
    except ValidationError as refusal:
        return preview(request, form, refusal=refusal, left=request.POST.getlist("day"))
    told = ngettext(
        "%d bijeenkomst staat op de agenda.", "%d bijeenkomsten staan op de agenda.", len(made)
    )
    messages.success(request, told % len(made))
    return redirect("sessions:list")


def preview(request, form, *, refusal=None, left=None):
    days = form.days()
    facts = {
        "form": form,
        "days": days,
        "left": [day.date.isoformat() for day in days] if left is None else left,
        "warned": sum(bool(day.warnings) for day in days),
        "refusal": refusal,
    }
    return render(request, "participants/sessions/series_days.html", facts)
