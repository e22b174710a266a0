"""The register. Issuing: see ceremonies. One's own certificates: holder.py. Checking: check.py."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from certificates import actions, offices, story
from certificates.filters import CertificateFilter
from certificates.forms import CorrectForm
from certificates.models import Certificate, Revocation
from certificates.papers import pdf_response
from participants.accounts import stepup
from participants.events.actions import was_read

PAGE = 50


@require_GET
def register(request):
    """All certificates of the cohorts that one coordinates, newest first."""
    cohorts = offices.cohorts_of(request.user).select_related("track")
    rows = Certificate.objects.registered_for(request.user).light()
    found = CertificateFilter(
        request.GET, rows.select_related("enrolment__cohort"), request=request
    )
    page = Paginator(found.qs, PAGE).get_page(request.GET.get("page"))
    waiting = Revocation.objects.answerable_by(request.user).select_related("certificate")
    context = {"filter": found, "page_obj": page, "cohorts": cohorts, "waiting": waiting}
    return render(request, "certificates/register.html", context)


@require_GET
def detail(request, number):
    """One certificate and its story."""
    certificate = registered(request, number)
    was_read(certificate, by=request.user)
    waiting = certificate.revocations.waiting().select_related("asked_by").first()
    context = {
        "certificate": certificate,
        "steps": story.told(certificate),
        "waiting": waiting,
        "may_answer": waiting and Revocation.objects.answerable_by(request.user).contains(waiting),
    }
    return render(request, "certificates/detail.html", context)


@require_http_methods(["GET", "POST"])
@stepup.required
def correct(request, number):
    certificate = registered(request, number)
    form = CorrectForm(request.POST or None, initial={"name": certificate.name})
    if form.is_valid():
        name = form.cleaned_data["name"]
        if new := done(form, actions.correct, certificate, by=request.user, name=name):
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
        "cancel": address_of(certificate),
    }
    return render(request, "confirm.html", context)


@require_GET
def pdf(request, number):
    """The stored bytes, for the coordinator and, from the award date, the holder."""
    rows = Certificate.objects.visible_to(request.user).with_paper().light()
    certificate = get_object_or_404(rows.select_related("enrolment"), number=number)
    opened(certificate, by=request.user)
    return pdf_response(certificate, as_attachment="bewaar" in request.GET)


def opened(certificate, *, by):
    """Note that ``by`` opened the certificate of somebody else."""
    if certificate.enrolment.participant_id != by.pk:
        was_read(certificate, by=by)


def registered(request, number):
    """The certificate, when it is the reader's work; else 404."""
    rows = Certificate.objects.registered_for(request.user)
    related = ("enrolment__cohort__track", "issued_by", "ended_by", "replaces", "replaced_by")
    return get_object_or_404(rows.select_related(*related), number=number)


def address_of(certificate):
    return reverse("certificates:detail", kwargs={"number": certificate.number})


def done(form, act, thing, **facts):
    """What ``act`` gives, else ``thing``; None when it refuses, with the sentence on the form."""
    try:
        return act(thing, **facts) or thing
    except ValidationError as refusal:
        form.add_error(None, refusal)
        return None
