"""What waits for supervisors, and for how long: the coordinator's list."""

from django.db.models import Count, Exists, F, Min, OuterRef, Q, Subquery
from django.utils import timezone

from participants.confirmations.asking import next_mail_at
from participants.confirmations.models import ConfirmationRequest
from participants.hours.models import HourEntry
from participants.placements.models import Placement, Supervisor

LONG_WAIT_DAYS = 7


def without_place(user):
    """How many of those lines have no learning place, and so nobody to ask."""
    return waiting_work(user).filter(placement=None).count()


def waiting_work(user):
    """The work hours that wait for an answer, of the people whose hours ``user`` reviews."""
    return HourEntry.objects.awaiting_review().reviewable_by(user).filter(kind=HourEntry.Kind.WORK)


def figures(user):
    """All supervisors that ``user`` sees, with figures of the open hours that ``user`` sees.

    Each has ``lines``, ``oldest_day``, ``waiting_since`` and the key of the ``last_request``.
    """
    theirs = waiting_work(user).filter(placement__supervisor=OuterRef("pk")).order_by()
    sums = theirs.values("placement__supervisor")
    return Supervisor.objects.visible_to(user).annotate(
        lines=Subquery(sums.annotate(n=Count("pk")).values("n")),
        oldest_day=Subquery(sums.annotate(day=Min("date")).values("day")),
        waiting_since=Subquery(sums.annotate(moment=Min("submitted_at")).values("moment")),
        last_request=Subquery(
            ConfirmationRequest.objects.mailed().filter(supervisor=OuterRef("pk")).values("pk")[:1]
        ),
    )


def supervisors(user):
    """Those with something open or to be arranged, the longest waiting first."""
    guided = Placement.objects.visible_to(user).open().filter(supervisor=OuterRef("pk"))
    to_arrange = Q(introduced_at=None) | Q(stopped_at__isnull=False)
    asked = figures(user).filter(Q(lines__gt=0) | to_arrange & Exists(guided))
    return asked.order_by(F("waiting_since").asc(nulls_last=True), "name", "pk")


def with_requests(rows):
    """``rows`` as a list; each gets ``request`` (the last mailed), ``next_mail_at``, ``tone``."""
    rows = list(rows)
    requests = ConfirmationRequest.objects.select_related("supervisor", "posting").in_bulk(
        [row.last_request for row in rows if row.last_request]
    )
    for row in rows:
        row.request = requests.get(row.last_request)
        row.next_mail_at = next_mail_at(row.request and row.request.created_at)
        days = (timezone.now() - row.waiting_since).days if row.waiting_since else 0
        row.tone = "yellow" if days >= LONG_WAIT_DAYS else ""
    return rows


def guided(user, supervisor):
    """The placements with ``supervisor`` that ``user`` may see, those of today first."""
    placements = Placement.objects.visible_to(user).filter(supervisor=supervisor)
    rows = placements.select_related("enrolment__participant", "place")
    return rows.order_by(F("ends_on").desc(nulls_first=True), "-starts_on", "pk")


def history(user, supervisor):
    """What was asked of ``supervisor``, the latest first; counts of the lines ``user`` may see."""
    mine = Q(lines__entry__in=HourEntry.objects.visible_to(user))
    return supervisor.requests.select_related(
        "supervisor", "posting", "shown_by", "revoked_by"
    ).annotate(
        asked=Count("lines", filter=mine),
        right=Count("lines", filter=mine & Q(lines__answer="yes")),
        wrong=Count("lines", filter=mine & Q(lines__answer="no")),
    )
