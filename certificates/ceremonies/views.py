"""The cohort on the eve of the ceremony: who is ready, making all of it, and how far that is."""

import uuid

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from certificates.ceremonies import actions
from certificates.ceremonies.forms import IssueForm
from certificates.ceremonies.models import Batch, BatchLine
from certificates.offices import cohorts_of, handled_by
from certificates.readiness import preview
from participants.accounts import stepup
from participants.enrolments import actions as enrolling
from participants.exports.forms import ReasonForm
from participants.models import Enrolment

PAGE = 50


@require_GET
def cohort(request, pk):
    """Who can get a certificate now, and who cannot yet and why."""
    group = coordinated(request, pk)
    return _cohort_page(request, group, IssueForm(cohort=group, by=request.user))


@require_http_methods(["GET", "POST"])
@stepup.required
def issue(request, pk):
    """GET shows what would be made, with the names as printed; POST has it made."""
    group = coordinated(request, pk)
    form = IssueForm(request.POST or request.GET, cohort=group, by=request.user)
    if not form.is_valid():
        return _cohort_page(request, group, form)
    if request.method == "POST":
        return _begun(request, group, form.cleaned_data)
    foreseen = preview(group, by=request.user)
    context = {
        "cohort": group,
        "key": form.cleaned_data["key"] or uuid.uuid4(),
        "award_date": form.cleaned_data["award_date"],
        "candidates": foreseen.chosen(form.cleaned_data["enrolments"]),
        "left_out": foreseen.unprintable,
        "namesakes": foreseen.namesakes,
    }
    return render(request, "certificates/issue.html", context)


@require_GET
def batch(request, pk):
    """How far it is: who was done, and who was passed over and why."""
    rows = Batch.objects.visible_to(request.user).with_counts()
    found = get_object_or_404(rows.select_related("cohort__track", "asked_by"), pk=pk)
    mine = handled_by(request.user).values("pk")
    lines = found.lines.filter(enrolment__in=mine).select_related("enrolment__participant")
    made = lines.filter(state=BatchLine.State.MADE).select_related("certificate")
    context = {
        "batch": found,
        "passed": lines.filter(state=BatchLine.State.PASSED_OVER),
        "page_obj": Paginator(
            made.defer("certificate__facts", "certificate__evidence"), PAGE
        ).get_page(request.GET.get("page")),
    }
    return render(request, "certificates/ceremonies/batch.html", context)


@require_POST
def go_on(request, pk):
    """Have a batch that lies still taken up again."""
    found = get_object_or_404(Batch.objects.visible_to(request.user), pk=pk)
    actions.go_on(found, by=request.user)
    return redirect("certificates:batch", pk=found.pk)


@require_POST
def confirm_name(request, pk):
    """Note that somebody said on the telephone that the name is right as it would be printed."""
    rows = Enrolment.objects.coordinated_by(request.user).select_related("participant")
    enrolment = get_object_or_404(rows, pk=pk)
    name = enrolment.printed_name
    try:
        enrolling.record_name_confirmation(
            enrolment, name, by=request.user, how=_("bevestigd per telefoon")
        )
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        messages.success(request, _("De naam %s is bevestigd.") % name)
    return redirect("certificates:cohort", pk=enrolment.cohort_id)


def coordinated(request, pk):
    """The cohort with this key, for whose work it is; else it is not there."""
    cohorts = cohorts_of(request.user).select_related("track")
    return get_object_or_404(cohorts, pk=pk)


def _cohort_page(request, group, form):
    context = {
        "cohort": group,
        "form": form,
        "preview": preview(group, by=request.user),
        "reason": ReasonForm(),
        "batches": Batch.objects.filter(cohort=group).unfinished(),
    }
    return render(request, "certificates/cohort.html", context)


def _begun(request, group, asked):
    """To the page on which one sees it being made."""
    try:
        begun = actions.begin(
            group,
            asked["enrolments"],
            by=request.user,
            award_date=asked["award_date"],
            key=asked["key"],
        )
    except ValidationError as refusal:
        messages.info(request, " ".join(refusal.messages))
        return redirect("certificates:cohort", pk=group.pk)
    return redirect("certificates:batch", pk=begun.pk)
