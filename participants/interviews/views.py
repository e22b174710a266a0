"""What everybody reads of interviews; see also assessing_views and planning_views."""

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from participants import kept
from participants.interviews import objecting, planning, reports
from participants.interviews.after_forms import ReplyForm
from participants.interviews.filters import InterviewFilter
from participants.interviews.models import FinalInterview

A_PAGE = 25


def seen(request, pk):
    """The interview as this person sees it; 404 for who does not."""
    rows = FinalInterview.objects.visible_to(request.user).as_seen_by(request.user)
    return get_object_or_404(
        rows.select_related("enrolment__participant", "enrolment__cohort__track"), pk=pk
    )


def carried_out(form, act, *, text_name=""):
    """Whether ``act()`` was done; its refusal goes beside the fields that it is about."""
    try:
        act()
    except ValidationError as refusal:
        about = refusal.params or {}
        names = [f"{text_name}_{key}" for key in about.get("items", [])]
        if "guides" in about:
            names = [f"reason_{about['guides']}"]
        for name in [name for name in names if name in form.fields] or [None]:
            form.add_error(name, refusal)
        return False
    return True


@require_safe
def listing(request):
    rows = FinalInterview.objects.visible_to(request.user).of_others(request.user)
    rows = rows.as_seen_by(request.user).order_by("-planned_at", "-pk")
    rows = rows.select_related("enrolment__participant", "enrolment__cohort")
    found = InterviewFilter(request.GET or None, queryset=rows, request=request)
    context = {
        "own": reports.own(request.user),
        **reports.agenda(request.user),
        "filter": found,
        "page": Paginator(found.qs, A_PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "participants/interviews/list.html", context)


@require_safe
def today(request):
    context = {"interviews": reports.of_today(request.user), "day": timezone.localdate()}
    return render(request, "participants/interviews/today.html", context)


@require_safe
def detail(request, pk):
    interview = seen(request, pk)
    reports.opened([interview], by=request.user)
    return reported(request, interview)


def reported(request, interview, reply_form=None):
    """The page of one talk; ``reply_form`` is a reply that could not be taken as it was."""
    user = request.user
    own = interview.enrolment.participant_id == user.pk
    items = list(interview.items.select_related("criterion"))
    evidence = list(reports.file_of(interview, user))
    reports.file_opened(evidence, by=user)
    seats = list(interview.seats.taken().select_related("assessor"))
    context = {
        "interview": interview,
        "own": own,
        "asked": [(item.title, item.criterion) for item in items],
        "evidence": evidence,
        "groups": reports.by_value(items) if interview.is_final else None,
        "seats": seats,
        "pair": len(seats) == 2,
        "resit": interview.enrolment.interviews.final().exclude(pk=interview.pk).exists(),
        "resit_left": planning.resit_left(interview.enrolment),
        "was_held": interview.plannable and planning.was_held(interview),
    }
    if interview.is_final:
        context |= reports.aftermath(interview, user)
        context["objecting"] = context["objections"].awaiting_decision().exists()
        context |= _own_words(user, interview, reply_form) if own else {}
    return render(request, "participants/interviews/detail.html", context)


def _own_words(user, interview, sent):
    key = f"reply-{interview.pk}"
    return {
        "reply_form": sent or ReplyForm(initial=kept.initial(user, key)),
        "reply_key": key,
        "kept_at": None if sent else kept.when(user, key),
        "may_object": objecting.may_still_object(interview),
        "last_day": objecting.last_day(interview),
    }
