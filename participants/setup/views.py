"""What can be arranged, in one place; and putting a cohort away that nobody is in."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from participants.accounts.models import Role
from participants.setup import cohorts, copying
from participants.setup.acting import acted, made, named, refuse_others
from participants.setup.forms import CohortForm
from participants.tracks.models import Cohort, LearningTrack
from participants.tracks.programme import SETTERS, arranges_everything

DEEDS = {
    "weg": (cohorts.archive, _("%s is weggelegd. Je haalt hem onderaan weer terug.")),
    "terug": (cohorts.restore, _("%s is er weer.")),
}


@require_GET
def page(request):
    """Everything that coordinators and administrators set up, with where it is done."""
    refuse_others(request.user)
    mine = Cohort.objects.coordinated_by(request.user).select_related("track")
    context = {
        "cohorts": mine,
        "empty": set(cohorts.can_be_archived(mine).values_list("pk", flat=True)),
        "archived": cohorts.archived_of(request.user),
        "tracks": LearningTrack.objects.set_up_by(request.user),
        "arranges": arranges_everything(request.user),
        "starts_cohorts": copying.starts_cohorts(request.user),
        "is_administrator": Role.Kind.ADMINISTRATOR in request.user.role_kinds,
    }
    return render(request, "participants/setup/page.html", context)


@require_http_methods(["GET", "POST"])
def change(request, pk):
    """Name, days and contact of a cohort."""
    refuse_others(request.user)
    mine = Cohort.objects.under(request.user, *SETTERS).select_related("track")
    cohort = get_object_or_404(mine, pk=pk)
    form = CohortForm(request.POST or None, instance=cohort)
    if changed := made(form, cohorts.change, cohort, by=request.user):
        messages.success(request, _("%s is bewaard.") % changed.name)
        return redirect("setup:track", pk=cohort.track_id)
    context = {"form": form, "title": _("Naam, dagen en contact"), "action": _("Bewaar")}
    context["track"] = cohort.track
    return render(request, "participants/setup/track_form.html", context)


@require_POST
def act(request, pk, act):
    """A cohort away, or back."""
    staff = Cohort.objects.under(request.user, *Role.STAFF).select_related("track")
    cohort = get_object_or_404(staff, pk=pk)
    deed, told = named(DEEDS, act)
    return acted(request, deed, cohort, told % cohort.name, "setup:page")
