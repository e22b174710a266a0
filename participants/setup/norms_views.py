"""Other norms for a cohort: fill in, look for whom it matters, say why, and only then change."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from participants.setup import norms, wording
from participants.setup.forms import NormsForm, ReasonForm
from participants.tracks.finding import coordinated


@require_http_methods(["GET", "POST"])
def norms_of(request, pk):
    """Step ``look`` shows who gains and who loses; step ``change`` makes it so."""
    cohort = coordinated(request.user, pk)
    form = NormsForm(request.POST or None, instance=cohort)
    step = request.POST.get("step")
    if not form.is_valid() or step == "back":
        return _page(request, form)
    if step == "change":
        return _change(request, form)
    return _preview(request, form, ReasonForm())


def _change(request, form):
    cohort, reason = form.instance, ReasonForm(request.POST)
    if reason.is_valid():
        facts = reason.cleaned_data | {"seen": request.POST.get("seen", "")}
        try:
            norms.change(cohort, form.facts, by=request.user, **facts)
        except ValidationError as refusal:
            reason.add_error(None, refusal)
        else:
            messages.success(request, _("De normen van %s zijn veranderd.") % cohort.name)
            return redirect("setup:norms", pk=cohort.pk)
    return _preview(request, form, reason)


def _preview(request, form, reason):
    """For whom it matters, as it is now; the form again when there is nothing to change."""
    try:
        seen = norms.preview(form.instance, form.facts, by=request.user)
    except ValidationError as refusal:
        form.add_error(None, refusal)
        return _page(request, form)
    context = {
        "cohort": form.instance,
        "form": form,
        "reason": reason,
        "preview": seen,
        "lines": wording.lines(seen.before, seen.after),
    }
    return render(request, "participants/setup/norms_preview.html", context)


def _page(request, form):
    changes = form.instance.norms_changes.select_related("changed_by")
    history = [(each, wording.lines(each.before, each.after)) for each in changes]
    context = {"cohort": form.instance, "form": form, "history": history}
    return render(request, "participants/setup/norms.html", context)
