"""Everything that goes out by itself, before it goes; a coordinator may hold a mail back."""

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from participants.enrolments.models import Enrolment
from participants.messages import calling, points, reminding, weeks
from participants.messages.models import Message, Reminder
from participants.outgoing import digest
from participants.tracks.models import Cohort

A_PAGE = 40
LATEST = 10


@require_GET
def page(request):
    """Who gets what next and why. ``?lichting=`` shows one cohort."""
    if not request.user.is_coordinator:
        raise PermissionDenied
    cohorts = Cohort.objects.coordinated_by(request.user).running_first()
    chosen = _chosen(cohorts, request.GET.get("lichting", ""))
    moment = timezone.now()
    people = Enrolment.objects.coordinated_by(request.user)
    people = people.filter(cohort=chosen) if chosen else people
    week = _week(moment)
    due = Paginator(reminding.due(people, moment, week), A_PAGE)
    shown = due.get_page(request.GET.get("page"))
    held = Reminder.objects.held().of_week(week).filter(enrolment__in=people)
    sent = Message.objects.visible_to_staff(request.user).select_related("cohort")
    context = {
        "cohorts": cohorts,
        "chosen": chosen,
        "opens_at": weeks.opens_at(week, settings.REMINDERS_AT),
        "page": shown,
        "coming": [reminding.Coming(one, points.of(one)) for one in shown],
        "held": held.select_related("participant", "held_by"),
        "to_call": calling.to_call(request.user).count(),
        "digest_at": digest.next_at(moment),
        "staff": digest.recipients_of([chosen] if chosen else cohorts),
        "sent": (sent.filter(cohort=chosen) if chosen else sent)[:LATEST],
    }
    return render(request, "participants/outgoing/page.html", context)


@require_POST
def hold(request, enrolment_pk):
    """Send this person nothing in the week that comes."""
    people = Enrolment.objects.visible_to(request.user).select_related("participant")
    enrolment = get_object_or_404(people, pk=enrolment_pk)
    try:
        reminding.hold(enrolment, _week(timezone.now()), by=request.user)
    except ValidationError as refusal:
        messages.error(request, refusal.message)
    else:
        name = enrolment.participant.first_name
        messages.success(request, _("%s krijgt deze week geen mail.") % name)
    return _back(request)


@require_POST
def release(request, pk):
    """Let it go after all."""
    seen = Enrolment.objects.visible_to(request.user)
    held = Reminder.objects.held().filter(enrolment__in=seen).select_related("enrolment")
    reminder = get_object_or_404(held, pk=pk)
    try:
        reminding.release(reminder, by=request.user)
    except ValidationError as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, _("De mail gaat toch."))
    return _back(request)


def _week(moment):
    return weeks.next_week_to_mail(moment, settings.REMINDERS_AT)


def _chosen(cohorts, asked):
    """The cohort that the address names, or None; raises Http404 for one that is not there."""
    if not asked:
        return None
    for cohort in cohorts:
        if asked == str(cohort.pk):
            return cohort
    raise Http404


def _back(request):
    """To the same cohort: the form says which one was chosen."""
    chosen = request.POST.get("lichting", "")
    query = f"?lichting={chosen}" if chosen.isdecimal() else ""
    return redirect(reverse("outgoing:page") + query)
