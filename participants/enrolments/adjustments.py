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
    """Give a pause another last day. Raises ValidationError: ``ends_before_it_starts``,
    ``overlaps``."""
    locked = lock_coordinated(pause.enrolment, by)
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


@transaction.atomic
def drop_pause(pause, *, by):
    """Take back a request that nobody confirmed: by who asked, or by a coordinator.

    Raises PermissionDenied, and ValidationError (code ``already_confirmed``).
    """
    locked = lock(pause.enrolment)
    mine = pause.requested_by_id == by.pk
    if not mine and not Enrolment.objects.coordinated_by(by).filter(pk=locked.pk).exists():
        raise PermissionDenied
    waiting = Pause.objects.awaiting_confirmation().filter(pk=pause.pk)
    if not waiting.exists():
        raise ValidationError(_("Deze pauze staat al vast."), code="already_confirmed")
    decided("pause_dropped", pause, by=by)
    waiting.delete()


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
