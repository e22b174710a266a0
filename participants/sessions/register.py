"""The register of one meeting: who is on it, and what is known of each of them.

Who takes part in the meeting and also works on it never marks their own row: somebody else
of the staff does. In a meeting of several cohorts you see and mark the people of the cohorts
where you have a role; the register closes when nobody of any cohort is missing.
"""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q

from participants.enrolments.models import Enrolment, Pause
from participants.sessions.models import Attendance


@dataclass(frozen=True)
class CaughtUp:
    """What somebody did instead of the meeting, and on which day."""

    what: str
    on: dt.date


@dataclass(frozen=True)
class Mark:
    """What page or API say of one person. None for ``active`` and ``minutes``: the preset.

    ``status`` None: not known yet; such a mark changes nothing.
    """

    enrolment: int
    status: str | None = None
    active: bool | None = None
    minutes: int | None = None
    caught_up: CaughtUp | None = None


@dataclass(frozen=True)
class Row:
    """One person on the register, and the mark that was saved (``status`` None: none yet)."""

    enrolment: Enrolment
    mark: Mark
    recorded_by: object = None

    @property
    def name(self):
        return self.enrolment.participant.name

    @property
    def is_paused(self):
        return self.enrolment.is_paused


def people(session, user):
    """Everybody on the register of ``session``, for ``user``.

    Adds ``is_mine`` (``user`` may mark this person), ``is_own`` (it is ``user``) and
    ``is_paused`` (no row is asked: a confirmed pause covers the day).
    """
    mine = Enrolment.objects.staffed_by(user).filter(pk=OuterRef("pk"))
    pause = Pause.objects.confirmed().covering(session.date).filter(enrolment=OuterRef("pk"))
    return (
        session.people()
        .annotate(is_mine=Exists(mine), is_own=Q(participant=user), is_paused=Exists(pause))
        .select_related("participant", "cohort")
        .by_name()
    )


@dataclass(frozen=True, slots=True)
class Person:
    """As little of somebody on the register as saving it asks for; see ``people``."""

    enrolment: int
    name: str
    is_mine: bool
    is_own: bool
    is_paused: bool


def persons(session, user):
    """Everybody on the register of ``session`` as {enrolment key: Person}, in one light query."""
    named = people(session, user).order_by().select_related(None)
    facts = named.values_list("pk", "participant__name", "is_mine", "is_own", "is_paused")
    return {found[0]: Person(*found) for found in facts}


def rows(session, user):
    """The people whom ``user`` may mark, in order of name; two queries for any number."""
    saved = {row.enrolment_id: row for row in _saved(session)}
    return [
        _row(enrolment, saved.get(enrolment.pk))
        for enrolment in people(session, user).filter(is_mine=True)
    ]


def on_paper(session, user):
    """The facts of ``attendance_list_pdf``: who is expected, of those whom ``user`` sees.

    Not who has a pause; the own row of ``user`` too, because on paper everybody signs.
    """
    expected = people(session, user).filter(Q(is_mine=True) | Q(is_own=True), is_paused=False)
    cohorts = session.cohorts.visible_to(user).select_related("track").order_by("pk")
    return {
        "title": session.title,
        "kind": session.get_kind_display(),
        "date": session.date.isoformat(),
        "starts_at": session.starts_at,
        "ends_at": session.ends_at,
        "place": session.place,
        "cohorts": [str(cohort) for cohort in cohorts],
        "provider": cohorts[0].track.provider,
        "names": [enrolment.participant.name for enrolment in expected],
    }


def mark_of(attendance):
    """What ``attendance`` says, as page and API send it."""
    caught_up = None
    if attendance.caught_up_on:
        caught_up = CaughtUp(attendance.caught_up_what, attendance.caught_up_on)
    return Mark(
        enrolment=attendance.enrolment_id,
        status=attendance.status,
        active=attendance.actively_participated,
        minutes=attendance.minutes,
        caught_up=caught_up,
    )


def _saved(session):
    return Attendance.objects.filter(session=session).select_related("recorded_by")


def _row(enrolment, attendance):
    if attendance is None:
        return Row(enrolment, Mark(enrolment.pk))
    return Row(enrolment, mark_of(attendance), attendance.recorded_by)
