"""The calendar of a cohort: its days, its breaks, and from when it is time to talk."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from participants.pace import breaks
from participants.tracks.finding import staffed
from participants.tracks.models import Cohort, CohortBreak


class BreakForm(forms.Form):
    name = forms.CharField(
        label=gettext_lazy("Hoe heten deze dagen?"),
        help_text=gettext_lazy("Bijvoorbeeld: kerstvakantie."),
        max_length=CohortBreak._meta.get_field("name").max_length,
        error_messages={"required": gettext_lazy("Geef de vrije dagen een naam.")},
    )
    starts_on = forms.DateField(label=gettext_lazy("Eerste vrije dag"))
    ends_on = forms.DateField(label=gettext_lazy("Laatste vrije dag"))


def calendar(request, cohort_pk):
    """For staff to see, and for coordinators to add days off to."""
    cohort = staffed(request.user, cohort_pk)
    coordinates = Cohort.objects.coordinated_by(request.user).contains(cohort)
    if request.method == "POST" and not coordinates:
        raise PermissionDenied
    form = BreakForm(request.POST or None)
    if form.is_valid():
        try:
            days = breaks.add(cohort, by=request.user, **form.cleaned_data)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("Toegevoegd: %s.") % days.name)
            return redirect("pace:calendar", cohort_pk=cohort.pk)
    context = {
        "cohort": cohort,
        "breaks": cohort.breaks.all(),
        "form": form if coordinates else None,
    }
    return render(request, "participants/pace/calendar.html", context)


@require_POST
def remove(request, cohort_pk, pk):
    """Take days off away again."""
    cohort = staffed(request.user, cohort_pk)
    days = get_object_or_404(cohort.breaks.select_related("cohort"), pk=pk)
    breaks.remove(days, by=request.user)
    messages.success(request, _("Weggehaald: %s.") % days.name)
    return redirect("pace:calendar", cohort_pk=cohort.pk)
