"""A new cohort after the example of another: its norms, its meetings, its free days, its team.

Never its people. Everything moves by whole weeks, so that what was on a Tuesday stays there.
"""

import datetime as dt
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db import transaction

from participants.accounts.models import Role
from participants.events.actions import decided
from participants.sessions import actions as meetings
from participants.sessions import series
from participants.sessions.models import Session
from participants.setup.tracks import refuse_archived
from participants.tracks.models import Cohort, CohortBreak

WEEK = dt.timedelta(weeks=1)


@dataclass(frozen=True)
class Moved:
    """A meeting of the example on its new day; ``warnings`` are sentences, none is in the way."""

    session: Session
    date: dt.date
    warnings: list


def moved_by(cohort, starts_on):
    """How far the days of ``cohort`` move when it starts again on ``starts_on``: whole weeks."""
    return round((starts_on - cohort.starts_on) / WEEK) * WEEK


def meetings_of(cohort, new):
    """Every meeting of ``cohort`` that was not called off, as Moved to ``new`` (not saved yet)."""
    shift = moved_by(cohort, new.starts_on)
    sessions = list(cohort.sessions.planned())
    days = series.looked_at_each(
        [(session.kind, session.date + shift) for session in sessions], new
    )
    return [
        Moved(session, day.date, day.warnings) for session, day in zip(sessions, days, strict=True)
    ]


@transaction.atomic
def copy(cohort, *, by, name, starts_on, ends_on, without=(), with_team=True):
    """The new cohort; ``without`` are keys of meetings of ``cohort`` that are left behind.

    Only who coordinates the whole organisation starts a cohort: else PermissionDenied. Raises
    ValidationError: ``track_archived``, or for a name that is taken or dates that cannot be.
    """
    refuse_starting(by)
    refuse_archived(cohort.track)
    new = drafted(cohort, name=name, starts_on=starts_on, ends_on=ends_on)
    new.full_clean()
    new.save()
    moved = [each for each in meetings_of(cohort, new) if each.session.pk not in without]
    meetings.plan_like([(each.session, each.date) for each in moved], new, by=by)
    _copy_breaks(cohort, new)
    if with_team:
        _copy_team(cohort, new, by)
    decided("cohort_copied", new, by=by)
    return new


def drafted(cohort, *, name, starts_on, ends_on):
    """What the copy would be, not saved: the pinned norms and the contact of ``cohort``."""
    facts = ("contact_name", "contact_phone", "contact_when")
    return Cohort(
        track=cohort.track,
        name=name,
        starts_on=starts_on,
        ends_on=ends_on,
        **cohort.norms(),
        **{fact: getattr(cohort, fact) for fact in facts},
    )


def refuse_starting(user):
    """Raises PermissionDenied unless ``user`` coordinates the whole organisation."""
    if not starts_cohorts(user):
        raise PermissionDenied


def starts_cohorts(user):
    """Whether ``user`` coordinates the whole organisation, and so may start a cohort."""
    return Role.objects.of(user, Role.Kind.COORDINATOR).filter(cohort=None).exists()


def _copy_breaks(cohort, new):
    shift = moved_by(cohort, new.starts_on)
    CohortBreak.objects.bulk_create(
        CohortBreak(
            cohort=new,
            name=each.name,
            starts_on=each.starts_on + shift,
            ends_on=each.ends_on + shift,
        )
        for each in cohort.breaks.all()
    )


def _copy_team(cohort, new, by):
    roles = [
        Role(user_id=role.user_id, kind=role.kind, cohort=new)
        for role in cohort.roles.filter(user__is_active=True)
    ]
    for role in Role.objects.bulk_create(roles):
        decided(f"{role.kind}_role_given", role, by=by)
