"""What was decided about one person, in words: who, what, when and why."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from participants.enrolments.models import Enrolment
from participants.events.actions import was_read
from participants.events.models import Event
from participants.overview.acts import SOMETHING, WITHOUT_REASON, WORDS

LATEST = 5
A_PAGE = 50


@dataclass(frozen=True)
class Told:
    """One decision as it is read."""

    event: Event

    @property
    def what(self):
        return WORDS.get(self.event.act, SOMETHING)

    @property
    def why(self):
        return "" if self.event.act in WITHOUT_REASON else self.event.reason


def decisions_about(enrolment):
    """The decisions about ``enrolment``, the latest first, with who took them."""
    return Event.objects.decisions().about(enrolment).select_related("actor")


def latest(enrolment):
    """(the last few as Told, whether there are more). Those about hours have lists of their own."""
    about_person = decisions_about(enrolment).exclude(subject__startswith="hourentry:")
    rows = list(about_person[: LATEST + 1])
    return [Told(event) for event in rows[:LATEST]], len(rows) > LATEST


@require_GET
def page(request, pk):
    """All that was decided about one person; for coordinators."""
    people = Enrolment.objects.staffed_by(request.user).select_related("participant", "cohort")
    enrolment = get_object_or_404(people, pk=pk)
    if not Enrolment.objects.coordinated_by(request.user).contains(enrolment):
        raise PermissionDenied
    was_read(enrolment, by=request.user)
    shown = Paginator(decisions_about(enrolment), A_PAGE).get_page(request.GET.get("page"))
    context = {"enrolment": enrolment, "page": shown, "decisions": [Told(row) for row in shown]}
    return render(request, "participants/overview/decisions.html", context)
