"""Pauses and exemptions: what changes the measure for one person.

Callers reach these through ``participants.enrolments.actions``.
"""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from participants.enrolments.locking import given, lock, lock_coordinated
from participants.enrolments.models import Enrolment, Exemption, Pause
from participants.events.actions import decided

# Pauses: dates, never a reason


@transaction.atomic
def request_pause(enrolment, starts_on, ends_on=None, *, by):
    """Ask for a time away, also afterwards; a coordinator's own request stands at once.

    Participants ask for themselves and staff for their people. Raises PermissionDenied, and
    ValidationError: ``not_active``, ``ends_before_it_starts``, ``overlaps``.
    """
    locked = lock(enrolment)
    rows = Enrolment.objects.filter(pk=locked.pk)
    if not (rows.owned_by(by).exists() or rows.staffed_by(by).exists()):
        raise PermissionDenied
    _judge_pause(locked, starts_on, ends_on)
    stands = rows.coordinated_by(by).exists()
    pause = Pause.objects.create(
        enrolment=locked,
        starts_on=starts_on,
        ends_on=ends_on,
        requested_by=by,
        confirmed_by=by if stands else None,
        confirmed_at=timezone.now() if stands else None,
    )
    decided("pause_confirmed" if stands else "pause_requested", pause, by=by)
    return pause


def _judge_pause(locked, starts_on, ends_on):
    if locked.status != Enrolment.Status.ACTIVE:
        raise ValidationError(_("Een pauze kan alleen bij wie nu meedoet."), code="not_active")
    if ends_on and ends_on < starts_on:
        raise ValidationError(
            _("De laatste dag ligt voor de eerste dag. Draai ze om."), code="ends_before_it_starts"
        )
    if locked.pauses.overlapping(starts_on, ends_on).exists():
        raise ValidationError(
            _("Er staat al een pauze in deze dagen. Kies andere dagen."), code="overlaps"
        )


@transaction.atomic
def confirm_pause(pause, *, by):
    """Let a requested pause count. Raises ValidationError: ``already_confirmed``."""
    lock_coordinated(pause.enrolment, by)
    waiting = Pause.objects.awaiting_confirmation().filter(pk=pause.pk)
    if not waiting.update(confirmed_by=by, confirmed_at=timezone.now()):
        raise ValidationError(_("Deze pauze staat al vast."), code="already_confirmed")
    decided("pause_confirmed", pause, by=by)


@transaction.atomic
def end_pause(pause, last_day, *, by):
    """Give a pause another last day. Coordinators any; who it is about an earlier one only.

    Raises PermissionDenied, and ValidationError: ``ends_before_it_starts``, ``overlaps``,
    ``later`` where only a coordinator may.
    """
    locked = lock(pause.enrolment)
    pause = Pause.objects.get(pk=pause.pk)
    rows = Enrolment.objects.filter(pk=locked.pk)
    if not rows.coordinated_by(by).exists():
        _back_sooner(pause, last_day, rows.owned_by(by).exists())
    if last_day < pause.starts_on:
        raise ValidationError(
            _("De laatste dag ligt voor de eerste dag."), code="ends_before_it_starts"
        )
    others = locked.pauses.exclude(pk=pause.pk)
    if others.overlapping(pause.starts_on, last_day).exists():
        raise ValidationError(
            _("Er staat al een pauze in deze dagen. Kies een andere dag."), code="overlaps"
        )
    Pause.objects.filter(pk=pause.pk).update(ends_on=last_day)
    decided("pause_ended", pause, by=by)


def _back_sooner(pause, last_day, is_own):
    """One ends one's own pause sooner: that asks more of oneself, never less."""
    if not is_own or pause.confirmed_at is None:
        raise PermissionDenied
    if pause.ends_on and last_day > pause.ends_on:
        raise ValidationError(
            _("Langer pauze? Vraag het je coördinator. Korter kun je hier zelf regelen."),
            code="later",
        )


@transaction.atomic
def drop_pause(pause, *, by):
    """Take a pause away: a request by who asked for it, any pause by a coordinator.

    Raises PermissionDenied, and ValidationError: ``already_confirmed`` where only a coordinator
    may, ``already_gone``.
    """
    locked = lock(pause.enrolment)
    decides = Enrolment.objects.coordinated_by(by).filter(pk=locked.pk).exists()
    if not decides and pause.requested_by_id != by.pk:
        raise PermissionDenied
    row = Pause.objects.filter(pk=pause.pk).first()
    if row is None:
        raise ValidationError(_("Deze pauze was al weg."), code="already_gone")
    if row.confirmed_at and not decides:
        raise ValidationError(_("Deze pauze staat al vast."), code="already_confirmed")
    decided("pause_removed" if row.confirmed_at else "pause_dropped", row, by=by)
    row.delete()


# Exemptions


@transaction.atomic
def exempt(enrolment, criterion, *, by, reason, minutes=None):
    """Let ``criterion`` count as met, or lower its norm by ``minutes``; returns the Exemption.

    Raises ValidationError: ``reason_needed``, ``only_hours_by_minutes``, ``already_exempted``.
    """
    locked = lock_coordinated(enrolment, by)
    if minutes is not None and (minutes < 1 or criterion not in ("work", "study")):
        raise ValidationError(
            _("Alleen bij studie en werk gaan er uren af. Laat de uren leeg."),
            code="only_hours_by_minutes",
        )
    facts = {"criterion": criterion, "minutes": minutes, "reason": given(reason)}
    try:
        with transaction.atomic():
            exemption = Exemption.objects.create(enrolment=locked, granted_by=by, **facts)
    except IntegrityError as clash:
        raise ValidationError(
            _("Er is al een vrijstelling voor deze voorwaarde."), code="already_exempted"
        ) from clash
    # The reason stands on the exemption alone: it is for fewer eyes than the event.
    decided("exempted", exemption, by=by)
    return exemption


@transaction.atomic
def withdraw_exemption(exemption, *, by):
    """Let the criterion count again as it is. Raises ValidationError: ``already_withdrawn``."""
    lock_coordinated(exemption.enrolment, by)
    standing = Exemption.objects.standing().filter(pk=exemption.pk)
    if not standing.update(withdrawn_by=by, withdrawn_at=timezone.now()):
        raise ValidationError(_("Deze vrijstelling was al ingetrokken."), code="already_withdrawn")
    decided("exemption_withdrawn", exemption, by=by)
