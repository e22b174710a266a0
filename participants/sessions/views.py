from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from leerlijn.templatetags.dates import day_date
from participants.accounts.models import Role
from participants.agenda import sources
from participants.agenda.models import CalendarFeed
from participants.enrolments.models import Enrolment
from participants.sessions import actions, series
from participants.sessions.filters import SessionFilter
from participants.sessions.forms import SessionForm
from participants.sessions.models import PLANNERS, Session

PAGE_SIZE = 25


@require_safe
def index(request):
    """For staff their meetings, registers to fill first; for all others their own."""
    if not Role.objects.of(request.user, *Role.STAFF).exists():
        return mine(request)
    staffed = Session.objects.staffed_by(request.user).with_cohorts_of(request.user)
    chosen = SessionFilter(request.GET, queryset=staffed, request=request)
    settled = chosen.qs.settled().order_by("-date", "-pk")
    return render(
        request,
        "participants/sessions/list.html",
        {
            "filter": chosen,
            "unregistered": staffed.unregistered(),
            "coming": chosen.qs.coming(),
            "settled": Paginator(settled, PAGE_SIZE).get_page(request.GET.get("page")),
            "may_plan": Role.objects.of(request.user, *PLANNERS).exists(),
            "takes_part": request.user.enrolments.exists(),
            **calendar(request),
        },
    )


@require_safe
def mine(request):
    """What comes for you, what you attended, and what counts."""
    meetings = Session.objects.meant_for(request.user).with_presence_of(request.user)
    meetings = meetings.with_rights_of(request.user)
    coming = list(meetings.ahead())
    past = meetings.behind().order_by("-date", "-pk")
    return render(
        request,
        "participants/sessions/mine.html",
        {
            "coming": coming,
            "next": next((meeting for meeting in coming if not meeting.cancelled_at), None),
            "past": Paginator(past, PAGE_SIZE).get_page(request.GET.get("page")),
            "enrolment": Enrolment.objects.owned_by(request.user)
            .running_first()
            .with_state()
            .first(),
            **calendar(request),
        },
    )


def calendar(request):
    """The address of one's own calendar, for the panel on both lists; "" when there is none."""
    feed = CalendarFeed.objects.open().filter(user=request.user).first()
    secret = feed.secret if feed else ""
    path = reverse("agenda:feed", args=[secret]) if secret else ""
    address = sources.address(path) if path else ""
    return {
        "calendar_address": address,
        "calendar_link": f"webcal:{address.partition(':')[2]}",  # opens the calendar of a phone
        "calendar_open": request.GET.get("agenda") == "open",
    }


@require_safe
def detail(request, pk):
    return render(request, "participants/sessions/detail.html", {"session": found(request, pk)})


def new(request):
    if not Role.objects.of(request.user, *PLANNERS).exists():
        raise PermissionDenied
    form = SessionForm(request.POST or None, user=request.user)
    if form.is_valid():
        try:
            session = actions.plan(**form.facts(), by=request.user)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            told = _("%(title)s staat op %(day)s.")
            messages.success(
                request, told % {"title": session.title, "day": day_date(session.date)}
            )
            warn(request, session)
            return redirect(session)
    return render(request, "participants/sessions/form.html", {"form": form})


def edit(request, pk):
    session = plannable(request, pk)
    form = SessionForm(request.POST or None, user=request.user, session=session)
    if form.is_valid():
        try:
            changed = actions.change(session, **form.facts(), by=request.user)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, told_of_change(session, changed))
            warn(request, changed)
            return redirect(session)
    return render(request, "participants/sessions/form.html", {"form": form, "session": session})


def told_of_change(before, after):
    if before.whereabouts == after.whereabouts or after.date < timezone.localdate():
        return _("Aangepast. Iedereen ziet nu het nieuwe plan.")
    return _("Verplaatst. Wie verwacht wordt, ziet het hier en krijgt een mail.")


def warn(request, session):
    """What to look at once more; it stands as it was planned."""
    cohorts = session.cohorts.visible_to(request.user)
    [day] = series.looked_at([session.date], cohorts, kind=session.kind, but=session)
    if day.warnings:
        messages.warning(request, _("Klopt de dag? %s") % " ".join(day.warnings))


def cancel(request, pk):
    session = plannable(request, pk)
    if request.method == "POST":
        try:
            actions.cancel(session, by=request.user)
            messages.success(request, _("%s gaat niet door.") % session.title)
        except ValidationError as refusal:
            messages.error(request, refusal.message)
        return redirect(session)
    warning = _("Wie meedoet, ziet dat het niet doorgaat. De bijeenkomst telt dan niet mee.")
    if session.register_version:
        warning += " " + _("Er staan al mensen op de presentielijst. Hun uren hier vervallen.")
    if session.date >= timezone.localdate():
        warning += " " + _("Wie verwacht werd, krijgt een mail.")
    facts = {
        "title": _("Gaat deze bijeenkomst niet door?"),
        "text": warning,
        "details": [(_("Onderwerp"), session.title), (_("Datum"), day_date(session.date))],
        "action": _("Gaat niet door"),
        "cancel": session.get_absolute_url(),
    }
    return render(request, "confirm.html", facts)


def found(request, pk):
    """The meeting with what this person may see and do; 404 when it is not there for them."""
    visible = Session.objects.visible_to(request.user).with_cohorts_of(request.user)
    with_more = visible.with_rights_of(request.user).with_presence_of(request.user)
    return get_object_or_404(with_more, pk=pk)


def plannable(request, pk):
    session = found(request, pk)
    if not session.is_plannable:
        raise PermissionDenied
    return session
