"""What can happen to meetings. The register has its own module: ``saving.py``."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Case, F, PositiveSmallIntegerField, Value, When
from django.db.models.functions import Least
from django.utils import timezone
from django.utils.translation import gettext as _

from participants.events.actions import decided
from participants.sessions.models import PLANNERS, Attendance, Session
from participants.sessions.saving import save_register
from participants.tracks.models import Cohort

__all__ = ["cancel", "change", "plan", "save_register"]

# Who was there, and on which day, would change with these.
FIXED_BY_REGISTER = {"date", "cohorts"}


@transaction.atomic
def plan(cohorts, *, by, **facts):
    """A new meeting for ``cohorts``; ``facts`` are fields of Session (``minutes`` in minutes).

    Trainers and coordinators plan, and only for cohorts where they are one: else
    PermissionDenied. Raises ValidationError for facts that cannot be, or without a cohort.
    """
    _refuse_planning_for_others(cohorts, by)
    session = Session(**facts)
    session.full_clean()
    session.save()
    session.cohorts.set(cohorts)
    decided("session_planned", session, by=by)
    return session


@transaction.atomic
def change(session, *, by, cohorts=None, **facts):
    """``session`` with other facts; what is left out stays.

    When the length changes, who was there all the time gets the new length and nobody has
    more. Raises PermissionDenied when ``by`` may not plan it, and ValidationError with code
    ``cancelled``, or ``has_register`` for another day or cohort after people were marked.
    """
    session = _locked(session, by)
    if session.cancelled_at:
        raise ValidationError(_("Deze bijeenkomst gaat niet door."), code="cancelled")
    changed = {name for name, fact in facts.items() if getattr(session, name) != fact}
    if cohorts is not None and set(session.cohorts.all()) != set(cohorts):
        _refuse_planning_for_others(cohorts, by)
        changed.add("cohorts")
    if changed & FIXED_BY_REGISTER and session.attendances.exists():
        raise ValidationError(
            _(
                "Er staan al mensen op de presentielijst. De datum en de lichting blijven "
                "daarom zo. Klopt de dag niet? Laat deze vervallen en plan een nieuwe."
            ),
            code="has_register",
        )
    _write(session, facts)
    if "cohorts" in changed:
        session.cohorts.set(cohorts)
    decided("session_changed", session, by=by)
    return session


@transaction.atomic
def cancel(session, *, by):
    """``session`` does not go on; presence at it no longer counts.

    Raises PermissionDenied when ``by`` may not plan it, ValidationError (``cancelled``) when
    somebody was first.
    """
    session = _locked(session, by)
    if session.cancelled_at:
        raise ValidationError(_("Deze bijeenkomst was al afgezegd."), code="cancelled")
    session.cancelled_at, session.cancelled_by = timezone.now(), by
    session.save(update_fields=["cancelled_at", "cancelled_by"])
    decided("session_cancelled", session, by=by)
    return session


def _locked(session, by):
    """The row as it is now, held until the end of the transaction."""
    locked = Session.objects.select_for_update().get(pk=session.pk)
    if not Session.objects.plannable_by(by).filter(pk=session.pk).exists():
        raise PermissionDenied
    return locked


def _refuse_planning_for_others(cohorts, by):
    keys = {cohort.pk for cohort in cohorts}
    if not keys:
        raise ValidationError(_("Kies voor welke lichting dit is."), code="no_cohort")
    if Cohort.objects.with_role(by, *PLANNERS).filter(pk__in=keys).count() < len(keys):
        raise PermissionDenied


def _write(session, facts):
    lasted = session.minutes
    for name, fact in facts.items():
        setattr(session, name, fact)
    session.full_clean()
    if session.minutes != lasted:
        _fit_presence(session, lasted)
        # Whoever has the register open marks against the old length.
        session.register_version += 1
    session.save()


def _fit_presence(session, lasted):
    """Presence for the whole meeting stays so; nobody keeps more than the meeting lasts."""
    now_lasts = Value(session.minutes, output_field=PositiveSmallIntegerField())
    present = When(status=Attendance.Status.PRESENT, minutes=lasted, then=now_lasts)
    Attendance.objects.filter(session=session).update(
        minutes=Case(present, default=Least(F("minutes"), now_lasts))
    )
