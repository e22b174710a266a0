"""The register and issuing. One's own certificates: see holder.py. Checking: see check.py."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from certificates import actions, exports
from certificates.filters import CertificateFilter
from certificates.forms import CorrectForm, IssueForm, RevokeForm
from certificates.models import Certificate
from certificates.papers import pdf_response
from participants.tracks.models import Cohort

PAGE = 50


@require_GET
def register(request):
    """All certificates of the cohorts that one coordinates, newest first."""
    cohorts = Cohort.objects.coordinated_by(request.user).select_related("track")
    rows = Certificate.objects.registered_for(request.user).light()
    found = CertificateFilter(
        request.GET, rows.select_related("enrolment__cohort"), request=request
    )
    page = Paginator(found.qs, PAGE).get_page(request.GET.get("page"))
    context = {"filter": found, "page_obj": page, "cohorts": cohorts}
    return render(request, "certificates/register.html", context)


@require_GET
def cohort(request, pk):
    """Who can get a certificate now, and who cannot yet and why."""
    group = _coordinated(request, pk)
    return _cohort_page(request, group, IssueForm(cohort=group, by=request.user))


@require_http_methods(["GET", "POST"])
def issue(request, pk):
    """GET shows what would be made, with the names as printed; POST makes it."""
    group = _coordinated(request, pk)
    form = IssueForm(request.POST or request.GET, cohort=group, by=request.user)
    if not form.is_valid():
        return _cohort_page(request, group, form)
    chosen = form.cleaned_data["enrolments"]
    if request.method == "POST":
        _issued(request, chosen, form.cleaned_data["award_date"])
        return redirect("certificates:cohort", pk=group.pk)
    keys = {enrolment.pk for enrolment in chosen}
    preview = actions.preview(group, by=request.user)
    context = {
        "cohort": group,
        "award_date": form.cleaned_data["award_date"],
        "candidates": [each for each in preview.ready if each.enrolment.pk in keys],
        "namesakes": preview.namesakes,
    }
    return render(request, "certificates/issue.html", context)


@require_GET
def detail(request, number):
    return render(
        request, "certificates/detail.html", {"certificate": _registered(request, number)}
    )


@require_http_methods(["GET", "POST"])
def revoke(request, number):
    certificate = _registered(request, number)
    form = RevokeForm(request.POST or None)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        if _done(form, actions.revoke, certificate, by=request.user, reason=reason):
            messages.success(request, _("%s is ingetrokken.") % certificate.number)
            return redirect("certificates:detail", number=certificate.number)
    context = {
        "title": _("Trek je %s in?") % certificate.number,
        "text": _(
            "Dit geldt meteen en je kunt het niet terugdraaien. Wie het papier controleert, ziet "
            "dan 'Ingetrokken'. Daarna kun je een nieuw certificaat maken."
        ),
        "details": [(_("Naam"), certificate.name)],
        "form": form,
        "action": _("Trek in"),
        "cancel": _address(certificate),
    }
    return render(request, "confirm.html", context)


@require_http_methods(["GET", "POST"])
def correct(request, number):
    certificate = _registered(request, number)
    form = CorrectForm(request.POST or None, initial={"name": certificate.name})
    if form.is_valid():
        name = form.cleaned_data["name"]
        if new := _done(form, actions.correct, certificate, by=request.user, name=name):
            messages.success(
                request,
                _("%(new)s is gemaakt en vervangt %(old)s. Laat de naam nog eens bevestigen.")
                % {"new": new.number, "old": certificate.number},
            )
            return redirect("certificates:detail", number=new.number)
    context = {
        "title": _("Verbeter de naam"),
        "text": _(
            "Er komt een nieuw certificaat met een nieuw nummer en dezelfde datum. "
            "%s geldt dan niet meer; de controlepagina wijst naar het nieuwe."
        )
        % certificate.number,
        "form": form,
        "action": _("Maak het nieuwe certificaat"),
        "cancel": _address(certificate),
    }
    return render(request, "confirm.html", context)


@require_GET
def pdf(request, number):
    """The stored bytes, for the coordinator and, from the award date, the holder."""
    certificate = get_object_or_404(
        Certificate.objects.visible_to(request.user).light(), number=number
    )
    return pdf_response(certificate, as_attachment="bewaar" in request.GET)


@require_POST
def export_zip(request, pk):
    group = _coordinated(request, pk)
    try:
        pieces = exports.as_zip(group, by=request.user)
    except ValidationError as refusal:
        return _back_to(request, group, refusal)
    return _download(StreamingHttpResponse(pieces, content_type="application/zip"), group, "zip")


@require_POST
def export_pdf(request, pk):
    group = _coordinated(request, pk)
    try:
        paper = exports.as_print_pdf(group, by=request.user)
    except ValidationError as refusal:
        return _back_to(request, group, refusal)
    return _download(HttpResponse(paper, content_type="application/pdf"), group, "pdf")


def _coordinated(request, pk):
    cohorts = Cohort.objects.coordinated_by(request.user).select_related("track")
    return get_object_or_404(cohorts, pk=pk)


def _registered(request, number):
    rows = Certificate.objects.registered_for(request.user)
    related = ("enrolment__cohort__track", "issued_by", "ended_by", "replaces", "replaced_by")
    return get_object_or_404(rows.select_related(*related), number=number)


def _address(certificate):
    return reverse("certificates:detail", kwargs={"number": certificate.number})


def _cohort_page(request, group, form):
    context = {
        "cohort": group,
        "form": form,
        "preview": actions.preview(group, by=request.user),
    }
    return render(request, "certificates/cohort.html", context)


def _issued(request, chosen, award_date):
    """Issue, and say what came of it."""
    try:
        made = len(actions.issue_all(chosen, by=request.user, award_date=award_date))
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
        return
    if made:
        sentence = ngettext("%d certificaat gemaakt.", "%d certificaten gemaakt.", made)
        messages.success(request, sentence % made)
    if left := len(chosen) - made:
        sentence = ngettext(
            "%d persoon had het certificaat al, of is nog niet klaar.",
            "%d mensen hadden het certificaat al, of zijn nog niet klaar.",
            left,
        )
        messages.info(request, sentence % left)


def _done(form, act, certificate, **facts):
    """What ``act`` gives; None when it refuses, with the sentence on the form."""
    try:
        return act(certificate, **facts) or certificate
    except ValidationError as refusal:
        form.add_error(None, refusal)
        return None


def _back_to(request, group, refusal):
    messages.error(request, refusal.message)
    return redirect("certificates:cohort", pk=group.pk)


def _download(response, group, extension):
    response["Content-Disposition"] = f'attachment; filename="certificaten.{extension}"'
    response["Cache-Control"] = "private, no-store"
    return response
