"""Taking out what was made: at once where it is little, from a page of its own where it is much."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import FileResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from certificates import exports
from certificates.ceremonies import actions, bundling
from certificates.ceremonies.downloads import downloaded
from certificates.ceremonies.handing_list import handing_list_pdf
from certificates.ceremonies.models import Bundle
from certificates.ceremonies.views import coordinated
from certificates.papers import paper_response
from certificates.readiness import preview
from participants.accounts import stepup
from participants.exports.forms import ReasonForm

AT_ONCE = 200  # certificates that a visitor can wait for


@require_POST
@stepup.required
def export_zip(request, pk):
    return _exported(request, pk, Bundle.Kind.ZIP)


@require_POST
@stepup.required
def export_pdf(request, pk):
    """Front and supplement of each, to print on both sides; or only the fronts."""
    fronts = request.POST.get("sides") == "fronts"
    return _exported(request, pk, Bundle.Kind.FRONTS if fronts else Bundle.Kind.BOTH_SIDES)


@require_POST
@stepup.required
def handing_list(request, pk):
    """The list for the table; or with who is not ready and why, for the coordinator's eyes."""
    group = coordinated(request, pk)
    try:
        certificates = exports.taken_out(group, by=request.user, told=_told(request))
    except ValidationError as refusal:
        return _back(request, group, refusal)
    not_ready = []
    if request.POST.get("for") == "coordinator":
        not_ready = preview(group, by=request.user).without_certificate
    return paper_response(
        handing_list_pdf(group, certificates, not_ready), "uitreiklijst", as_attachment=True
    )


@require_GET
def bundle(request, pk):
    """How far the file is, and the file once it is whole."""
    found = _own(request, pk)
    with_file = bundling.opened(found)
    if with_file:
        with_file.close()
    context = {"bundle": found, "is_there": bool(with_file)}
    return render(request, "certificates/ceremonies/bundle.html", context)


@require_POST
def go_on(request, pk):
    found = _own(request, pk)
    actions.go_on(found, by=request.user)
    return redirect("certificates:bundle", pk=found.pk)


@require_GET
@stepup.required(methods=("GET",))
def bundle_file(request, pk):
    """The file, for who asked for it and still coordinates the cohort."""
    found = _own(request, pk)
    file = bundling.opened(found)
    if file is None:
        messages.info(request, _("Dit bestand is er niet meer. Maak het opnieuw."))
        return redirect("certificates:cohort", pk=found.cohort_id)
    return downloaded(FileResponse(file), found.kind)


def _exported(request, pk, kind):
    group = coordinated(request, pk)
    try:
        told = _told(request)
        if exports.count_or_refusal(group, by=request.user) > AT_ONCE:
            asked = actions.bundle(group, kind, by=request.user, told=told)
            return redirect("certificates:bundle", pk=asked.pk)
        pieces = exports.pieces(group, kind, by=request.user, told=told)
    except ValidationError as refusal:
        return _back(request, group, refusal)
    return downloaded(StreamingHttpResponse(pieces), kind)


def _told(request):
    """What they are for; ValidationError when nothing was chosen."""
    form = ReasonForm(request.POST)
    if not form.is_valid():
        raise ValidationError([said for every in form.errors.values() for said in every])
    return form.told


def _own(request, pk):
    mine = Bundle.objects.visible_to(request.user).filter(asked_by=request.user)
    return get_object_or_404(mine.select_related("cohort__track"), pk=pk)


def _back(request, group, refusal):
    messages.error(request, " ".join(refusal.messages))
    return redirect("certificates:cohort", pk=group.pk)
