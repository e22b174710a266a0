"""Saving the register: one lock, one judgement, one write for the whole list."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from participants.events.actions import decided
from participants.sessions import register, writing
from participants.sessions.models import Attendance, Session
from participants.sessions.writing import Written


@transaction.atomic
def save_register(session, marks, version, *, by, close=True):
    """``marks`` (of register.Mark) as the new state of the people named; the rest stays.

    ``version`` is that of the register that ``by`` looked at. With ``close`` presence counts
    from now on, once everybody has a row; people whom ``by`` may not mark (their own row, or
    another cohort of the meeting) keep it open without a refusal. A register that is closed
    stays closed. The number of queries is the same for any number of people.

    Raises PermissionDenied when ``by`` does not staff the meeting or marks themselves, and
    ValidationError: ``changed`` (somebody saved since), ``cancelled``, ``not_yet_held``,
    ``incomplete`` (only with ``close``), ``unknown_person``, ``named_twice``,
    ``minutes_missing``, ``too_many_minutes``, ``caught_up_incomplete``, ``caught_up_later``.
    """
    session = _locked(session, version, by)
    if close and not session.is_held:
        raise ValidationError(
            _("Deze bijeenkomst is nog niet geweest. De lijst kan nog niet af."),
            code="not_yet_held",
        )
    people = register.persons(session, by)
    marks = [mark for mark in _about(marks, people) if mark.status]
    saved = writing.saved(session)
    missing = _missing(people, {*saved, *(mark.enrolment for mark in marks)})
    if close:
        _refuse_incomplete(missing)
    rows = [_written(mark, session, people[mark.enrolment].name, by) for mark in marks]
    writing.write(session, _different(rows, saved), by=by)
    _next_version(session, close and not missing, by)
    decided("register_saved", session, by=by)
    return session


def _locked(session, version, by):
    session = Session.objects.select_for_update().get(pk=session.pk)
    if not Session.objects.staffed_by(by).filter(pk=session.pk).exists():
        raise PermissionDenied
    if session.cancelled_at:
        raise ValidationError(_("Deze bijeenkomst gaat niet door."), code="cancelled")
    if session.register_version != version:
        raise ValidationError(
            _("Iemand anders bewaarde deze lijst net. Kijk wat er anders is en bewaar opnieuw."),
            code="changed",
        )
    return session


def _about(marks, people):
    """``marks``, when each is about another person whom the actor may mark."""
    keys = [mark.enrolment for mark in marks]
    if any(key in people and people[key].is_own for key in keys):
        raise PermissionDenied
    if not all(key in people and people[key].is_mine for key in keys):
        raise ValidationError(
            _("Op deze lijst staat iemand die niet bij deze bijeenkomst hoort."),
            code="unknown_person",
        )
    if len(set(keys)) < len(keys):
        raise ValidationError(
            _("Op deze lijst staat iemand twee keer. Laat één regel staan."), code="named_twice"
        )
    return marks


def _missing(people, known):
    return [person for key, person in people.items() if key not in known and not person.is_paused]


def _refuse_incomplete(missing):
    if count := sum(person.is_mine for person in missing):
        sentence = ngettext(
            "Van %d persoon weten we nog niets. Vul die regel in, dan is de lijst klaar.",
            "Van %d mensen weten we nog niets. Vul die regels in, dan is de lijst klaar.",
            count,
        )
        raise ValidationError(sentence % count, code="incomplete")


def _written(mark, session, name, by):
    there, done = mark.status in Attendance.THERE, mark.caught_up
    _refuse_catching_up(done, name)
    return Written(
        enrolment=mark.enrolment,
        status=mark.status,
        active=there and _took_part(mark),
        minutes=_minutes(mark, session, name) if there else 0,
        caught_up_what=done.what if done else "",
        caught_up_on=done.on if done else None,
        accepted_by=by.pk if done else None,
    )


def _took_part(mark):
    return mark.status == Attendance.Status.PRESENT if mark.active is None else mark.active


def _minutes(mark, session, name):
    """Present: the whole meeting, unless said otherwise. Partly: as said."""
    minutes = mark.minutes
    if minutes is None and mark.status == Attendance.Status.PRESENT:
        return session.minutes
    if not minutes or minutes < 0:
        raise ValidationError(
            _("Vul in hoeveel minuten %(name)s er was.") % {"name": name}, code="minutes_missing"
        )
    if minutes > session.minutes:
        raise ValidationError(
            _("De bijeenkomst duurde %(minutes)d minuten. Vul bij %(name)s niet meer in.")
            % {"minutes": session.minutes, "name": name},
            code="too_many_minutes",
        )
    return minutes


def _refuse_catching_up(caught_up, name):
    if caught_up is None:
        return
    if not caught_up.what.strip() or not caught_up.on:
        raise ValidationError(
            _("Vul bij %(name)s in wat er is ingehaald, en op welke dag.") % {"name": name},
            code="caught_up_incomplete",
        )
    if caught_up.on > timezone.localdate():
        raise ValidationError(
            _("De dag waarop %(name)s inhaalde, ligt nog voor ons. Kies vandaag of eerder.")
            % {"name": name},
            code="caught_up_later",
        )


def _different(rows, saved):
    """Those of ``rows`` that say something else than before; who accepted the rest stays."""
    return [_still_accepted(row, saved.get(row.enrolment)) for row in rows if _news(row, saved)]


def _news(row, saved):
    before = saved.get(row.enrolment)
    return before is None or before._replace(accepted_by=row.accepted_by) != row


def _still_accepted(row, before):
    if before is None or _caught_up(before) != _caught_up(row):
        return row
    return row._replace(accepted_by=before.accepted_by)


def _caught_up(row):
    return row.caught_up_what, row.caught_up_on


def _next_version(session, close, by):
    session.register_version += 1
    if close and not session.closed_at:
        session.closed_at, session.closed_by = timezone.now(), by
    session.save(update_fields=["register_version", "closed_at", "closed_by"])
