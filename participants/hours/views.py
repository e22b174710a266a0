"""The pages of whose hours they are."""

import datetime as dt

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from participants.hours import actions, pile, prefill
from participants.hours.filters import OwnHoursFilter
from participants.hours.forms import HoursForm
from participants.hours.models import HourEntry
from participants.hours.why import why_not_counted
from participants.hours.wording import in_words

LINES_A_PAGE = 40
KINDS = [("study", gettext_lazy("Studie")), ("work", gettext_lazy("Werk"))]


@require_GET
def own(request):
    """All hours of whoever asks, with two sums and what came back on top."""
    entries = HourEntry.objects.owned_by(request.user)
    chosen = OwnHoursFilter(request.GET, entries)
    rows = chosen.qs.with_people().returned_first()
    page = Paginator(rows, LINES_A_PAGE).get_page(request.GET.get("page"))
    sums = entries.minutes_by()
    return render(
        request,
        "participants/hours/list.html",
        {
            "filter": chosen,
            "page": page,
            "lines": explained(page),
            "sums": [(kind, label, *_figures(sums, kind)) for kind, label in KINDS],
            "any": bool(sums),
            "returned": entries.returned().count(),
            "can_add": request.user.enrolments.active().exists(),
        },
    )


def new(request):
    """Write down hours; ``?like=``, ``?training=`` and ``?kind=`` fill in a beginning."""
    enrolments = request.user.enrolments.active().select_related("cohort__track")
    if not enrolments:
        return render(request, "participants/hours/not_now.html")
    form = HoursForm(
        request.POST or None,
        enrolments=enrolments,
        initial=prefill.initial(request.user, request.GET),
    )
    if request.method == "POST" and (entry := _logged(form, enrolments, request.user)):
        messages.success(request, _what_stands(entry))
        return redirect("hours:list")
    last = None if request.GET else _last(request.user)
    return _form_page(request, form, title=_("Schrijf uren op"), last=last)


def edit(request, pk):
    """Change one's own hours that are not approved, and hand them in."""
    entry = _own_or_refused(request.user, pk)
    form = HoursForm(request.POST or None, enrolments=[entry.enrolment], entry=entry)
    if request.method == "POST" and form.is_valid():
        try:
            changed = actions.edit(
                entry, by=request.user, submit=not form.is_draft, **form.content()
            )
        except ValidationError as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _what_stands(changed))
            return redirect("hours:list")
    title = _("Vul je uren aan") if entry.status == "returned" else _("Wijzig je uren")
    return _form_page(request, form, title=title, entry=entry)


def correct(request, pk):
    """Write down what approved hours should have been."""
    entry = _own_or_refused(request.user, pk)
    form = HoursForm(request.POST or None, enrolments=[entry.enrolment], entry=entry)
    if request.method == "POST" and form.is_valid():
        try:
            actions.correct(
                entry,
                by=request.user,
                client_id=form.cleaned_data["client_id"],
                **form.content(),
            )
        except ValidationError as refusal:
            form.refuse(refusal)
        else:
            messages.success(
                request, _("Je verbetering staat. Tot die akkoord is, tellen de oude uren.")
            )
            return redirect("hours:list")
    return _form_page(request, form, title=_("Verbeter je uren"), entry=entry)


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
            "can_correct": is_own
            and entry.status == "approved"
            and not entry.corrections.standing().exists(),
            "week": pile.Week([pile.line(entry, {})]) if waiting else None,
        },
    )


@require_POST
def submit(request, pk):
    return _act(request, pk, actions.submit, _what_stands)


@require_POST
def withdraw(request, pk):
    return _act(request, pk, actions.withdraw, _withdrawn)


def restore(request, pk):
    """Asked on a page of its own, because the way here is a link in a message."""
    if request.method == "POST":
        return _act(request, pk, actions.restore, _restored)
    entry = _own_or_refused(request.user, pk)
    asked = {
        "title": _("Zet je uren terug?"),
        "text": _("Ze komen terug als concept. Daarna kun je ze weer inleveren."),
        "details": [(_("Wat"), entry.description), (_("Hoelang"), in_words(entry.minutes))],
        "action": _("Zet terug"),
        "cancel": reverse("hours:list"),
    }
    return render(request, "confirm.html", asked)


def explained(entries):
    """Each entry with the sentence that says why it does not count ("" when it does)."""
    return [(entry, why_not_counted(entry)) for entry in entries]


def _act(request, pk, act, said):
    entry = get_object_or_404(HourEntry.objects.visible_to(request.user), pk=pk)
    try:
        messages.success(request, said(act(entry, by=request.user)))
    except ValidationError as refusal:
        messages.warning(request, refusal.message)
    return redirect("hours:list")


def _own_or_refused(user, pk):
    """One's own entry; 404 for what one cannot see, 403 for what is somebody else's."""
    entry = get_object_or_404(HourEntry.objects.visible_to(user).with_people(), pk=pk)
    if entry.enrolment.participant_id != user.pk:
        raise PermissionDenied
    return entry


def _logged(form, enrolments, user):
    if not form.is_valid():
        return None
    known = form.cleaned_data
    try:
        return actions.log(
            known.get("enrolment") or enrolments[0],
            by=user,
            draft=form.is_draft,
            client_id=known["client_id"],
            **form.content(),
        )
    except ValidationError as refusal:
        form.refuse(refusal)
    return None


def _form_page(request, form, **context):
    today = timezone.localdate()
    monday = today - dt.timedelta(days=today.weekday())
    week = HourEntry.objects.owned_by(request.user).standing().filter(date__gte=monday)
    context |= {"form": form, "week": explained(week.with_people().order_by("date", "pk"))}
    return render(request, "participants/hours/form.html", context)


def _last(user):
    return HourEntry.objects.owned_by(user).handed_in().with_people().order_by("-pk").first()


def _figures(sums, kind):
    return sums.get((kind, "approved"), 0), sums.get((kind, "submitted"), 0)


def _what_stands(entry):
    hours = {"hours": in_words(entry.minutes), "who": _who_looks(entry)}
    if entry.status == HourEntry.Status.SUBMITTED:
        return _("%(hours)s staat. %(who)s kijkt ernaar.") % hours
    return _("%(hours)s bewaard. Lever het in als het klopt.") % hours


def _who_looks(entry):
    contact = entry.enrolment.cohort.contact_name.split()
    return contact[0] if contact else _("Je trainer")


def _withdrawn(entry):
    return format_html(
        '{} <a class="ams-link" href="{}">{}</a>',
        _("%s ingetrokken.") % in_words(entry.minutes),
        reverse("hours:restore", args=[entry.pk]),
        _("Zet terug"),
    )


def _restored(entry):
    return _("%s staat weer klaar als concept. Lever het in als het klopt.") % in_words(
        entry.minutes
    )
