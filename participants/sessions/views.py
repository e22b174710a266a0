from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from leerlijn.templatetags.dates import day_date
from participants.accounts.models import Role
from participants.sessions import actions
from participants.sessions.filters import SessionFilter
from participants.sessions.forms import SessionForm
from participants.sessions.models import PLANNERS, Session

PAGE_SIZE = 25


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
        },
    )


def mine(request):
    """What comes for you, and what you attended."""
    meetings = Session.objects.meant_for(request.user).with_presence_of(request.user)
    coming = list(meetings.ahead())
    past = meetings.behind().order_by("-date", "-pk")
    return render(
        request,
        "participants/sessions/mine.html",
        {
            "coming": coming,
            "next": next((meeting for meeting in coming if not meeting.cancelled_at), None),
            "past": Paginator(past, PAGE_SIZE).get_page(request.GET.get("page")),
        },
    )


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
            return redirect(session)
    return render(request, "participants/sessions/form.html", {"form": form})


def edit(request, pk):
    session = plannable(request, pk)
    form = SessionForm(request.POST or None, user=request.user, session=session)
    if form.is_valid():
        try:
            actions.change(session, **form.facts(), by=request.user)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("Aangepast. Iedereen ziet nu het nieuwe plan."))
            return redirect(session)
    return render(request, "participants/sessions/form.html", {"form": form, "session": session})


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
