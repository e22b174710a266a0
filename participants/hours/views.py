"""The pages of whose hours they are."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from participants.hours import actions, notes, pile, weeks
from participants.hours.filters import OwnHoursFilter
from participants.hours.forms import ProofForm
from participants.hours.models import HourEntry
from participants.hours.why import why_not_counted
from participants.hours.wording import in_words
from participants.hours.writing_views import explained, own_or_refused, what_stands

LINES_A_PAGE = 40
WITHDRAWN = "ingetrokken"
NONE = (0, 0)  # minutes, entries
KINDS = [("study", gettext_lazy("Studie")), ("work", gettext_lazy("Werk"))]


@require_GET
def own(request):
    """All hours of whoever asks, with two sums and what came back on top."""
    entries = HourEntry.objects.owned_by(request.user)
    chosen = OwnHoursFilter(request.GET, entries)
    rows = chosen.qs.as_lines().returned_first()
    page = Paginator(rows, LINES_A_PAGE).get_page(request.GET.get("page"))
    tallies = entries.tallies()
    return render(
        request,
        "participants/hours/list.html",
        {
            "filter": chosen,
            "page": page,
            "lines": explained(page),
            "sums": [(kind, label, *_figures(tallies, kind)) for kind, label in KINDS],
            "any": bool(tallies),
            "returned": sum(tallies.get((kind, "returned"), NONE)[1] for kind, _label in KINDS),
            "can_add": request.user.enrolments.active().exists(),
            "withdrawn": _withdrawn_just_now(request, entries),
            "enrolments": request.user.enrolments.admitted().select_related("cohort__track"),
            "this_week": weeks.name_of(timezone.localdate()),
        },
    )


@require_GET
def this_week(request):
    return redirect("hours:week", weeks.name_of(timezone.localdate()))


@require_GET
def week(request, name):
    """One ISO week of whoever asks, such as "2026-W47": what counts, and what does not yet."""
    monday = weeks.monday_named(name)
    if monday is None:
        raise Http404
    context = {
        "week": weeks.week_of(request.user, monday),
        "can_add": request.user.enrolments.active().exists(),
    }
    return render(request, "participants/hours/week.html", context)


@require_GET
def detail(request, pk):
    """One entry: for its owner with what can be done, for a reviewer with the answer to give."""
    entries = HourEntry.objects.visible_to(request.user).with_people().with_review_facts()
    entry = get_object_or_404(entries, pk=pk)
    is_own = entry.enrolment.participant_id == request.user.pk
    waiting = pile.waiting_for(request.user).filter(pk=pk).exists()
    return render(
        request,
        "participants/hours/detail.html",
        {
            "entry": entry,
            "why": why_not_counted(entry),
            "is_own": is_own,
            "notes": notes.for_owner(entry) if is_own and entry.is_editable else [],
            "can_take_back": HourEntry.objects.retractable_by(request.user).contains(entry),
            "proofs": entry.proofs.select_related("file"),
            "proof_form": ProofForm() if is_own and entry.is_editable else None,
            "can_correct": is_own
            and entry.status == "approved"
            and not entry.corrections.standing().exists(),
            "week": pile.Week([pile.line(entry, {})]) if waiting else None,
        },
    )


@require_POST
def submit(request, pk):
    return _act(request, pk, actions.submit, what_stands)


@require_POST
def withdraw(request, pk):
    """Back on the list there is a button that undoes it."""
    entry = get_object_or_404(HourEntry.objects.visible_to(request.user), pk=pk)
    try:
        actions.withdraw(entry, by=request.user)
    except ValidationError as refusal:
        messages.warning(request, refusal.message)
        return redirect("hours:list")
    return redirect(f"{reverse('hours:list')}?{WITHDRAWN}={entry.pk}")


def restore(request, pk):
    """One press on the list; a page of its own for who comes by the address."""
    if request.method == "POST":
        return _act(request, pk, actions.restore, _restored)
    entry = own_or_refused(request.user, pk)
    asked = {
        "title": _("Zet je uren terug?"),
        "text": _("Ze komen terug zoals ze waren."),
        "details": [(_("Wat"), entry.description), (_("Hoelang"), in_words(entry.minutes))],
        "action": _("Zet terug"),
        "cancel": reverse("hours:list"),
    }
    return render(request, "confirm.html", asked)


def _act(request, pk, act, said):
    entry = get_object_or_404(HourEntry.objects.visible_to(request.user), pk=pk)
    try:
        messages.success(request, said(act(entry, by=request.user)))
    except ValidationError as refusal:
        messages.warning(request, refusal.message)
    return redirect("hours:list")


def _withdrawn_just_now(request, entries):
    """What ``?ingetrokken=`` names, as long as it can be put back."""
    key = request.GET.get(WITHDRAWN, "")
    if not key.isdecimal() or len(key) > 18:
        return None
    return entries.restorable().filter(pk=key).first()


def _figures(tallies, kind):
    return [tallies.get((kind, status), NONE)[0] for status in ("approved", "submitted")]


def _restored(entry):
    hours = in_words(entry.minutes)
    if entry.status == HourEntry.Status.SUBMITTED:
        return _("%s staat er weer. Het is ingeleverd.") % hours
    return _("%s staat er weer. Lever het in als het klopt.") % hours
