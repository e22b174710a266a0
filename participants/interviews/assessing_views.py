"""Rating alone, agreeing together, making it final: pages for who sits in the interview."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from participants import kept
from participants.interviews import actions, agreeing, reports, seating
from participants.interviews.forms import (
    FinaliseAloneForm,
    FinaliseForm,
    HandInForm,
    JointForm,
    RatingForm,
)
from participants.interviews.models import FinalInterview, Value
from participants.interviews.views import carried_out, seen

FROZEN = gettext_lazy("Daarna verandert het niet meer.")


def rate(request, pk):
    interview = seen(request, pk)
    seat = seating.seat_of(interview, by=request.user)
    if seat.rated_at or interview.status != FinalInterview.Status.PLANNED:
        messages.info(request, _("Hier valt niets meer in te vullen."))
        return redirect("interviews:detail", pk)
    handing_in = "hand_in" in request.POST
    key = f"rate-{seat.pk}"
    form = _rating_form(request, interview, seat, key, complete=handing_in)
    if form.is_valid() and carried_out(
        form, lambda: actions.rate(interview, by=request.user, ratings=form.answers)
    ):
        kept.forget(request.user, key)
        if handing_in:
            return redirect("interviews:hand_in", pk)
        messages.success(request, _("Bewaard. Alleen jij ziet dit."))
        return redirect("interviews:rate", pk)
    evidence = list(reports.file_of(interview, request.user))
    reports.file_opened(evidence, by=request.user)
    found = reports.per_criterion(evidence)
    context = {
        "interview": interview,
        "form": form,
        "rows": [
            {
                "item": item,
                "fields": form.fields_of(item),
                "evidence": found.get(item.criterion_id, []),
            }
            for item in form.items
        ],
        "evidence": found.get(None, []),
        "key": key,
        "kept_at": None if form.is_bound else kept.when(request.user, key),
    }
    return render(request, "participants/interviews/rate.html", context)


def _rating_form(request, interview, seat, key, *, complete):
    return RatingForm(
        request.POST or None,
        items=interview.items.select_related("criterion"),
        complete=complete,
        initial=reports.draft(seat) | kept.initial(request.user, key),
    )


def hand_in(request, pk):
    interview = seen(request, pk)
    seat = seating.seat_of(interview, by=request.user)
    form = HandInForm(request.POST or None, guided=bool(seat.guided_reason))
    if form.is_valid():
        return _handed_in(request, interview)
    ratings = seat.ratings.select_related("item").exclude(value="")
    if len(ratings) < interview.items.count():
        messages.info(request, _("Kies eerst een oordeel bij elk criterium."))
        return redirect("interviews:rate", pk)
    context = {
        "title": _("Lever je oordeel in?"),
        "text": _("%s Heeft iedereen ingeleverd, dan zien jullie elkaars oordeel.") % FROZEN,
        "details": [(rating.item, rating.get_value_display()) for rating in ratings],
        "form": form,
        "action": _("Lever in"),
        "cancel": reverse("interviews:rate", args=[pk]),
    }
    return render(request, "confirm.html", context)


def _handed_in(request, interview):
    try:
        actions.declare_independent(interview, by=request.user)
        actions.rate(interview, by=request.user, ratings={}, hand_in=True)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
        return redirect("interviews:rate", interview.pk)
    if seen(request, interview.pk).everyone_rated:
        messages.success(request, _("Ingeleverd. Iedereen is klaar: spreek nu samen af."))
    else:
        messages.success(request, _("Ingeleverd. We wachten nog op je medebeoordelaar."))
    return redirect("interviews:detail", interview.pk)


def joint(request, pk):
    interview = seen(request, pk)
    seating.seat_of(interview, by=request.user)
    if interview.status != FinalInterview.Status.PLANNED:
        return _over(request, interview)
    if not interview.everyone_rated:
        messages.info(request, _("Samen invullen kan als iedereen heeft ingeleverd."))
        return redirect("interviews:detail", pk)
    form, rows = _joint_form(request, interview)
    if form.is_valid() and carried_out(
        form, lambda: _agree(request, interview, form), text_name="motivation"
    ):
        if "finalise" in request.POST:
            return redirect("interviews:finalise", pk)
        messages.success(request, _("Bewaard. Alleen de beoordelaars zien dit."))
        return redirect("interviews:joint", pk)
    form.ask_words(row["item"] for row in rows if row["state"] == "line")
    for row in rows:
        row["value"], row["text"] = form.fields_of(row["item"])
    alike = [row for row in rows if row["state"] == "same"]
    context = {
        "interview": interview,
        "form": form,
        "differing": [row for row in rows if row["state"] != "same"],
        "alike": alike,
        "unfold": any(row["value"].errors or row["text"].errors for row in alike),
        "alone": interview.seats.taken().count() == 1,
    }
    return render(request, "participants/interviews/joint.html", context)


def _joint_form(request, interview):
    items = interview.items.select_related("criterion")
    rows = reports.compared(items, agreeing.opinions(interview, request.user))
    form = JointForm(
        request.POST or None,
        items=[row["item"] for row in rows],
        complete="finalise" in request.POST,
        initial=reports.agreed_so_far(interview, rows),
    )
    return form, rows


def _agree(request, interview, form):
    actions.agree(
        interview,
        by=request.user,
        joint=form.answers,
        strengths=form.cleaned_data["strengths"],
        advice=form.cleaned_data["advice"],
    )


def finalise(request, pk):
    interview = seen(request, pk)
    seating.seat_of(interview, by=request.user)
    alone = interview.seats.taken().count() == 1
    form_class = FinaliseAloneForm if alone else FinaliseForm
    form = form_class(request.POST or None, initial=_to_confirm(interview))
    if request.method == "POST" and form.is_valid():
        return _finalised(request, interview, form)
    if interview.status != FinalInterview.Status.PLANNED:
        return _over(request, interview)
    result = agreeing.outcome(interview)
    if not interview.everyone_rated or not result:
        messages.info(request, _("Er valt hier nu niets vast te stellen."))
        return redirect("interviews:detail", pk)
    context = {
        "title": _("Stel de uitslag vast?"),
        "text": _("%s De deelnemer ziet daarna het verslag.") % FROZEN,
        "details": [
            (_("Uitslag"), FinalInterview.Result(result).label.capitalize()),
            *((item, Value(item.joint_value).label) for item in interview.items.all()),
        ],
        "form": form,
        "action": _("Stel vast"),
        "cancel": reverse("interviews:joint", args=[pk]),
    }
    return render(request, "confirm.html", context)


def _over(request, interview):
    """Nothing is filled in any more: to the report, where there is one."""
    if interview.is_final:
        messages.info(request, _("De uitslag staat vast. Hier lees je het verslag."))
    else:
        messages.info(request, _("Dit gesprek is niet doorgegaan. Je hoeft niets in te vullen."))
    return redirect("interviews:detail", interview.pk)


def _to_confirm(interview):
    return {
        "expects": agreeing.outcome(interview),
        "alone_reason": interview.alone_reason,
        "recorded_how": interview.recorded_how,
    }


def _finalised(request, interview, form):
    try:
        actions.finalise(interview, by=request.user, **form.cleaned_data)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        messages.success(request, _("Vastgesteld. De deelnemer ziet nu het verslag."))
    return redirect("interviews:detail", interview.pk)
