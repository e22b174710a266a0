"""Applying for a cohort: for anyone, without an account, and for who has one."""

from functools import wraps

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from participants.enrolments import applying, limits
from participants.enrolments.forms import ApplicationForm, PreferencesForm
from participants.enrolments.models import Enrolment
from participants.tracks.models import Cohort


def for_anyone(view):
    """No login, and no copy in a cache: what was typed is of one person."""

    @login_not_required
    @wraps(view)
    def discreet(request, **kwargs):
        response = view(request, **kwargs)
        response["Cache-Control"] = "no-store"
        return response

    return discreet


@for_anyone
@require_safe
def open_cohorts(request):
    """The cohorts for which one can apply today; who to call when there is none."""
    return _page(
        request,
        "participants/enrolments/apply_where.html",
        cohorts=Cohort.objects.applications_open().select_related("track").order_by("starts_on"),
        asks=Cohort.objects.asked_about_applying(),
    )


@for_anyone
@require_http_methods(["GET", "HEAD", "POST"])
def apply(request, pk):
    """The form: short for who is logged in, with name and address for a stranger."""
    cohort = get_object_or_404(Cohort.objects.applications_known().select_related("track"), pk=pk)
    if not Cohort.objects.applications_open().contains(cohort):
        return _page(request, "participants/enrolments/apply_closed.html", cohort=cohort)
    if request.user.is_authenticated:
        return _apply_with_account(request, cohort)
    form = ApplicationForm(request.POST or None)
    if not form.is_valid():
        return _form_page(request, cohort, form)
    if limits.one_too_many_from(request):
        form.add_error(None, _("Er komen nu veel aanmeldingen tegelijk. Probeer het over een uur."))
        return _form_page(request, cohort, form, status=429)
    applying.send(cohort, **form.cleaned_data)
    return redirect("enrolments:application-sent")


def _apply_with_account(request, cohort):
    form = PreferencesForm(request.POST or None)
    known = Enrolment.objects.of_person(request.user).filter(cohort=cohort).first()
    if known is None and not form.is_valid():
        return _form_page(request, cohort, form)
    facts = form.cleaned_data if known is None else {}
    applied = applying.apply(cohort, by=request.user, **facts)
    if applied.is_new:
        messages.success(request, _("Je aanmelding is binnen. Dank je."))
    return redirect("enrolments:application", pk=applied.enrolment.pk)


@for_anyone
@require_safe
def sent(request):
    """Look in your mail. The same for everybody, whether we know the address or not."""
    asks = Cohort.objects.asked_about_applying()
    return _page(request, "participants/enrolments/apply_sent.html", asks=asks)


@for_anyone
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request, token):
    """The mailed link: opening it shows a button (mail scanners open links), pressing confirms."""
    if request.method == "POST":
        return _confirm(request, token)
    application = applying.waiting_link(token)
    return _confirm_page(request, application) if application else _no_good(request)


def _confirm(request, token):
    try:
        applied = applying.confirm(token)
    except ValidationError as refusal:
        if refusal.code == "already_confirmed":
            messages.info(request, refusal.message)
            return redirect("enrolments:application-confirmed")
        return _no_good(request)
    if not applied.is_new:
        messages.info(request, _("Je stond al op de lijst. Eén keer aanmelden is genoeg."))
    return redirect("enrolments:application-confirmed")


def _no_good(request):
    asks = Cohort.objects.asked_about_applying()
    return _confirm_page(request, None, status=404, asks=asks)


def _confirm_page(request, application, **facts):
    template = "participants/enrolments/apply_confirm.html"
    return _page(request, template, application=application, **facts)


@for_anyone
@require_safe
def confirmed(request):
    """What happens next. The same for everybody who confirmed."""
    asks = Cohort.objects.asked_about_applying()
    return _page(request, "participants/enrolments/apply_confirmed.html", asks=asks)


@require_safe
def own(request, pk):
    """One's own application: what was sent, what was decided and why, and who to call."""
    rows = Enrolment.objects.of_person(request.user).select_related("cohort__track", "participant")
    enrolment = get_object_or_404(rows, pk=pk)
    return render(request, "participants/enrolments/application.html", {"enrolment": enrolment})


def _form_page(request, cohort, form, status=200):
    template = "participants/enrolments/apply.html"
    return _page(request, template, status=status, cohort=cohort, form=form)


def _page(request, template, *, status=200, **context):
    layout = "base.html" if request.user.is_authenticated else "public.html"
    return render(request, template, {"layout": layout, **context}, status=status)
