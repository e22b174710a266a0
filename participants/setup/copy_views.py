"""A new cohort after the example of another: fill in, look at every meeting, make it."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from participants.setup import copying
from participants.setup.forms import CopyForm
from participants.tracks.finding import staffed


@require_http_methods(["GET", "POST"])
def copy(request, pk):
    """Step ``look`` shows the meetings with what to mind; step ``make`` takes those ticked."""
    cohort = staffed(request.user, pk)
    copying.refuse_starting(request.user)
    form = CopyForm(request.POST or None, cohort=cohort)
    step = request.POST.get("step")
    if not form.is_valid() or step == "back":
        return _page(request, form)
    if step == "make":
        return _make(request, form)
    return _preview(request, form)


def _make(request, form):
    ticked = request.POST.getlist("meeting")
    meetings = copying.meetings_of(form.cohort, form.drafted)
    without = {each.session.pk for each in meetings if str(each.session.pk) not in ticked}
    try:
        new = copying.copy(form.cohort, by=request.user, without=without, **form.cleaned_data)
    except ValidationError as refusal:
        form.add_error(None, refusal)  # somebody took the name meanwhile
        return _page(request, form)
    messages.success(request, _("%s staat klaar. Voeg nu mensen toe.") % new.name)
    return redirect("overview:cohort", pk=new.pk)


def _preview(request, form):
    meetings = copying.meetings_of(form.cohort, form.drafted)
    context = {
        "cohort": form.cohort,
        "form": form,
        "new": form.drafted,
        "meetings": meetings,
        "warned": sum(bool(each.warnings) for each in meetings),
    }
    return render(request, "participants/setup/copy_preview.html", context)


def _page(request, form):
    context = {"cohort": form.cohort, "form": form}
    return render(request, "participants/setup/copy.html", context)
