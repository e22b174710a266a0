"""One version of a plan: to read with what changed in it, its file, and as a PDF to take along."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET

from participants.files import serving
from participants.plans import changes, on_paper, reading
from participants.plans.finding import own_key
from participants.plans.models import PlanVersion


@require_GET
def version(request, pk):
    """What this version says, and in words what changed since the one before."""
    found = readable(request, pk)
    shared = PlanVersion.objects.visible_to(request.user).filter(plan=found.plan_id).shared()
    earlier = shared.filter(number__lt=found.number).latest()
    context = {
        "version": found,
        "plan": found.plan,
        "changes": changes.between(found, earlier),
        "earlier": earlier,
        "owned": found.owned,
        "key": own_key(found.plan, request.user) if found.owned else "",
    }
    return render(request, "participants/plans/version.html", context)


@require_GET
def file(request, pk):
    """The file of a version, to save; that staff opened a POP is noted."""
    found = row(request, pk)
    if found.file is None:
        raise Http404
    try:
        response = serving.attachment(found.file)
    except ValidationError as refusal:
        messages.error(request, refusal.message)
        return redirect("plans:detail", found.plan_id)
    refuse_taken_back(found, request.user)
    return response


@require_GET
def paper(request, pk):
    """A written version as a PDF; of an upload the file itself is what one takes along."""
    found = row(request, pk)
    if found.file:
        return redirect("plans:file", pk)
    refuse_taken_back(found, request.user)
    return pdf_response(found)


def pdf_response(found):
    response = HttpResponse(on_paper.pdf(found), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{on_paper.file_name(found)}"'
    response["Cache-Control"] = "private, no-store"
    return response


def readable(request, pk):
    """The version, noted as read where it is of somebody else."""
    found = row(request, pk)
    refuse_taken_back(found, request.user)
    return found


def row(request, pk):
    rows = reading.versions_as_seen_by(request.user)
    return get_object_or_404(rows, pk=pk)


def refuse_taken_back(found, user):
    """Note the reading; 404 when its owner took it back at this very moment."""
    if not reading.opened([found], by=user):
        raise Http404
