"""What can happen to meetings. The register has its own module: ``saving.py``."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Case, F, PositiveSmallIntegerField, Value, When
from django.db.models.functions import Least
from django.utils import timezone
from django.utils.translation import gettext as _

from participants import mailing
from participants.events.actions import decided
from participants.sessions.catching_up import catch_up
from participants.sessions.models import PLANNERS, Attendance, Session
from participants.sessions.proving import add_proof, remove_proof
from participants.sessions.saving import save_register
from participants.tracks.models import Cohort

__all__ = [
    "add_proof",
    "cancel",
    "catch_up",
    "change",
    "plan",
    "plan_like",
    "plan_series",
    "remove_proof",
    "save_register",
]

# Who was there, and on which day, would change with these.
FIXED_BY_REGISTER = {"date", "cohorts"}
MOST_IN_A_SERIES = 60


@transaction.atomic
def plan(cohorts, *, by, **facts):
    """A new meeting for ``cohorts``; ``facts`` are fields of Session (``minutes`` in minutes).

    Trainers and coordinators plan, and only for cohorts where they are one: else
    PermissionDenied. Raises ValidationError for facts that cannot be, or without a cohort.
    """
    if "date" not in facts:
        raise ValidationError(_("Kies op welke dag het is."), code="no_dates")
    return _planned(cohorts, [facts.pop("date")], facts, by)[0]


@transaction.atomic
def plan_series(cohorts, dates, *, by, **facts):
    """A meeting on each of ``dates``, alike in all else; all of them or none.

    Raises as ``plan`` does, and ValidationError with code ``no_dates``, ``same_day_twice`` or
    ``too_many_dates``. The number of queries is the same for any number of dates.
    """
    if not dates:
        raise ValidationError(_("Laat ten minste één dag staan."), code="no_dates")
    if len(set(dates)) < len(dates):
        raise ValidationError(
            _("Een dag staat er twee keer in. Laat er één staan."), code="same_day_twice"
        )
    if len(dates) > MOST_IN_A_SERIES:
        raise ValidationError(
            _("Plan ten hoogste %d keer tegelijk.") % MOST_IN_A_SERIES, code="too_many_dates"
        )
    return _planned(cohorts, sorted(dates), facts, by)


@transaction.atomic
def plan_like(examples, cohort, *, by):
    """For each (meeting, date) of ``examples`` such a meeting of ``cohort`` on that day.

    Raises PermissionDenied when ``by`` may not plan for ``cohort``.
    """
    _refuse_planning_for_others([cohort], by)
    alike = ("kind", "title", "starts_at", "minutes", "place", "online_link")
    return _kept(
        [
            Session(date=date, **{name: getattr(session, name) for name in alike})
            for session, date in examples
        ],
        [cohort],
        by,
    )


def _planned(cohorts, dates, facts, by):
    _refuse_planning_for_others(cohorts, by)
    sessions = [Session(date=date, **facts) for date in dates]
    sessions[0].full_clean()  # the others differ in their day alone
    return _kept(sessions, cohorts, by)


def _kept(sessions, cohorts, by):
    Session.objects.bulk_create(sessions)
    link = Session.cohorts.through
    link.objects.bulk_create(
        link(session=session, cohort=cohort) for session in sessions for cohort in cohorts
    )
    decided("session_planned", sessions, by=by)
    return sessions


@transaction.atomic
def change(session, *, by, cohorts=None, **facts):
    """``session`` with other facts; what is left out stays.

    Who is expected gets a mail when the day, the time or the place of a meeting to come is
    another. When the length changes, who was there all the time gets the new length and nobody has
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
    before, expected = session.whereabouts, _expected(session)
    _write(session, facts)
    if "cohorts" in changed:
        session.cohorts.set(cohorts)
    moved = session.whereabouts != before
    if moved:
        _note_move(session, before)
        _tell("session_moved", session, expected | _expected(session))
    decided("session_moved" if moved else "session_changed", session, by=by)
    return session


@transaction.atomic
def cancel(session, *, by):
    """``session`` does not go on; presence at it no longer counts. Who was expected gets a mail.

    Raises PermissionDenied when ``by`` may not plan it, ValidationError (``cancelled``) when
    somebody was first.
    """
    session = _locked(session, by)
    if session.cancelled_at:
        raise ValidationError(_("Deze bijeenkomst was al afgezegd."), code="cancelled")
    session.cancelled_at, session.cancelled_by = timezone.now(), by
    _count_change(session)
    session.save()
    _tell("session_cancelled", session, _expected(session))
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
    _count_change(session)
    session.save()


def _count_change(session):
    """So that calendars that have the meeting see that it is another; not written yet."""
    session.sequence += 1
    session.changed_at = timezone.now()


def _note_move(session, before):
    session.moved_at = session.changed_at
    session.was_on, session.was_at, session.was_in = before
    session.save(update_fields=["moved_at", "was_on", "was_at", "was_in"])


def _expected(session):
    """Keys of the people to tell about a change; nobody once the day has gone by."""
    if session.date < timezone.localdate():
        return set()
    return set(session.expected().values_list("participant", flat=True))


def _tell(kind, session, people):
    for person in sorted(people):
        mailing.post(kind, session.pk, person)


def _fit_presence(session, lasted):
    """Presence for the whole meeting stays so; nobody keeps more than the meeting lasts."""
    now_lasts = Value(session.minutes, output_field=PositiveSmallIntegerField())
    present = When(status=Attendance.Status.PRESENT, minutes=lasted, then=now_lasts)
    Attendance.objects.filter(session=session).update(
        minutes=Case(present, default=Least(F("minutes"), now_lasts))
    )
