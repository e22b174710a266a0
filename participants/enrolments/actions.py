"""What can happen to an enrolment: admission, its end, the name, pauses, exemptions.

Deciding is for coordinators, and never about oneself: ``Enrolment.objects.coordinated_by``
holds both. Each act locks the enrolment first and then judges it, and leaves one decision row.
"""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from participants.accounts import actions as accounts
from participants.accounts import names
from participants.accounts.models import User
from participants.enrolments.adjustments import (
    confirm_pause,
    drop_pause,
    end_pause,
    exempt,
    request_pause,
    withdraw_exemption,
)
from participants.enrolments.inviting import invite
from participants.enrolments.locking import given, lock, lock_coordinated
from participants.enrolments.models import Enrolment
from participants.events.actions import decided
from participants.mailing import post
from participants.paper.names import refusal
from participants.tracks.models import Cohort

__all__ = [
    "add_person",
    "admit",
    "complete",
    "confirm_name",
    "confirm_pause",
    "decline",
    "drop_pause",
    "end_pause",
    "enrol",
    "enrol_all",
    "exempt",
    "reactivate",
    "record_name_confirmation",
    "register_application",
    "request_pause",
    "resume",
    "set_entries_until",
    "stop",
    "withdraw_exemption",
]

Status = Enrolment.Status


# Admission


def enrol(person, cohort, *, by, starts_on=None, reason=""):
    """Let ``person`` take part in ``cohort`` from ``starts_on`` (default its first day).

    Raises PermissionDenied unless ``by`` coordinates the cohort and is somebody else, and
    ValidationError (code ``already_enrolled``).
    """
    return enrol_all([(person, starts_on)], cohort, by=by, reason=reason)[0]


@transaction.atomic
def enrol_all(people, cohort, *, by, reason=""):
    """Enrol each (person, first day or None) of ``people``, all or none; see ``enrol``.

    Each gets a mail that says how to log in, unless the cohort is over.
    """
    _coordinates(by, cohort, people=[person for person, _day in people])
    rows = [
        Enrolment(
            participant=person,
            cohort=cohort,
            status=Status.ACTIVE,
            starts_on=starts_on or cohort.starts_on,
            decided_by=by,
            decided_at=timezone.now(),
            decision_reason=reason,
        )
        for person, starts_on in people
    ]
    enrolled = _inserted(rows, "enrolled", by=by, reason=reason)
    if cohort.ends_on >= timezone.localdate():
        for row in enrolled:
            invite(row.pk)
    return enrolled


@transaction.atomic
def register_application(person, cohort, *, by, **preferences):
    """Put ``person`` on the list of applicants; ``preferences`` are the two of the model.

    Raises as ``enrol`` does. Somebody decides later: ``admit`` or ``decline``.
    """
    _coordinates(by, cohort, people=[person])
    row = Enrolment(participant=person, cohort=cohort, starts_on=cohort.starts_on, **preferences)
    return _inserted([row], "applied", by=by)[0]


@transaction.atomic
def add_person(cohort, *, name, email, phone="", admitted, by, starts_on=None, preferences=None):
    """Somebody new in ``cohort``: let in at once, or on the list of applicants.

    A known e-mail address is that person; the name of the account then stays as it is.
    Raises as ``enrol`` and ``accounts.actions.register`` do.
    """
    person = User.objects.filter(email__iexact=email.strip()).first()
    person = person or accounts.register(name=name, email=email, phone=phone, by=by)
    if admitted:
        return enrol(person, cohort, by=by, starts_on=starts_on)
    return register_application(person, cohort, by=by, **(preferences or {}))


@transaction.atomic
def admit(enrolment, *, by, reason, starts_on=None):
    """Let an applicant take part from ``starts_on``, and mail how to log in.

    Without a day: from today where the cohort is under way, else from its first day. What was
    held before is not asked of who comes later (domain: lessons). Raises ValidationError:
    ``reason_needed``, ``already_decided``, ``outside_the_cohort``.
    """
    starts_on = starts_on or first_day(enrolment.cohort)
    if not enrolment.cohort.starts_on <= starts_on <= enrolment.cohort.ends_on:
        raise ValidationError(
            _("Kies een dag waarop de lichting bezig is."), code="outside_the_cohort"
        )
    admitted = _decide(
        enrolment, Status.ACTIVE, "admitted", by=by, reason=reason, starts_on=starts_on
    )
    invite(admitted.pk)
    return admitted


@transaction.atomic
def decline(enrolment, *, by, reason):
    """Tell an applicant no, with the reason, and mail that there is a decision.

    Raises as ``admit`` does.
    """
    declined = _decide(enrolment, Status.DECLINED, "declined", by=by, reason=reason)
    post("application_declined", declined.pk)
    return declined


def first_day(cohort):
    """From when somebody takes part who is admitted today."""
    return timezone.localdate() if cohort.is_running else cohort.starts_on


def _decide(enrolment, status, act, *, by, reason, **facts):
    locked = lock_coordinated(enrolment, by)
    facts |= {"decided_by": by, "decided_at": timezone.now(), "decision_reason": given(reason)}
    if not _moved(locked, [Status.APPLIED], status, **facts):
        raise ValidationError(_("Over deze aanmelding is al besloten."), code="already_decided")
    decided(act, locked, by=by, reason=facts["decision_reason"])
    return _fresh(locked)


# The end, and on again


