"""Noting that somebody was called."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from participants.enrolments.models import Enrolment
from participants.messages import calling
from participants.messages.forms import CallForm
from participants.messages.models import WRITERS

BACK = "/wacht/?soort=bellen"


def called(request, enrolment_pk):
    """The telephone number, when we hold one, and the day of the call."""
    people = Enrolment.objects.staffed_by(request.user).select_related("participant", "cohort")
    enrolment = get_object_or_404(people, pk=enrolment_pk)
    if not Enrolment.objects.handled_by(request.user, *WRITERS).contains(enrolment):
        raise PermissionDenied
    form = CallForm(request.POST or None, initial={"on": timezone.localdate()})
    if form.is_valid():
        try:
            calling.called(enrolment, form.cleaned_data["on"], by=request.user)
        except ValidationError as refusal:
            form.add_error("on", refusal)
        else:
            name = enrolment.participant.first_name
            messages.success(request, _("Genoteerd: je sprak %s.") % name)
            return redirect(BACK)
    context = {
        "enrolment": enrolment,
        "form": form,
        "calls": enrolment.phone_calls.select_related("called_by"),
        "person": reverse("overview:person", args=[enrolment.pk]),
    }
    return render(request, "participants/messages/called.html", context)
