"""What the final interview asks, in order; and the list of what to arrange at a learning place."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from participants.placements import ticking
from participants.placements.checklist import ChecklistItem
from participants.setup import criteria, tracks
from participants.setup.acting import acted, made, named
from participants.setup.track_forms import CriterionForm, ItemForm
from participants.setup.track_views import track_of
from participants.tracks.models import InterviewCriterion
from participants.tracks.programme import arranges_everything


def up(criterion, *, by):
    return criteria.move(criterion, by=by, up=True)


def down(criterion, *, by):
    return criteria.move(criterion, by=by, up=False)


DEEDS = {
    "omhoog": (up, gettext_lazy("%s staat een plek hoger.")),
    "omlaag": (down, gettext_lazy("%s staat een plek lager.")),
    "weg": (criteria.archive, gettext_lazy("%s is weggelegd. Wie al bezig is, houdt het.")),
    "terug": (criteria.restore, gettext_lazy("%s staat weer op de lijst.")),
}
DEEDS_OF_ITEM = {
    "weg": (ticking.archive_item, gettext_lazy("Weggelegd: %s.")),
    "terug": (ticking.restore_item, gettext_lazy("Staat weer op de lijst: %s.")),
}


@require_GET
def listing(request, pk):
    """The criteria in use, those that were put away, and which cohorts have their own."""
    track = track_of(request.user, pk)
    every = InterviewCriterion.objects.of_track(track)
    context = {
        "track": track,
        "criteria": every.in_use(),
        "archived": every.filter(is_active=False, replaced_by=None),
        "arranges": arranges_everything(request.user),
    }
    return render(request, "participants/setup/criteria.html", context)


@require_http_methods(["GET", "POST"])
def new(request, pk):
    track = track_of(request.user, pk)
    tracks.refuse_others(request.user)
    form = CriterionForm(request.POST or None)
    if criterion := made(form, criteria.add, track, by=request.user):
        messages.success(request, _("%s staat onderaan de lijst.") % criterion)
        return redirect("setup:criteria", pk=pk)
    context = {"track": track, "form": form}
    return render(request, "participants/setup/criterion.html", context)


@require_http_methods(["GET", "POST"])
def reword(request, pk):
    """Other words: for who has yet to begin."""
    criterion = _found(request.user, pk)
    tracks.refuse_others(request.user)
    form = CriterionForm(request.POST or None, instance=criterion)
    if made(form, criteria.reword, criterion, by=request.user):
        messages.success(request, _("%s is bewaard.") % criterion)
        return redirect("setup:criteria", pk=criterion.track_id)
    context = {"track": criterion.track, "criterion": criterion, "form": form}
    return render(request, "participants/setup/criterion.html", context)


@require_POST
def act(request, pk, act):
    """Up, down, away or back."""
    criterion = _found(request.user, pk)
    deed, told = named(DEEDS, act)
    back = ("setup:criteria", criterion.track_id)
    return acted(request, deed, criterion, told % criterion, *back)


@require_http_methods(["GET", "POST"])
def checklist(request, pk):
    """What has to be arranged at every learning place of the track; a form for one more."""
    track = track_of(request.user, pk)
    form = ItemForm(request.POST or None, instance=ChecklistItem(track=track))
    if made(form, ticking.add_item, track, by=request.user):
        messages.success(request, _("Dit staat vanaf nu op de lijst."))
        return redirect("setup:checklist", pk=pk)
    items = track.checklist.all()
    context = {
        "track": track,
        "form": form,
        "items": items.in_use(),
        "archived": items.filter(is_active=False),
    }
    return render(request, "participants/setup/checklist.html", context)


@require_http_methods(["GET", "POST"])
def reword_item(request, pk):
    """Other words for a point; what was ticked keeps its own."""
    item = get_object_or_404(_items(request.user).select_related("track"), pk=pk)
    form = ItemForm(request.POST or None, instance=item)
    if made(form, ticking.reword_item, item, by=request.user):
        messages.success(request, _("Dit punt is bewaard."))
        return redirect("setup:checklist", item.track_id)
    context = {"track": item.track, "form": form, "title": _("Zeg dit punt anders")}
    context |= {"text": _("Wat al is afgevinkt, houdt zijn oude woorden."), "action": _("Bewaar")}
    return render(request, "participants/setup/track_form.html", context)


@require_POST
def act_on_item(request, pk, act):
    """Away, or back."""
    item = get_object_or_404(_items(request.user), pk=pk)
    deed, told = named(DEEDS_OF_ITEM, act)
    return acted(request, deed, item, told % item, "setup:checklist", item.track_id)


def _items(user):
    return ChecklistItem.objects.set_up_by(user)


def _found(user, pk):
    mine = InterviewCriterion.objects.set_up_by(user).select_related("track")
    return get_object_or_404(mine, pk=pk)
