"""Catching up: meetings that one person missed, accepted in one go (domain: lessons)."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _

from participants.enrolments.models import Enrolment, Pause
from participants.events.actions import decided
from participants.sessions.models import Attendance, Session


def missed(enrolment):
    """The meetings that do not count for ``enrolment`` yet and can be caught up, oldest first.

    Their register is closed; adds ``status``: what it says of this person, None without a row.
    An event asks no presence, nor does a day within a confirmed pause: those are never missed.
    """
    rows = Attendance.objects.filter(session=OuterRef("pk"), enrolment=enrolment)
    pause = Pause.objects.confirmed().covering(OuterRef("date")).filter(enrolment=enrolment)
    achieved = Attendance.objects.filter(enrolment=enrolment).achieved()
    return (
        Session.objects.planned()
        .filter(closed_at__isnull=False, cohorts=enrolment.cohort_id)
        .filter(_within(enrolment))
        .exclude(kind=Session.Kind.EVENT)
        .exclude(Exists(pause))
        .exclude(pk__in=achieved.values("session"))
        .annotate(status=Subquery(rows.values("status")[:1]))
        .order_by("date", "pk")
    )


@transaction.atomic
def catch_up(enrolment, sessions, *, what, on, by):
    """Let each of ``sessions`` that ``enrolment`` missed count as caught up; returns the rows.

    ``what`` was done and ``on`` which day; ``by`` accepts it. The number of queries is the same
    for any number of meetings. Raises PermissionDenied when ``by`` does not staff this person
    or it is ``by``, and ValidationError: ``no_meetings``, ``not_missed`` (somebody was first,
    or the register is open again), ``caught_up_incomplete``, ``caught_up_later``.
    """
    if not Enrolment.objects.staffed_by(by).admitted().filter(pk=enrolment.pk).exists():
        raise PermissionDenied
    _judge(what, on)
    keys = {session.pk for session in sessions}
    if not keys:
        raise ValidationError(_("Kies wat er is ingehaald."), code="no_meetings")
    # The meetings, as the register locks them. Not the enrolment: a register that is saved holds
    # a meeting and then asks for its people, so the other way round the two could wait for ever.
    held = Session.objects.filter(pk__in=keys).order_by("pk").select_for_update()
    list(held.values_list("pk", flat=True))
    if missed(enrolment).filter(pk__in=keys).count() < len(keys):
        raise ValidationError(
            _("Een van deze bijeenkomsten telt al, of de lijst is nog niet klaar. Kijk opnieuw."),
            code="not_missed",
        )
    rows = _write(enrolment, keys, {"what": what.strip(), "on": on}, by)
    # Whoever has one of these registers open sees that it changed.
    Session.objects.filter(pk__in=keys).update(register_version=F("register_version") + 1)
    decided("caught_up", rows, by=by)
    return rows


def _within(enrolment):
    days = Q(date__gte=enrolment.starts_on)
    return days & Q(date__lte=enrolment.ends_on) if enrolment.ends_on else days


def _judge(what, on):
    if not what.strip() or on is None:
        raise ValidationError(
            _("Schrijf op wat er is ingehaald, en op welke dag."), code="caught_up_incomplete"
        )
    if on > timezone.localdate():
        raise ValidationError(
            _("Deze dag ligt nog voor ons. Kies vandaag of eerder."), code="caught_up_later"
        )


def _write(enrolment, keys, done, by):
    """One statement for the rows that are there, one for who has none: they came in later."""
    facts = {
        "caught_up_what": done["what"],
        "caught_up_on": done["on"],
        "caught_up_accepted_by": by,
    }
    there = Attendance.objects.filter(enrolment=enrolment, session__in=keys)
    there.update(**facts)
    known = set(there.values_list("session", flat=True))
    Attendance.objects.bulk_create(
        Attendance(
            session_id=key,
            enrolment=enrolment,
            status=Attendance.Status.ABSENT,
            recorded_by=by,
            **facts,
        )
        for key in sorted(keys - known)
    )
    return list(there.order_by("session"))
