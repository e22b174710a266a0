"""What pages and API ask of plans, and who opened which."""

from django.db import models
from django.db.models import Case, Count, Exists, F, OuterRef, Subquery, Value, When
from django.db.models.functions import Cast, Coalesce, Concat

from participants.enrolments.models import Enrolment
from participants.events.actions import was_read
from participants.events.models import Event
from participants.plans.models import TAKING_PART, DevelopmentPlan, Feedback, PlanVersion


def opened(versions, *, by):
    """Note that ``by`` read these versions, where they are of the POP of somebody else."""
    others = [
        version
        for version in versions
        if not version.plan.is_group and version.plan.enrolment.participant_id != by.pk
    ]
    if others:
        was_read(others, by=by)


def as_seen_by(user):
    """The plans that ``user`` sees, with all that a page about one of them shows."""
    plans = DevelopmentPlan.objects.visible_to(user).as_seen_by(user)
    plans = plans.with_versions_as_seen_by(user).select_related(
        "enrolment__participant",
        "enrolment__cohort__track",
        "cohort__track",
        "completed_version",
        "completed_by",
    )
    return with_endorsements(plans, user)


def with_endorsements(plans, user):
    """``plans`` with ``member_count``, ``endorsed`` (how many of those) and ``endorsed_by_me``.

    About the version that was completed; who stopped is in neither figure. 0 for a POP.
    """
    members = Enrolment.objects.filter(status__in=TAKING_PART, cohort=OuterRef("cohort"))
    standing = members.filter(endorsements__version=OuterRef("completed_version"))
    return plans.annotate(
        member_count=_count(members),
        endorsed=_count(standing),
        endorsed_by_me=Exists(standing.filter(participant=user)),
    )


def waiting_first(plans, user):
    """``plans`` as a list for staff, with ``shared_on``, ``waits``, ``unread`` and ``replied``.

    ``unread``: the latest shared version was not opened by ``user``; ``replied``: the last word
    is of the participant. The longest waiting comes first, what is complete last.
    """
    latest = PlanVersion.objects.shared().filter(plan=OuterRef("pk")).order_by("-number")
    said = Feedback.objects.filter(version__plan=OuterRef("pk")).order_by("-created_at", "-pk")
    waits = DevelopmentPlan.objects.awaiting_review().reviewable_by(user)
    return plans.annotate(
        # One set for all rows: asked row by row PostgreSQL takes seconds to prepare.
        waits=Case(When(pk__in=waits.values("pk"), then=True), default=False),
        shared_on=Subquery(latest.values("shared_at")[:1]),
        latest_shared=Subquery(latest.values("pk")[:1]),
        unread=~Exists(_reads_of_latest(user)),
        replied=Case(
            When(enrolment__participant=Subquery(said.values("author")[:1]), then=True),
            default=False,
        ),
    ).order_by(
        "-waits",
        Case(When(waits=True, then=F("shared_on"))),
        Case(When(status=DevelopmentPlan.Status.COMPLETE, then=1), default=0),
        "kind",
        "-pk",
    )


def _reads_of_latest(user):
    subject = Concat(Value("planversion:"), Cast(OuterRef("latest_shared"), models.CharField()))
    reads = Event.objects.reads().filter(enrolment=OuterRef("enrolment"))
    return reads.filter(actor=user, subject=subject)


def _count(enrolments):
    counted = enrolments.order_by().values("cohort").annotate(total=Count("pk")).values("total")
    return Coalesce(Subquery(counted, output_field=models.IntegerField()), 0)
