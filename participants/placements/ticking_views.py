"""Ticking off what is arranged at a placement, and taking that back."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from participants.placements import ticking
from participants.placements.checklist import ChecklistItem
from participants.placements.views import placed


@require_POST
def tick(request, pk, item_pk):
    return _done(request, pk, item_pk, ticking.tick, _("Geregeld: %s."))


@require_POST
def untick(request, pk, item_pk):
    return _done(request, pk, item_pk, ticking.untick, _("Staat weer open: %s."))


def _done(request, pk, item_pk, deed, told):
    placement, enrolment = placed(request, pk)
    item = get_object_or_404(
        ChecklistItem.objects.filter(track=enrolment.cohort.track_id), pk=item_pk
    )
    try:
        deed(placement, item, by=request.user)
    except ValidationError as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, told % item.text)
    return redirect("placements:place", enrolment.pk)
