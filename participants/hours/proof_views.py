"""Files that go with hours: given by who sees the hours, added and taken away by their owner."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from participants.events.actions import was_read
from participants.files import serving, storing
from participants.hours import proofs
from participants.hours.forms import ProofForm
from participants.hours.models import HourEntry
from participants.hours.proofs import HourProof


@require_GET
def download(request, pk):
    """The file itself, to save."""
    visible = HourProof.objects.visible_to(request.user).select_related("file")
    proof = get_object_or_404(visible.select_related("entry__enrolment"), pk=pk)
    try:
        response = serving.attachment(proof.file)
    except ValidationError as refusal:
        messages.warning(request, refusal.message)
        return redirect("hours:detail", proof.entry_id)
    if proof.entry.enrolment.participant_id != request.user.pk:
        was_read(proof, by=request.user)
    return response


@require_POST
def add(request, pk):
    """Attach a file, or several photos as one, to one's own hours."""
    entry = get_object_or_404(HourEntry.objects.visible_to(request.user), pk=pk)
    form = ProofForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            with storing.received_many(form.cleaned_data["proof"]) as received:
                proofs.attach(entry, received, by=request.user)
        except ValidationError as refusal:
            form.add_error("proof", refusal)
        else:
            messages.success(request, _("Het bestand staat bij je uren."))
    for sentence in form.errors.get("proof", []):
        messages.warning(request, sentence)
    return redirect("hours:detail", pk)


@require_POST
def remove(request, pk):
    """Take away what one attached."""
    visible = HourProof.objects.visible_to(request.user).select_related("entry", "file")
    proof = get_object_or_404(visible, pk=pk)
    try:
        proofs.detach(proof, by=request.user)
    except ValidationError as refusal:
        messages.warning(request, refusal.message)
    else:
        messages.success(request, _("Het bestand is weg."))
    return redirect("hours:detail", proof.entry_id)
