"""A learning track: what it is called, what it asks of new cohorts, and putting it away."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from participants.setup import cohorts, copying, tracks
from participants.setup.acting import acted, made, named
from participants.setup.forms import NewCohortForm, TrackNormsForm
from participants.setup.track_forms import PAPER, NewTrackForm, TrackForm
from participants.tracks.models import LearningTrack
from participants.tracks.programme import SETTERS, arranges_everything

DEEDS = {
    "weg": (tracks.archive, gettext_lazy("%s is weggelegd. Nieuwe lichtingen volgen hem niet.")),
    "terug": (tracks.restore, gettext_lazy("%s is weer in gebruik.")),
}


@require_GET
def track(request, pk):
    """All that can be arranged for one track, and its cohorts."""
    found = track_of(request.user, pk)
    context = {
        "track": found,
        "cohorts": found.cohorts.in_use(),
        "mine": set(found.cohorts.with_role(request.user, *SETTERS).values_list("pk", flat=True)),
        "arranges": arranges_everything(request.user),
        "starts_cohorts": copying.starts_cohorts(request.user),
    }
    return render(request, "participants/setup/track.html", context)


@require_http_methods(["GET", "POST"])
def new(request):
    """A new track; what stands on the paper is filled in as the last one has it."""
    tracks.refuse_others(request.user)
    last = LearningTrack.objects.in_use().order_by("-pk").values(*PAPER).first()
    form = NewTrackForm(request.POST or None, initial=last)
    if track := made(form, tracks.make, by=request.user):
        messages.success(request, _("%s staat klaar.") % track)
        return redirect("setup:track", pk=track.pk)
    return _form(request, form, _("Nieuwe leerlijn"), _("Maak de leerlijn"))


@require_http_methods(["GET", "POST"])
def change(request, pk):
    """Another name or description."""
    found = _arranged(request.user, pk)
    form = TrackForm(request.POST or None, instance=found)
    if made(form, tracks.change, found, by=request.user):
        messages.success(request, _("%s is bewaard.") % found)
        return redirect("setup:track", pk=pk)
    return _form(request, form, _("Naam en beschrijving"), _("Bewaar"), found)


@require_http_methods(["GET", "POST"])
def norms(request, pk):
    """What cohorts that have yet to begin ask; others have their own."""
    found = _arranged(request.user, pk)
    form = TrackNormsForm(request.POST or None, instance=found)
    if form.is_valid() and _set(request, found, form):
        return redirect("setup:track", pk=pk)
    context = {"track": found, "form": form, "follow": tracks.to_follow(found)}
    return render(request, "participants/setup/track_norms.html", context)


@require_http_methods(["GET", "POST"])
def new_cohort(request, pk):
    """A cohort without an example: its name and its days."""
    found = track_of(request.user, pk)
    copying.refuse_starting(request.user)
    form = NewCohortForm(request.POST or None)
    if cohort := made(form, cohorts.make, found, by=request.user):
        messages.success(request, _("%s staat klaar. Voeg nu mensen toe.") % cohort.name)
        return redirect("overview:cohort", pk=cohort.pk)
    return _form(request, form, _("Nieuwe lichting"), _("Maak de lichting"), found)


@require_POST
def act(request, pk, act):
    """Put it away, or take it back."""
    found = track_of(request.user, pk)
    deed, told = named(DEEDS, act)
    return acted(request, deed, found, told % found, "setup:track", pk)


def track_of(user, pk):
    """A track that is ``user``'s to arrange; raises Http404 for every other."""
    return get_object_or_404(LearningTrack.objects.set_up_by(user), pk=pk)


def _arranged(user, pk):
    found = track_of(user, pk)
    tracks.refuse_others(user)
    return found


def _set(request, track, form):
    """Whether the norms were set; what was in the way stands on the form."""
    reason = form.cleaned_data["reason"]
    try:
        tracks.set_norms(track, form.facts, by=request.user, reason=reason)
    except ValidationError as refusal:
        form.add_error(None, refusal)
        return False
    messages.success(request, _("De normen van %s zijn veranderd.") % track.name)
    return True


def _form(request, form, title, action, track=None):
    context = {"form": form, "title": title, "action": action, "track": track}
    return render(request, "participants/setup/track_form.html", context)
