"""The page with the whole story of one enrolment."""

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from participants.enrolments.models import Enrolment
from participants.events.actions import was_read
from participants.overview import timeline
from participants.overview.waiting import limit_of

STEP, MOST = 20, 400


@require_GET
def page(request, pk):
    """For who it is about and who works with them. ``?soort=`` one kind, ``?tot=`` more of it."""
    people = Enrolment.objects.visible_to(request.user).select_related("participant", "cohort")
    enrolment = get_object_or_404(people, pk=pk)
    is_own = enrolment.participant_id == request.user.pk
    chosen = request.GET.get("soort", "")
    if chosen not in ("", *timeline.KINDS):
        raise Http404
    if not is_own:
        was_read(enrolment, by=request.user)
    limit = limit_of(request.GET.get("tot", ""), step=STEP, most=MOST)
    oldest_first = request.GET.get("volgorde") == "oud"
    story = timeline.story(enrolment, request.user, limit, kind=chosen, oldest_first=oldest_first)
    context = {
        "enrolment": enrolment,
        "is_own": is_own,
        "story": story,
        "chosen": chosen,
        "oldest_first": oldest_first,
        "next_limit": min(limit + STEP, MOST) if story.more and limit < MOST else None,
    }
    return render(request, "participants/overview/timeline.html", context)
