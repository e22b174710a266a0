"""Setting the paper of a track: its words, logo and who signs, with a preview."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from certificates.letterheads import actions, sample
from certificates.letterheads.forms import LetterheadForm
from certificates.letterheads.images import KEPT
from certificates.letterheads.models import Letterhead
from certificates.papers import paper_response, private
from participants.tracks.models import LearningTrack


@require_GET
def tracks(request):
    """The tracks whose paper one may set."""
    return render(request, "certificates/letterheads.html", {"tracks": _tracks_of(request.user)})


@require_http_methods(["GET", "POST"])
def letterhead(request, pk):
    """What the papers say and show; a press keeps it for certificates that are made later."""
    track, head = _found(request, pk)
    form = LetterheadForm(request.POST or None, request.FILES or None, track=track, letterhead=head)
    if form.is_valid() and _changed(form, track, request.user):
        messages.success(request, _("Dit staat vanaf nu op nieuwe certificaten."))
        return redirect("certificates:letterhead", pk=pk)
    return _page(request, track, head, form)


@require_http_methods(["GET", "POST"])
def preview(request, pk):
    """The pages of invented people: as it is kept, or by POST as it was typed."""
    track, head = _found(request, pk)
    if request.method == "GET":
        return _shown(sample.preview(track, {}, {}))
    form = LetterheadForm(request.POST, request.FILES, track=track, letterhead=head)
    if not form.is_valid():
        return _page(request, track, head, form)
    return _shown(sample.preview(track, form.words, form.pictures))


@require_GET
def picture(request, pk, slot):
    """A picture as it is printed, for who may change it."""
    _track, head = _found(request, pk)
    if slot not in Letterhead.PICTURES or not getattr(head, f"{slot}_id"):
        raise Http404
    return private(HttpResponse(KEPT[getattr(head, f"{slot}_id")], content_type="image/png"))


def _tracks_of(user):
    return LearningTrack.objects.set_up_by(user).select_related("letterhead")


def _found(request, pk):
    track = get_object_or_404(_tracks_of(request.user), pk=pk)
    return track, getattr(track, "letterhead", None) or Letterhead(track=track)


def _changed(form, track, user):
    """Whether it was kept; what was in the way stands on the form."""
    revision = form.cleaned_data["revision"]
    try:
        actions.change(track, form.words, form.pictures, by=user, revision=revision)
    except ValidationError as refusal:
        form.add_error(None, refusal)
        return False
    return True


def _page(request, track, head, form):
    sides = (("first", _("Wie links tekent")), ("second", _("Wie rechts tekent")))
    context = {
        "track": track,
        "letterhead": head,
        "form": form,
        "who": form.part("provider", "partners", "place"),
        "logo": form.part("logo", "logo_gone"),
        "texts": form.part(*actions.OF_LETTERHEAD),
        "signers": [
            {
                "title": title,
                "slot": f"{turn}_signature",
                "has_scan": getattr(head, f"{turn}_signature_id"),
                "names": form.part(f"{turn}_signatory", f"{turn}_signatory_role"),
                "scan": form.part(f"{turn}_signature", f"{turn}_signature_gone"),
            }
            for turn, title in sides
        ],
    }
    return render(request, "certificates/letterhead.html", context)


def _shown(pdf):
    return paper_response(pdf, "voorbeeld", as_attachment=False)
