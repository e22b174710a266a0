"""One person for staff: where it stands, why, and what may be decided."""

from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from participants import pace, progress
from participants.enrolments.applications import IntakeNote
from participants.enrolments.models import Enrolment, Exemption, Pause
from participants.events.actions import was_read
from participants.hours.models import HourEntry
from participants.interviews.models import FinalInterview
from participants.overview import accounting, history, timeline, turns
from participants.placements.models import Placement
from participants.plans.models import DevelopmentPlan
from participants.trainings.models import TrainingChoice

RECENT, LATEST = 5, 8


@require_GET
def page(request, pk):
    """For who works with this person; one's own enrolment stands on the first screen."""
    people = Enrolment.objects.staffed_by(request.user).with_state()
    people = people.select_related("participant", "cohort__track", "name_confirmed_by")
    [enrolment] = pace.known([get_object_or_404(people, pk=pk)])
    was_read(enrolment, by=request.user)
    hours = HourEntry.objects.visible_to(request.user).filter(enrolment=enrolment)
    return render(
        request,
        "participants/overview/person.html",
        {
            "enrolment": enrolment,
            "lines": progress.lines(enrolment),
            "hours": hours.select_related("placement__place", "training_choice__training")[:RECENT],
            "placements": Placement.objects.visible_to(request.user)
            .filter(enrolment=enrolment)
            .with_names(),
            "choices": TrainingChoice.objects.visible_to(request.user)
            .filter(enrolment=enrolment)
            .select_related("training"),
            "exemptions": Exemption.objects.standing()
            .filter(enrolment=enrolment)
            .select_related("granted_by"),
            "people": [enrolment],  # to write to
            "row": turns.rows([enrolment], turns.actors_of(request.user, enrolment.cohort))[0],
            "interviews": FinalInterview.objects.visible_to(request.user).filter(
                enrolment=enrolment
            ),
            "pauses": Pause.objects.filter(enrolment=enrolment).select_related("requested_by"),
            "pop": DevelopmentPlan.objects.visible_to(request.user)
            .filter(enrolment=enrolment)
            .first(),
            "story": timeline.story(enrolment, request.user, LATEST),
            "number": accounting.number(enrolment.pk),
            **_for_coordinators(request.user, enrolment),
        },
    )


def _for_coordinators(user, enrolment):
    """What only who decides about this person sees: the notes and the decisions."""
    if not Enrolment.objects.coordinated_by(user).contains(enrolment):
        return {"decides": False}
    decisions, more = history.latest(enrolment)
    notes = IntakeNote.objects.filter(enrolment=enrolment).select_related("written_by")
    return {
        "decides": True,
        # Who has a role is erased by an administrator (participants.erasing).
        "erasable": not enrolment.participant.role_kinds,
        "intake": notes.first(),
        "decisions": decisions,
        "more_decisions": more,
    }
