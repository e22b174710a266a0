"""The page of who reviews: the whole pile, answered per line."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from participants.enrolments import namesakes
from participants.enrolments.models import Enrolment
from participants.hours import actions, pile
from participants.hours.filters import ReviewFilter
from participants.hours.models import HourEntry
from participants.hours.review_forms import ReviewLineForm
from participants.hours.wording import in_words


@require_http_methods(["GET", "POST"])
def queue(request):
    """The pile; a POST answers every line on which something was chosen."""
    if not request.user.is_staff_member:
        raise PermissionDenied
    unfinished = {}
    if request.method == "POST":
        unfinished = _answer(request)
        if not unfinished:
            return redirect(request.get_full_path())
    chosen = ReviewFilter(request.GET, pile.waiting_for(request.user), request=request)
    page = pile.page_of(chosen.qs, request.GET.get("page"))
    weeks = pile.weeks(chosen.qs, page, unfinished)
    people = [week.person for week in weeks]
    return render(
        request,
        "participants/hours/queue.html",
        {
            "filter": chosen,
            "page": page,
            "size": pile.size(chosen.qs),
            "weeks": weeks,
            "namesakes": namesakes.shared(people, Enrolment.objects.visible_to(request.user)),
            "asked": list(unfinished.values()),
            "just_approved": pile.just_approved_by(request.user),
        },
    )


def _answer(request):
    """Carry out what was chosen; all forms of the page when a line still misses its reason.

    "Alle 3 akkoord" names its lines, so that what was chosen elsewhere is kept as well.
    """
    forms = _forms(request)
    approve_all = set(request.POST.get("all", "").split(","))
    verdicts = [form.verdict(approve_all=str(form.entry.pk) in approve_all) for form in forms]
    given = [verdict for verdict in verdicts if verdict]
    refused = actions.review(given, by=request.user)
    _report(request, given, refused)
    incomplete = any(form.errors for form in forms)
    if not given and not incomplete:
        messages.warning(request, _('Kies eerst bij een regel "Akkoord" of "Stuur terug".'))
    return {form.entry.pk: form for form in forms} if incomplete else {}


def _forms(request):
    """A form per line that stood on the page; 404 when one is not of this reviewer."""
    keys = {key for key in request.POST.getlist("entry") if key.isdecimal() and len(key) < 19}
    entries = HourEntry.objects.reviewable_by(request.user).filter(pk__in=keys)
    if len(entries) < len(keys):
        raise Http404
    return [ReviewLineForm(entry, request.POST) for entry in entries]


def _report(request, given, refused):
    """Say what was done, and of each refused line why it was not."""
    done = [verdict.approved for verdict in given if verdict.entry.pk not in refused]
    if done:
        messages.success(request, _done(sum(done), len(done) - sum(done)))
    for verdict in given:
        if refusal := refused.get(verdict.entry.pk):
            messages.warning(request, f"{_named(verdict.entry)}: {refusal.message}")


def _done(approved, returned):
    parts = []
    if approved:
        said = ngettext("%d regel akkoord", "%d regels akkoord", approved)
        parts.append(said % approved)
    if returned:
        said = ngettext("%d regel teruggestuurd", "%d regels teruggestuurd", returned)
        parts.append(said % returned)
    return ", ".join(parts) + "."


def _named(entry):
    day = formats.date_format(entry.date, "j F")
    return f"{in_words(entry.minutes)} {entry.get_kind_display()}, {day}"
