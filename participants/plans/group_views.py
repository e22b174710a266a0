"""'Ik sta achter dit plan': by a member, or noted by staff from paper; and taken back."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from participants.plans import actions
from participants.plans.finding import refuse_non_member, seen
from participants.plans.forms import PaperForm


@require_POST
def endorse(request, pk):
    plan, version = seen(request, pk), request.POST.get("version", "")
    read = int(version) if version.isdecimal() else None
    try:
        actions.endorse(plan, by=request.user, version=read)
        messages.success(request, _("Fijn, jij staat achter dit plan."))
    except ValidationError as refusal:
        messages.error(request, refusal.message)
    return redirect("plans:detail", pk)


def unendorse(request, pk):
    plan = seen(request, pk)
    refuse_non_member(plan, request.user)
    if request.method == "POST":
        try:
            actions.unendorse(plan, by=request.user)
            messages.success(request, _("Je staat nu niet achter dit plan. Praat er samen over."))
        except ValidationError as refusal:
            messages.error(request, refusal.message)
        return redirect("plans:detail", pk)
    context = {
        "title": _("Sta je toch niet achter dit plan?"),
        "text": _(
            "Dan telt je instemming niet meer. Je kunt later weer zeggen dat je erachter staat."
        ),
        "action": _("Trek mijn instemming in"),
        "cancel": reverse("plans:detail", args=[pk]),
    }
    return render(request, "confirm.html", context)


def paper(request, pk):
    """Note who endorsed the GOP on paper."""
    plan = group_plan(request, pk)
    form = PaperForm(request.POST or None, plan=plan)
    if form.is_valid():
        try:
            given = actions.record_paper_endorsement(plan, **form.cleaned_data, by=request.user)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            name = given.enrolment.participant.name
            messages.success(request, _("%s staat achter dit plan, op papier.") % name)
            return redirect("plans:detail", pk)
    context = {
        "title": _("Instemming op papier"),
        "text": _("Doe dit alleen als de handtekening onder deze versie staat."),
        "form": form,
        "action": _("Schrijf op"),
        "cancel": reverse("plans:detail", args=[pk]),
    }
    return render(request, "confirm.html", context)


def unpaper(request, pk, enrolment):
    """Take back what was noted from paper: a name was misread."""
    plan = group_plan(request, pk)
    member = get_object_or_404(plan.cohort.enrolments.select_related("participant"), pk=enrolment)
    if request.method == "POST":
        try:
            actions.withdraw_paper_endorsement(plan, member, by=request.user)
            messages.success(request, _("De instemming op papier is weggehaald."))
        except ValidationError as refusal:
            messages.error(request, refusal.message)
        return redirect("plans:detail", pk)
    context = {
        "title": _("Instemming van %s weghalen?") % member.participant.name,
        "text": _("Doe dit als de naam niet klopt. Op het scherm blijft instemmen mogelijk."),
        "action": _("Haal weg"),
        "cancel": reverse("plans:detail", args=[pk]),
    }
    return render(request, "confirm.html", context)


def group_plan(request, pk):
    plan = seen(request, pk)
    if not (plan.reviewable and plan.is_group):
        raise PermissionDenied
    return plan
