"""What goes when: by cohort, with the way to hold it; and who is about to be erased."""

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from participants.accounts.models import Role
from participants.erasing import actions, retention
from participants.erasing.forms import FindForm, HoldForm

KEEPERS = {Role.Kind.COORDINATOR, Role.Kind.ADMINISTRATOR}


@never_cache
@require_GET
def page(request):
    """What goes soon, who is to be erased, and every cohort with its terms."""
    _refuse_others(request.user)
    return _page(request, FindForm())


@never_cache
@require_POST
def find(request):
    """To the page about the person with this address, when that is the reader's work."""
    _refuse_others(request.user)
    form = FindForm(request.POST)
    if form.is_valid():
        people = actions.erasable_by(request.user)
        found = people.filter(email__iexact=form.cleaned_data["email"]).first()
        if found:
            return redirect("erasing:person", pk=found.pk)
        form.add_error("email", _("Met dit adres kun jij niemand wissen. Vraag een beheerder."))
    return _page(request, form)


@never_cache
@require_http_methods(["GET", "POST"])
def cohort(request, pk):
    """The terms of one cohort; a POST holds it."""
    found = _found(request.user, pk)
    form = HoldForm(request.POST or None)
    if form.is_valid():
        try:
            retention.hold(found, by=request.user, reason=form.cleaned_data["reason"])
        except ValidationError as refusal:
            messages.warning(request, refusal.message)
        else:
            messages.success(request, _("Er gaat niets weg tot iemand de lichting vrijgeeft."))
        return redirect("erasing:cohort", pk=pk)
    context = {
        "cohort": found,
        "terms": retention.terms(found),
        "is_held": retention.is_held(found),
        "is_subsidised": retention.is_subsidised(found),
        "form": form,
        "years": settings.KEEP_LEARNING_YEARS,
        "subsidised_years": settings.KEEP_SUBSIDISED_YEARS,
        "days": settings.ANNOUNCE_DAYS,
    }
    return render(request, "participants/erasing/cohort.html", context)


@require_POST
def subsidy(request, pk):
    """Whether a subsidy pays for this cohort: ``subsidised`` is yes or no."""
    found = _found(request.user, pk)
    retention.set_subsidised(found, request.POST.get("subsidised") == "yes", by=request.user)
    messages.success(request, _("Bewaard."))
    return redirect("erasing:cohort", pk=pk)


@require_POST
def release(request, pk):
    """Let the terms count again."""
    found = _found(request.user, pk)
    try:
        retention.release(found, by=request.user)
    except ValidationError as refusal:
        messages.warning(request, refusal.message)
    else:
        messages.success(request, _("De termijnen tellen weer."))
    return redirect("erasing:cohort", pk=pk)


def _page(request, form):
    cohorts = retention.cohorts_of(request.user).prefetch_related("expiries")
    context = {
        "ahead": retention.ahead(request.user),
        "people": actions.awaiting(request.user),
        "cohorts": [(one, list(retention.terms(one)), retention.is_held(one)) for one in cohorts],
        "form": form,
        "days": settings.ANNOUNCE_DAYS,
    }
    return render(request, "participants/erasing/keeping.html", context)


def _found(user, pk):
    cohorts = retention.cohorts_of(user).select_related("keeping__held_by")
    return get_object_or_404(cohorts.prefetch_related("expiries"), pk=pk)


def _refuse_others(user):
    if not KEEPERS & user.role_kinds:
        raise PermissionDenied
