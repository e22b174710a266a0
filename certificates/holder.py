"""The pages of who earned it: one's own certificates, and the name before it is printed."""

from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from certificates import checking, holding
from certificates.forms import ShownForm
from certificates.models import Certificate
from participants import progress
from participants.models import Enrolment


@dataclass(frozen=True)
class Held:
    """A certificate as its holder sees it."""

    certificate: Certificate
    lookups: int  # how often others looked it up
    choices: list  # (value, label, what the check page then tells); none when it ended


@require_GET
def mine(request):
    """One's own certificates, from the award date on."""
    rows = Certificate.objects.held_by(request.user).with_lookups().defer("evidence")
    rows = rows.select_related("replaced_by", "enrolment__cohort")
    held = [Held(row, row.looked_up, _choices(row)) for row in rows]
    return render(request, "certificates/mine.html", {"held": held})


@require_POST
def show(request, number):
    """What the check page tells from now on."""
    held = Certificate.objects.held_by(request.user).select_related("enrolment")
    certificate = get_object_or_404(held, number=number)
    form = ShownForm(request.POST)
    if not form.is_valid():
        messages.warning(request, _("Kies kort of uitgebreid."))
        return redirect("certificates:mine")
    try:
        holding.show(certificate, form.cleaned_data["shown"], by=request.user)
    except ValidationError as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, _said(certificate))
    return redirect("certificates:mine")


@require_POST
def name_preview(request, pk):
    """The paper with the name that is being confirmed; nothing is kept.

    By POST, so that no name stands in an address.
    """
    own = Enrolment.objects.owned_by(request.user).select_related("participant", "cohort__track")
    enrolment = get_object_or_404(progress.of(own), pk=pk)
    name = request.POST.get("name") or enrolment.printed_name
    try:
        paper = holding.preview_of(enrolment, name[:NAME_LENGTH])
    except ValidationError as refusal:
        messages.warning(request, refusal.message)
        return redirect("enrolments:name", pk=pk)
    return HttpResponse(
        paper,
        content_type="application/pdf",
        headers={
            "Content-Disposition": 'inline; filename="voorbeeld.pdf"',
            "Cache-Control": "private, no-store",
        },
    )


NAME_LENGTH = Certificate._meta.get_field("name").max_length


def _choices(certificate):
    if not certificate.is_valid:
        return []
    return [
        (value, label, checking.answer(certificate, value))
        for value, label in Certificate.Shown.choices
    ]


def _said(certificate):
    if certificate.shown == Certificate.Shown.FULL:
        return _("De controlepagina laat nu ook je uren en de voorwaarden zien.")
    return _("De controlepagina laat nu alleen je naam, de leerlijn en de datum zien.")
