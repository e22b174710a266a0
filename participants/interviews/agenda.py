"""Final interviews in the calendar of the participant and of who sits in them."""

from django.db.models import Count, Max, OuterRef, Subquery, Value
from django.db.models.fields import CharField
from django.db.models.functions import Cast, Coalesce, Concat
from django.urls import reverse
from django.utils.translation import gettext as _

from participants.agenda import sources
from participants.events.models import Event
from participants.interviews.models import FinalInterview
from participants.mailing.calendar import Entry

MINUTES = 40  # about (domain: final interview)
CHANGES = ("interview_replanned", "interview_not_held")


@sources.source
def interviews(user):
    """One's own and those in which one sits; no names, and no link to join online."""
    own = FinalInterview.objects.filter(enrolment__participant=user)
    meant = own | FinalInterview.objects.assessed_by(user)
    for interview in with_changes(meant.filter(planned_at__date__gte=sources.since())):
        yield entry(interview)


def entry(interview):
    """``interview`` (from ``with_changes``) as it stands in a calendar."""
    return Entry(
        uid=sources.uid(interview),
        starts_at=interview.planned_at,
        minutes=MINUTES,
        title=_("Eindgesprek"),
        place=interview.place,
        url=sources.address(reverse("interviews:detail", args=[interview.pk])),
        sequence=interview.changes,
        cancelled=interview.status == FinalInterview.Status.NOT_HELD,
        changed_at=interview.changed_at or interview.created_at,
    )


def with_changes(interviews):
    """Adds ``changes``: how often it was moved or called off, and ``changed_at``: when last."""
    named = Concat(Value("finalinterview:"), Cast(OuterRef("pk"), CharField()))
    decided = Event.objects.filter(
        enrolment=OuterRef("enrolment"), subject=named, act__in=CHANGES
    ).order_by()
    counted = decided.values("subject").annotate(times=Count("pk"), last=Max("happened_at"))
    return interviews.annotate(
        changes=Coalesce(Subquery(counted.values("times")), 0),
        changed_at=Subquery(counted.values("last")),
    )
