"""What staff do about hours besides the pile: write down for somebody, record a paper, undo."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from participants import kept
from participants.enrolments.models import Enrolment
from participants.files import refusals, storing
from participants.hours import actions, pile, slips, weeks
from participants.hours.forms import HoursForSomebodyForm
from participants.hours.models import HourEntry
from participants.hours.review_forms import SlipForm
from participants.hours.wording import in_words


def new_for(request, pk):
    """Write down hours for a person of one's cohorts, who reads why and may change them."""
    enrolment = _of_ones_people(request.user, pk)
    key = f"hours-for-{enrolment.pk}"
    draft = kept.initial(request.user, key)
    form = HoursForSomebodyForm(request.POST or None, enrolments=[enrolment], initial=draft)
    if form.is_valid() and (entry := _logged_for(form, enrolment, request.user)):
        kept.forget(request.user, key)
        messages.success(
            request,
            _("%(hours)s staat bij %(name)s en wacht op akkoord.")
            % {"hours": in_words(entry.minutes), "name": enrolment.participant.first_name},
        )
        return redirect("hours:detail", entry.pk)
    context = {
        "form": form,
        "enrolment": enrolment,
        "title": _("Schrijf uren op voor %s") % enrolment.participant.name,
        "key": key,
        "kept_at": kept.when(request.user, key) if draft and not form.is_bound else None,
    }
    return render(request, "participants/hours/form.html", context)


@require_POST
def take_back(request, pk):
    """Undo an approval that one gave shortly ago."""
    entry = get_object_or_404(HourEntry.objects.visible_to(request.user), pk=pk)
    try:
        actions.take_back(entry, by=request.user)
    except ValidationError as refusal:
        messages.warning(request, refusal.message)
    else:
        messages.success(request, _("Je akkoord is terug. De regel wacht weer."))
    return redirect("hours:detail", pk)


def slip(request, pk, week):
    """A signed paper of one person and week: a photo, and the waiting lines that stand on it."""
    enrolment, monday = _of_ones_people(request.user, pk), weeks.monday_named(week)
    if monday is None:
        raise Http404
    waiting = pile.waiting_for(request.user).filter(enrolment=enrolment).in_week(monday)
    entries = list(waiting.with_people().order_by("date", "pk"))
    form = SlipForm(entries, request.POST or None, request.FILES or None)
    if form.is_valid() and _recorded(request, form):
        return redirect("hours:queue")
    context = {"form": form, "enrolment": enrolment, "monday": monday, "entries": entries}
    return render(request, "participants/hours/slip.html", context)


def _of_ones_people(user, pk):
    """404 for whom one cannot see, 403 for oneself and for whom one cannot act."""
    people = Enrolment.objects.visible_to(user).select_related("participant", "cohort__track")
    enrolment = get_object_or_404(people, pk=pk)
    if not Enrolment.objects.staffed_by(user).contains(enrolment):
        raise PermissionDenied
    return enrolment


def _logged_for(form, enrolment, user):
    known = form.cleaned_data
    sent = {"note": known["note"], "client_id": known["client_id"]}
    try:
        return actions.log_for(enrolment, by=user, **sent, **form.content())
    except ValidationError as refusal:
        form.refuse(refusal)
    return None


def _recorded(request, form):
    """Whether the lines were approved; what could not be stands on the form or in a message."""
    seen, note = form.seen(), form.cleaned_data["note"]
    try:
        with storing.received_many(form.cleaned_data["file"]) as received:
            refused = slips.approve_by_slip(seen, received, by=request.user, note=note)
    except ValidationError as refusal:
        form.add_error("file" if refusal.code in refusals.SENTENCES else None, refusal)
        return False
    done = len(seen) - len(refused)
    said = ngettext("%d regel akkoord met papier.", "%d regels akkoord met papier.", done)
    messages.success(request, said % done)
    for each in refused.values():
        messages.warning(request, each.message)
    return True
