"""Who works with a cohort; its coordinator adds trainers and assessors and takes them out."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from participants.accounts import actions
from participants.overview.forms import TeamForm
from participants.tracks.finding import staffed
from participants.tracks.models import Cohort


def team(request, pk):
    """The people of the cohort by role, and a form for one more."""
    cohort = staffed(request.user, pk)
    coordinates = Cohort.objects.coordinated_by(request.user).contains(cohort)
    if request.method == "POST" and not coordinates:
        raise PermissionDenied
    form = TeamForm(request.POST or None)
    if form.is_valid():
        try:
            role = actions.add_to_team(cohort, **form.cleaned_data, by=request.user)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            said = _("%(name)s is nu %(role)s van deze lichting.")
            facts = {"name": role.user.name, "role": role.get_kind_display()}
            messages.success(request, said % facts)
            return redirect("overview:team", pk=pk)
    context = {
        "cohort": cohort,
        "roles": cohort.roles.select_related("user").order_by("kind", "user__name_key"),
        "form": form if coordinates else None,
    }
    return render(request, "participants/overview/team.html", context)


def leave(request, pk, role_pk):
    """Asks, and then ends the role; what this person did stays."""
    cohort = staffed(request.user, pk)
    role = get_object_or_404(cohort.roles.select_related("user", "cohort"), pk=role_pk)
    if not Cohort.objects.coordinated_by(request.user).contains(cohort):
        raise PermissionDenied
    if request.method == "POST":
        actions.take_role(role, by=request.user)
        messages.success(request, _("%s hoort niet meer bij deze lichting.") % role.user.name)
        return redirect("overview:team", pk=pk)
    asked = {
        "title": _("%s uit het team halen?") % role.user.name,
        "text": _("Wat deze persoon nakeek of beoordeelde, blijft staan."),
        "details": [(_("Rol"), role.get_kind_display())],
        "action": _("Haal uit het team"),
        "cancel": reverse("overview:team", args=[pk]),
    }
    return render(request, "confirm.html", asked)
