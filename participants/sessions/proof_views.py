"""The list on paper: print it, and keep the signed one as evidence."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from participants.files import serving
from participants.paper.attendance_list import attendance_list_pdf
from participants.sessions import actions, register
from participants.sessions.forms import ProofForm
from participants.sessions.proofs import SessionProof
from participants.sessions.views import found


@require_GET
def paper(request, pk):
    """The presence list as PDF, with the names of the people whom this person may mark."""
    session = fillable(request, pk)
    pdf = attendance_list_pdf(register.on_paper(session, request.user))
    response = HttpResponse(pdf, content_type="application/pdf")
    name = f"presentielijst-{session.date.isoformat()}.pdf"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response


def proofs(request, pk):
    """What was kept of the signed list, and a form for more."""
    session = fillable(request, pk)
    sent = [request.POST, request.FILES] if request.method == "POST" else []
    form = ProofForm(*sent)
    if form.is_valid():
        try:
            actions.add_proof(session, form.cleaned_data["files"], by=request.user)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("De getekende lijst is bewaard."))
            return redirect("sessions:proofs", pk=session.pk)
    seen = SessionProof.objects.visible_to(request.user).filter(session=session)
    facts = {
        "session": session,
        "form": form,
        "proofs": seen.select_related("file", "added_by"),
    }
    return render(request, "participants/sessions/proofs.html", facts)


@require_GET
def download(request, pk):
    proof = visible(request, pk)
    try:
        return serving.attachment(proof.file)
    except ValidationError as refusal:
        messages.error(request, refusal.message)
        return redirect("sessions:proofs", pk=proof.session_id)


def remove(request, pk):
    """Asks first; only who added it."""
    proof = visible(request, pk)
    if proof.added_by_id != request.user.pk:
        raise PermissionDenied
    back = reverse("sessions:proofs", args=[proof.session_id])
    if request.method == "POST":
        try:
            actions.remove_proof(proof, by=request.user)
            messages.success(request, _("De getekende lijst is weg."))
        except ValidationError as refusal:
            messages.error(request, refusal.message)
        return redirect(back)
    facts = {
        "title": _("Deze getekende lijst weghalen?"),
        "text": _("De presentielijst hier verandert niet. Het bestand zelf gaat weg."),
        "details": [(_("Bestand"), proof.file.name)],
        "action": _("Haal weg"),
        "cancel": back,
    }
    return render(request, "confirm.html", facts)


def fillable(request, pk):
    session = found(request, pk)
    if not session.is_fillable:
        raise PermissionDenied
    return session


def visible(request, pk):
    mine = SessionProof.objects.visible_to(request.user).select_related("file", "session")
    return get_object_or_404(mine, pk=pk)
