"""To a later cohort: choose which, look at what changes, then do it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from participants.enrolments.models import Enrolment
from participants.overview import moving
from participants.overview.forms import DestinationForm, ReasonForm


@require_http_methods(["GET", "POST"])
def move(request, pk):
    """Without a cohort: which one? With one: what comes along and what changes, and the press."""
    enrolment = _found(request.user, pk)
    cohorts = moving.destinations(enrolment, request.user)
    asked = request.POST or request.GET
    chosen = DestinationForm(asked if "cohort" in asked else None, cohorts=cohorts)
    reason = ReasonForm(request.POST or None)
    context = {"enrolment": enrolment, "chosen": chosen, "form": reason, "cohorts": cohorts}
    if not chosen.is_valid():
        return _page(request, context | {"form": chosen})
    cohort, starts_on = chosen.cleaned_data["cohort"], chosen.cleaned_data["starts_on"]
    try:
        if reason.is_valid():
            why = reason.cleaned_data["reason"]
            moving.move(enrolment, cohort, by=request.user, reason=why, starts_on=starts_on)
            return _moved(request, enrolment, cohort)
        preview = moving.preview(enrolment, cohort, by=request.user, starts_on=starts_on)
    except ValidationError as refusal:
        chosen.add_error(None, refusal)
        return _page(request, context | {"form": chosen})
    day = moving.first_day(cohort, starts_on)
    return _page(request, context | {"preview": preview, "cohort": cohort, "first_day": day})


def _found(user, pk):
    """404 for who is nobody of the reader's; 403 where somebody else decides."""
    people = Enrolment.objects.staffed_by(user).select_related("participant", "cohort__track")
    enrolment = get_object_or_404(people, pk=pk)
    if not Enrolment.objects.coordinated_by(user).contains(enrolment):
        raise PermissionDenied
    return enrolment


def _moved(request, enrolment, cohort):
    said = _("%(name)s gaat verder in %(cohort)s. Alle uren zijn meegegaan.")
    name = enrolment.participant.first_name
    messages.success(request, said % {"name": name, "cohort": cohort.name})
    return redirect("overview:person", pk=enrolment.pk)


def _page(request, context):
    return render(request, "participants/overview/move.html", context)
