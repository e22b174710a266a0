"""Catching up several meetings of one person at once."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import ngettext

from participants.enrolments.models import Enrolment
from participants.sessions import actions
from participants.sessions.catching_up import missed
from participants.sessions.forms import CatchUpForm


def catch_up(request, enrolment_pk):
    """What this person missed; what is ticked counts from now on."""
    people = Enrolment.objects.staffed_by(request.user).admitted()
    people = people.select_related("participant", "cohort")
    enrolment = get_object_or_404(people, pk=enrolment_pk)
    meetings = missed(enrolment)
    form = CatchUpForm(request.POST or None, missed=meetings)
    if form.is_valid():
        try:
            rows = actions.catch_up(enrolment, **form.cleaned_data, by=request.user)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, told(enrolment, len(rows)))
            return redirect("sessions:catch-up", enrolment_pk=enrolment.pk)
    facts = {"enrolment": enrolment, "form": form, "missed": meetings}
    return render(request, "participants/sessions/catch_up.html", facts)


def told(enrolment, count):
    sentence = ngettext(
        "%(count)d bijeenkomst van %(name)s telt nu mee.",
        "%(count)d bijeenkomsten van %(name)s tellen nu mee.",
        count,
    )
    return sentence % {"count": count, "name": enrolment.participant.first_name}
