"""Planning, moving and passing on: pages for coordinators."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from leerlijn.templatetags.dates import clock, day_date
from participants.enrolments import namesakes
from participants.enrolments.models import Enrolment
from participants.interviews import actions, planning
from participants.interviews.filters import ToPlanFilter
from participants.interviews.forms import AloneForm, MomentForm, PlanForm, ReplaceForm
from participants.interviews.views import A_PAGE, carried_out, seen


@require_safe
def choose(request):
    rows = planning.to_plan(request.user)
    found = ToPlanFilter(request.GET or None, queryset=rows, request=request)
    page = Paginator(found.qs, A_PAGE).get_page(request.GET.get("page"))
    people = [enrolment.participant for enrolment in page]
    shared = namesakes.shared(people, Enrolment.objects.visible_to(request.user))
    context = {"filter": found, "page": page, "namesakes": shared}
    return render(request, "participants/interviews/choose.html", context)


def plan(request, enrolment_pk):
    visible = Enrolment.objects.visible_to(request.user).select_related("participant", "cohort")
    enrolment = get_object_or_404(visible, pk=enrolment_pk)
    planning.planned_for(enrolment, by=request.user)
    form = PlanForm(request.POST or None, enrolment=enrolment)
    if _is_sure(form, enrolment) and carried_out(form, lambda: _plan(request, enrolment, form)):
        name = enrolment.participant
        messages.success(request, _("Gepland. %s en de beoordelaars krijgen een mail.") % name)
        return redirect("interviews:list")
    context = {"form": form, "enrolment": enrolment}
    return render(request, "participants/interviews/plan.html", context)


def _is_sure(form, enrolment):
    """Whether the form can go on: it is filled in, and what is odd about it was read."""
    if not form.is_valid():
        return False
    odd = planning.warnings(enrolment, form.cleaned_data["planned_at"])
    return not form.asks_to_be_sure(odd)


def _plan(request, enrolment, form):
    actions.plan(
        enrolment,
        by=request.user,
        assessors=list(form.cleaned_data["assessors"]),
        guided_reasons=form.reasons,
        **form.moment,
    )


def _plannable(request, pk):
    """The interview, for who plans it; 403 for others who see it."""
    interview = seen(request, pk)
    if not interview.plannable:
        raise PermissionDenied
    return interview


def replan(request, pk):
    interview = _plannable(request, pk)
    facts = {name: getattr(interview, name) for name in ("planned_at", "place", "online_link")}
    form = MomentForm(request.POST or None, initial=facts)
    if _is_sure(form, interview.enrolment) and carried_out(
        form, lambda: actions.replan(interview, by=request.user, **form.moment)
    ):
        messages.success(request, _("Verzet. De deelnemer en de beoordelaars krijgen een mail."))
        return redirect("interviews:detail", pk)
    context = {"form": form, "interview": interview}
    return render(request, "participants/interviews/replan.html", context)


def replace(request, pk, seat_pk):
    interview = _plannable(request, pk)
    seat = get_object_or_404(interview.seats.taken().select_related("assessor"), pk=seat_pk)
    form = ReplaceForm(request.POST or None, interview=interview)
    if form.is_valid() and carried_out(form, lambda: _replace(request, seat, form)):
        messages.success(request, _("De plaats is overgedragen."))
        return redirect("interviews:detail", pk)
    context = {
        "title": _("Wie neemt de plaats van %s over?") % seat.assessor,
        "text": _("Wat %s al invulde, gaat niet mee.") % seat.assessor,
        "form": form,
        "action": _("Draag over"),
        "cancel": reverse("interviews:detail", args=[pk]),
    }
    return render(request, "confirm.html", context)


def _replace(request, seat, form):
    actions.replace_assessor(
        seat,
        by=request.user,
        new=form.cleaned_data["new"],
        guided_reason=form.cleaned_data["reason"],
    )


def third(request, pk):
    interview = _plannable(request, pk)
    form = ReplaceForm(request.POST or None, interview=interview)
    if form.is_valid() and carried_out(form, lambda: _third(request, interview, form)):
        messages.success(request, _("Er is een derde beoordelaar. Die krijgt een mail."))
        return redirect("interviews:detail", pk)
    context = {
        "title": _("Wie wordt de derde beoordelaar?"),
        "text": _(
            "De derde oordeelt eerst alleen en ziet niets van de anderen. "
            "Daarna telt wat twee van de drie zagen."
        ),
        "form": form,
        "action": _("Voeg toe"),
        "cancel": reverse("interviews:detail", args=[pk]),
    }
    return render(request, "confirm.html", context)


def _third(request, interview, form):
    actions.add_third(
        interview,
        by=request.user,
        new=form.cleaned_data["new"],
        guided_reason=form.cleaned_data["reason"],
    )


def one(request, pk, seat_pk):
    interview = _plannable(request, pk)
    seat = get_object_or_404(interview.seats.taken().select_related("assessor"), pk=seat_pk)
    form = AloneForm(request.POST or None)
    if form.is_valid() and carried_out(form, lambda: _one(request, seat, form)):
        messages.success(request, _("Genoteerd. De ander gaat alleen verder."))
        return redirect("interviews:detail", pk)
    context = {
        "title": _("Was %s er niet bij?") % seat.assessor,
        "text": _("Dan oordeelt de ander alleen. Schrijf op hoe dat kwam."),
        "form": form,
        "action": _("Leg vast"),
        "cancel": reverse("interviews:detail", args=[pk]),
    }
    return render(request, "confirm.html", context)


def _one(request, seat, form):
    reason, how = form.cleaned_data["alone_reason"], form.cleaned_data["recorded_how"]
    actions.leave_one(seat, by=request.user, reason=reason, recorded_how=how)


def not_held(request, pk):
    interview = _plannable(request, pk)
    if request.method == "POST":
        return _not_held(request, interview)
    context = {
        "title": _("Ging dit gesprek niet door?"),
        "text": _("Dan telt het niet als poging. Je kunt daarna een nieuw gesprek plannen."),
        "details": [
            (_("Deelnemer"), interview.enrolment.participant),
            (_("Datum"), f"{day_date(interview.planned_at)}, {clock(interview.planned_at)}"),
        ],
        "action": _("Het ging niet door"),
        "cancel": reverse("interviews:detail", args=[pk]),
    }
    return render(request, "confirm.html", context)


def _not_held(request, interview):
    try:
        actions.not_held(interview, by=request.user)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
        return redirect("interviews:detail", interview.pk)
    messages.success(request, _("Genoteerd. Het telt niet als poging."))
    return redirect("interviews:plan", interview.enrolment_id)
