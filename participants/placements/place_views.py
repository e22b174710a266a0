"""The list of learning places, for coordinators: a new one, other facts, closed and open again."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from participants.accounts.models import Role
from participants.placements import actions
from participants.placements.forms import LearningPlaceForm
from participants.placements.models import LearningPlace

FACTS = ("organisation", "team", "team_kind", "district")
DEEDS = {
    "weg": (actions.close_place, gettext_lazy("%s is gesloten. Je opent hem onderaan weer.")),
    "terug": (actions.open_place, gettext_lazy("%s is weer open.")),
}


@require_http_methods(["GET", "POST"])
def new(request):
    """Add a learning place to the list."""
    refuse_others(request.user)
    form = LearningPlaceForm(request.POST or None)
    if form.is_valid():
        try:
            place = actions.add_place(**form.cleaned_data, by=request.user)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("%s staat op de lijst.") % place)
            return redirect("placements:list")
    return render(request, "participants/placements/place_form.html", {"form": form})


@require_http_methods(["GET", "POST"])
def change(request, pk):
    """How a learning place is called and where it is; who works there stays."""
    place = _found(request.user, LearningPlace.objects.visible_to(request.user), pk)
    known = {name: getattr(place, name) for name in FACTS}
    form = LearningPlaceForm(request.POST or None, initial=known)
    if form.is_valid():
        try:
            changed = actions.change_place(place, by=request.user, **form.cleaned_data)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("%s is bewaard.") % changed)
            return redirect("placements:list")
    facts = {"form": form, "place": place}
    return render(request, "participants/placements/place_form.html", facts)


@require_POST
def act(request, pk, act):
    """Closed, or open again."""
    if act not in DEEDS:
        raise Http404
    place = _found(request.user, LearningPlace.objects.listed_for(request.user), pk)
    deed, told = DEEDS[act]
    try:
        deed(place, by=request.user)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        messages.success(request, told % place)
    return redirect("placements:list")


def refuse_others(user):
    """Raises PermissionDenied unless ``user`` coordinates some cohort."""
    if not Role.objects.of(user, Role.Kind.COORDINATOR).exists():
        raise PermissionDenied


def _found(user, places, pk):
    """404 for what is not there for ``user``, 403 for who sees it and coordinates nothing."""
    place = get_object_or_404(places, pk=pk)
    refuse_others(user)
    return place
