"""Who acts on whose certificate (domain: who may do what).

A coordinator does, never on one's own. Where every coordinator is barred, because the certificate
is theirs or because they alone assessed, an administrator stands in: no rule ends in a deadlock.
"""

from django.db.models import Count, Exists, Min, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce

from participants.accounts.models import Role
from participants.interviews.models import FinalInterview
from participants.models import Cohort, Enrolment

NOBODY = Value(0)
Kind = Role.Kind


def handled_by(user):
    """Enrolments whose certificates are ``user``'s work, as coordinator or standing in."""
    mine = Enrolment.objects.coordinated_by(user).values("pk")
    return Enrolment.objects.filter(Q(pk__in=mine) | Q(pk__in=_stood_in_by(user).values("pk")))


def issuable_by(user):
    """Those of ``handled_by`` where ``user`` was not the only one who assessed."""
    return _with_only_assessor(handled_by(user)).exclude(only_assessor=user.pk)


def open_to(user):
    """Enrolments that ``user`` sees anyway, and those in which ``user`` stands in."""
    seen = Enrolment.objects.visible_to(user).values("pk")
    return Enrolment.objects.filter(Q(pk__in=seen) | Q(pk__in=_stood_in_by(user).values("pk")))


def cohorts_of(user):
    """Cohorts in which ``user`` has certificates to make or to mind."""
    standing_in = _stood_in_by(user).filter(cohort=OuterRef("pk"))
    mine = Cohort.objects.coordinated_by(user).values("pk")
    return Cohort.objects.filter(Q(pk__in=mine) | Exists(standing_in))


def holders(kind, cohort, but=()):
    """The roles of ``kind`` in ``cohort`` or organisation-wide, without those of the users ``but``.

    Both may be values or expressions about an outer row.
    """
    held = Role.objects.filter(kind=kind, user__is_active=True)
    held = held.filter(Q(cohort=cohort) | Q(cohort=None))
    for person in but:
        held = held.exclude(user=person)
    return held


def _stood_in_by(user):
    """Enrolments of others of which every coordinator is barred, for an administrator."""
    cohort, barred = OuterRef("cohort"), [OuterRef("participant"), OuterRef("only_assessor")]
    rows = _with_only_assessor(Enrolment.objects.handled_by(user, Kind.ADMINISTRATOR))
    return rows.filter(
        Exists(holders(Kind.COORDINATOR, cohort)),
        ~Exists(holders(Kind.COORDINATOR, cohort, but=barred)),
    )


def _with_only_assessor(enrolments):
    """Adds ``only_assessor``: the key of who alone rated the interview that was passed, or 0."""
    passed = FinalInterview.objects.passed().filter(enrolment=OuterRef("pk")).order_by()
    rated = passed.filter(seats__left_at=None, seats__rated_at__isnull=False).values("enrolment")
    alone = rated.annotate(sat=Count("seats"), who=Min("seats__assessor")).filter(sat=1)
    return enrolments.annotate(only_assessor=Coalesce(Subquery(alone.values("who")), NOBODY))