@transaction.atomic
def stop(enrolment, *, by, last_day=None):
    """End the part that somebody takes, with ``last_day`` (default today). No reason is kept.

    Raises ValidationError: ``not_active``, ``too_early`` before the first day.
    """
    locked = lock_coordinated(enrolment, by)
    last_day = last_day or timezone.localdate()
    if last_day < locked.starts_on:
        raise ValidationError(
            _("De laatste dag ligt voor de eerste dag. Kies een latere datum."), code="too_early"
        )
    if not _moved(locked, [Status.ACTIVE], Status.STOPPED, ends_on=last_day):
        raise ValidationError(_("Deze persoon doet nu niet mee."), code="not_active")
    decided("stopped", locked, by=by)
    return _fresh(locked)


@transaction.atomic
def resume(enrolment, *, by):
    """Let somebody who stopped take part again. Raises ValidationError: ``not_stopped``."""
    locked = lock_coordinated(enrolment, by)
    if not _moved(locked, [Status.STOPPED], Status.ACTIVE, ends_on=None):
        raise ValidationError(_("Deze persoon was niet gestopt."), code="not_stopped")
    decided("resumed", locked, by=by)
    return _fresh(locked)


def complete(enrolments, *, by, within=None):
    """Mark those of ``enrolments`` that are active as completed; return their keys.

    Safe to repeat. Raises PermissionDenied when one of them is not in ``within``: enrolments that
    ``by`` may decide on, by default those that ``by`` coordinates.
    """
    return _move_all(enrolments, Status.ACTIVE, Status.COMPLETED, "completed", by, within)


def reactivate(enrolments, *, by, within=None):
    """The reverse of ``complete``, for a certificate that is revoked."""
    return _move_all(enrolments, Status.COMPLETED, Status.ACTIVE, "reactivated", by, within)


@transaction.atomic
def _move_all(enrolments, before, after, act, by, within):
    keys = [enrolment.pk for enrolment in enrolments]
    locked = list(Enrolment.objects.select_for_update().filter(pk__in=keys).order_by("pk"))
    within = Enrolment.objects.coordinated_by(by) if within is None else within
    if within.filter(pk__in=keys).count() != len(locked):
        raise PermissionDenied
    moved = [row for row in locked if row.status == before]
    Enrolment.objects.filter(pk__in=[row.pk for row in moved]).update(status=after)
    decided(act, moved, by=by)
    return [row.pk for row in moved]


@transaction.atomic
def set_entries_until(enrolment, day, *, by):
    """Accept hours dated until ``day`` for this person; None: the rule of the cohort again.

    Raises ValidationError: ``too_early`` before the person's first day.
    """
    locked = lock_coordinated(enrolment, by)
    if day and day < locked.starts_on:
        raise ValidationError(
            _("Deze dag ligt voor de eerste dag. Kies een latere datum."), code="too_early"
        )
    Enrolment.objects.filter(pk=locked.pk).update(entries_until=day)
    decided("entries_until_set", locked, by=by)
    return _fresh(locked)


# The name as printed


@transaction.atomic
def confirm_name(enrolment, name, *, by):
    """The participant says how the certificate must print the name.

    Raises PermissionDenied for anyone else, and ValidationError for a name that cannot be, with
    code ``name_not_printable`` where the fonts lack a character of it.
    """
    locked = lock(enrolment)
    if not Enrolment.objects.owned_by(by).filter(pk=locked.pk).exists():
        raise PermissionDenied
    return _named(locked, name, by=by, how="")


@transaction.atomic
def record_name_confirmation(enrolment, name, *, by, how):
    """Note that the participant confirmed ``name`` otherwise, for example "per telefoon"."""
    locked = lock_coordinated(enrolment, by)
    if not how.strip():
        raise ValidationError(
            _("Schrijf op hoe de naam bevestigd is, bijvoorbeeld: per telefoon."), code="how_needed"
        )
    return _named(locked, name, by=by, how=how.strip())


def _named(locked, name, *, by, how):
    name = names.cleaned(name)
    if sentence := refusal(name):
        raise ValidationError(sentence, code="name_not_printable")
    Enrolment.objects.filter(pk=locked.pk).update(
        certificate_name=name,
        name_confirmed_at=timezone.now(),
        name_confirmed_by=by,
        name_confirmed_how=how,
    )
    decided("name_confirmed", locked, by=by)
    return _fresh(locked)


# Shared


def _coordinates(by, cohort, *, people):
    """Raise PermissionDenied unless ``by`` may set up ``cohort``, and is none of ``people``.

    The cohort is held: nobody puts it away meanwhile because it is empty.
    """
    held = Cohort.objects.coordinated_by(by).select_for_update(of=("self",), no_key=True)
    if by in people or not held.filter(pk=cohort.pk):
        raise PermissionDenied


def _inserted(rows, act, *, by, reason=""):
    try:
        with transaction.atomic():
            Enrolment.objects.bulk_create(rows)
    except IntegrityError as clash:
        raise ValidationError(
            _("Deze persoon staat al in deze lichting."), code="already_enrolled"
        ) from clash
    decided(act, rows, by=by, reason=reason)
    return rows


def _moved(locked, before, after, **facts):
    rows = Enrolment.objects.filter(pk=locked.pk, status__in=before)
    return rows.update(status=after, **facts)


def _fresh(locked):
    return Enrolment.objects.get(pk=locked.pk)
