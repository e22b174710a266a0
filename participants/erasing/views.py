"""Asking to be erased, for oneself or on somebody's request, and thinking again."""

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from leerlijn.templatetags.dates import long_date
from participants.accounts import stepup
from participants.enrolments.models import Enrolment
from participants.erasing import actions, retention
from participants.erasing.forms import ReasonForm


@never_cache
@require_http_methods(["GET", "POST"])
@stepup.required
def own(request):
    """What goes and what stays, and the button; while it waits, the way back."""
    if request.method == "POST":
        try:
            day = actions.ask(request.user, by=request.user)
        except ValidationError as refusal:
            messages.warning(request, refusal.message)
        else:
            messages.success(request, _told(day))
        return redirect("erasing:own")
    context = {"days": settings.ERASE_AFTER_DAYS, "years": settings.KEEP_REGISTER_YEARS}
    return render(request, "participants/erasing/own.html", context)


@require_POST
def undo_own(request):
    """Everything stays as it is."""
    return _undone(request, request.user, "erasing:own")


@never_cache
@require_http_methods(["GET", "POST"])
@stepup.required
def person(request, pk):
    """For who may do so on request: who it is, what it means, and why."""
    found = get_object_or_404(actions.erasable_by(request.user), pk=pk)
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        try:
            day = actions.ask(found, by=request.user, reason=form.cleaned_data["reason"])
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _told(day))
            return redirect("erasing:person", pk=pk)
    enrolments = Enrolment.objects.of_person(found).select_related("cohort__keeping")
    context = {
        "person": found,
        "enrolments": enrolments.running_first(),
        "subsidised": [one.cohort for one in enrolments if retention.is_subsidised(one.cohort)],
        "form": form,
        "days": settings.ERASE_AFTER_DAYS,
        "years": settings.KEEP_REGISTER_YEARS,
    }
    return render(request, "participants/erasing/person.html", context)


@require_POST
def undo(request, pk):
    """Everything of this person stays as it is; they are told."""
    found = get_object_or_404(actions.erasable_by(request.user), pk=pk)
    return _undone(request, found, "erasing:person", pk=pk)


def _undone(request, person, route, **args):
    try:
        actions.undo(person, by=request.user)
    except ValidationError as refusal:
        messages.warning(request, refusal.message)
    else:
        messages.success(request, _("Er wordt niets gewist. Alles blijft staan."))
    return redirect(route, **args)


def _told(day):
    return _("Op %s wordt alles gewist. Tot die dag kan het nog terug.") % long_date(day)
