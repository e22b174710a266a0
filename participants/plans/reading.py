"""What pages and API ask of plans, and who opened which."""

from collections import defaultdict
from dataclasses import dataclass

from django.db import models, transaction
from django.db.models import Case, Count, Exists, F, OuterRef, Subquery, Value, When
from django.db.models.functions import Cast, Coalesce, Concat

from participants.accounts.models import Role
from participants.enrolments.models import Enrolment
from participants.events.actions import subject_of, was_read
from participants.events.models import Event
from participants.plans.models import TAKING_PART, DevelopmentPlan, Feedback, PlanVersion


@dataclass
class Reader:
    """Somebody of staff who opened a POP: when last, and which versions."""

    name: str
    role: str
    read_at: object
    numbers: list


@transaction.atomic
def opened(versions, *, by):
    """Note that ``by`` reads these versions, where they are of the POP of somebody else.

    Returns those that may be shown: at this very moment the owner may have taken one back.
    """
    own = [version for version in versions if _is_own(version, by)]
    others = [version.pk for version in versions if not _is_own(version, by)]
    if not others:
        return own
    rows = PlanVersion.objects.shared().filter(pk__in=others).order_by("pk")
    shared = set(rows.select_for_update(no_key=True).values_list("pk", flat=True))
    read = [version for version in versions if version.pk in shared]
    was_read(read, by=by)
    return [version for version in versions if version in own or version in read]


def readers(plans):
    """``{pk of a plan: [Reader, ...]}``: who of staff opened these POPs, who read last first.

    For the owner; the plans come with ``seen_versions``. Three queries for any number of plans.
    """
    versions = {subject_of(one): one for plan in plans for one in plan.seen_versions}
    reads = Event.objects.reads().filter(subject__in=versions).select_related("actor")
    found = defaultdict(dict)
    for read in reads.order_by("happened_at", "pk"):
        version = versions[read.subject]
        reader = found[version.plan_id].setdefault(
            read.actor_id, Reader(read.actor.name, "", read.happened_at, [])
        )
        reader.read_at = read.happened_at
        reader.numbers = sorted({*reader.numbers, version.number})
    _add_roles(found, {plan.pk: plan.in_cohort.pk for plan in plans})
    return {
        pk: sorted(people.values(), key=lambda reader: reader.read_at, reverse=True)
        for pk, people in found.items()
    }


def _add_roles(found, cohorts):
    """Say of each reader what they are in the cohort of that plan."""
    people = {actor for readers in found.values() for actor in readers}
    for role in Role.objects.filter(user__in=people, kind__in=Role.STAFF):
        for plan, readers in found.items():
            if role.user_id in readers and role.cohort_id in (None, cohorts[plan]):
                readers[role.user_id].role = role.get_kind_display()


def _is_own(version, by):
    return version.plan.is_group or version.plan.enrolment.participant_id == by.pk


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


def versions_as_seen_by(user):
    """Versions that ``user`` sees, each with its plan; ``owned``: of the own plan."""
    own = DevelopmentPlan.objects.owned_by(user).filter(pk=OuterRef("plan"))
    return (
        PlanVersion.objects.visible_to(user)
        .annotate(owned=Exists(own))
        .select_related(
            "author",
            "file",
            "plan__enrolment__participant",
            "plan__enrolment__cohort__track",
            "plan__cohort__track",
        )
    )


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
