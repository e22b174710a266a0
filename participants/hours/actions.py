"""What can happen to hours. Every action locks the enrolments of the person first, then asks.

Owners get PermissionDenied on hours of others; so does a reviewer on hours that are not theirs
to review. What cannot be done now is a ValidationError with a code.
"""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from participants.events.actions import decided
from participants.hours import facts, locks, rules
from participants.hours.models import HourEntry
from participants.hours.verdicts import (
    Verdict,
    approve,
    approve_many,
    confirm,
    review,
    send_back,
    take_back,
)

__all__ = [
    "Verdict",
    "approve",
    "approve_many",
    "confirm",
    "correct",
    "edit",
    "log",
    "log_for",
    "restore",
    "review",
    "send_back",
    "submit",
    "take_back",
    "withdraw",
]
Status = HourEntry.Status

# What a reviewer sees and judges; the private note is nobody's business.
SEEN = ("kind", "date", "minutes", "description", "placement", "training_choice")
SEEN += ("starts_at", "ends_at")
CONTENT = (*SEEN, "private_note")
WRITER = ("written_by", "written_note")


@transaction.atomic
def log(
    enrolment, *, by, kind, date, minutes, description="", draft=False, client_id=None, **content
):
    """Hand in hours, or keep them as a draft; the new entry.

    ``content`` may hold placement, training_choice, starts_at, ends_at and private_note. The
    same ``client_id`` (UUID) again gives the entry of the first time. Raises PermissionDenied
    when the enrolment is not of ``by``, and what ``rules.judge`` raises.
    """
    enrolment = locks.own_enrolment(enrolment, by)
    content |= {"kind": kind, "date": date, "minutes": minutes, "description": description}
    entry, _is_new = _written(enrolment, client_id, content, draft=draft)
    return entry


@transaction.atomic
def log_for(enrolment, *, by, note, client_id=None, **content):
    """Hand in hours for a person of a cohort of ``by``, who says in ``note`` why; the entry.

    It stays theirs: they see who wrote it, and may change or withdraw it. ``content`` and
    ``client_id`` as for ``log``. Raises PermissionDenied unless ``by`` reviews this person,
    ValidationError ``note_missing``, and what ``rules.judge`` raises.
    """
    enrolment = locks.staffed_enrolment(enrolment, by)
    if not note.strip():
        raise ValidationError(_("Schrijf op hoe je dit weet."), code="note_missing")
    content |= {"written_by": by, "written_note": note.strip()}
    entry, is_new = _written(enrolment, client_id, content)
    if is_new:
        decided("hours_logged_for", entry, by=by, reason=entry.written_note)
    return entry


@transaction.atomic
def edit(entry, *, by, submit=False, **changes):
    """Change hours of one's own that are not approved; ``submit`` hands them in as well.

    Handed in stays handed in, but a reviewer who saw the old version has to look again.
    Raises ValidationError ``already_approved`` or ``withdrawn``, and what ``rules.judge`` raises.
    """
    entry = locks.own(entry, by)
    _must_be(entry, *HourEntry.EDITABLE)
    before = [getattr(entry, name) for name in SEEN]
    _fill(entry, **changes)
    _judge(entry, facts.about(entry))
    if submit and entry.status != Status.SUBMITTED:
        _hand_in(entry)
    elif entry.status != Status.DRAFT:
        rules.says_what_was_done(entry)
    if before != [getattr(entry, name) for name in SEEN]:
        entry.changed_at = timezone.now()
    return _write(entry, *CONTENT, "changed_at")


@transaction.atomic
def submit(entry, *, by):
    """Hand in a draft, or hours that came back, once more.

    Raises ValidationError ``already_submitted``, ``already_approved`` or ``withdrawn``.
    """
    entry = locks.own(entry, by)
    _must_be(entry, Status.DRAFT, Status.RETURNED)
    rules.judge(entry, facts.about(entry))
    _hand_in(entry)
    return _write(entry)


@transaction.atomic
def withdraw(entry, *, by):
    """Take back hours of one's own that are not approved; ``restore`` undoes it."""
    entry = locks.own(entry, by)
    _must_be(entry, *HourEntry.EDITABLE)
    entry.status = Status.WITHDRAWN
    decided("hours_withdrawn", entry, by=by)
    return _write(entry)


@transaction.atomic
def restore(entry, *, by):
    """Put withdrawn hours back as they were; not those that a correction replaced."""
    entry = locks.own(entry, by)
    _must_be(entry, Status.WITHDRAWN)
    if entry.replaced_at:
        raise ValidationError(_("Deze uren zijn vervangen door een verbetering."), code="replaced")
    if entry.corrects:
        _not_corrected(entry.corrects)
    rules.takes_part(entry)
    rules.fits_in_the_day(entry, facts.about(entry))
    entry.status = _before_withdrawal(entry)
    decided("hours_restored", entry, by=by)
    return _write(entry)


@transaction.atomic
def correct(entry, *, by, client_id=None, **changes):
    """New hours, handed in, that take the place of approved ones as soon as they are approved.

    Until then the old ones count. Raises ValidationError ``not_approved`` or
    ``already_corrected``, and what ``rules.judge`` raises.
    """
    old = locks.own(entry, by)
    if client_id and (first := old.corrections.filter(client_id=client_id).first()):
        return first
    if old.status != Status.APPROVED:
        raise ValidationError(
            _("Deze uren zijn nog niet akkoord. Je kunt ze zelf aanpassen."), code="not_approved"
        )
    _not_corrected(old)
    new = HourEntry(enrolment=old.enrolment, corrects=old, client_id=client_id)
    _fill(new, **{name: getattr(old, name) for name in CONTENT} | changes)
    _judge(new, facts.about(new))
    _hand_in(new)
    new.save()
    decided("hours_corrected", new, by=by)
    return new


def _written(enrolment, client_id, content, *, draft=False):
    """The entry and whether it is new: the same ``client_id`` again gives the first one."""
    entry = HourEntry(enrolment=enrolment, client_id=client_id)
    _fill(entry, **content)
    known = facts.about(entry)
    if known.sent:
        return enrolment.hours.get(pk=known.sent), False
    _judge(entry, known)
    if not draft:
        _hand_in(entry)
    entry.save()
    return entry, True


def _before_withdrawal(entry):
    if entry.submitted_at is None:
        return Status.DRAFT
    return Status.RETURNED if entry.reviewed_at else Status.SUBMITTED


def _fill(entry, **content):
    """Set ``content``; what does not go with the kind goes."""
    if unknown := content.keys() - {*CONTENT, *WRITER}:
        raise TypeError(f"no content of hours: {', '.join(sorted(unknown))}")
    for name, value in content.items():
        setattr(entry, name, value)
    if entry.kind == HourEntry.Kind.WORK and "training_choice" not in content:
        entry.training_choice = None
    if entry.kind == HourEntry.Kind.STUDY and "placement" not in content:
        entry.placement = None


def _judge(entry, known):
    """What ``rules.judge`` says, once the only placement of that day has filled itself in."""
    if entry.kind == HourEntry.Kind.WORK and not entry.placement_id:
        here = known.places_that_day
        entry.placement_id = here[0] if len(here) == 1 else None
    rules.judge(entry, known)


def _hand_in(entry):
    rules.says_what_was_done(entry)
    entry.status, entry.submitted_at = Status.SUBMITTED, timezone.now()
    entry.reviewed_at = entry.reviewed_by = entry.confirmed_by = None


def _write(entry, *fields):
    """Write a held ``entry``, its state and ``fields``; never ``changed_at`` unless it is named."""
    state = ("status", "submitted_at", "reviewed_at", "reviewed_by", "confirmed_by")
    values = {name: getattr(entry, name) for name in (*state, *fields)}
    HourEntry.objects.filter(pk=entry.pk).update(**values)
    return entry


def _not_corrected(old):
    if old.corrections.standing().exists():
        raise ValidationError(
            _("Er is al een verbetering van deze uren."), code="already_corrected"
        )


def _must_be(entry, *statuses):
    if entry.status in statuses:
        return
    code, sentence = {
        Status.APPROVED: (
            "already_approved",
            _("Deze uren zijn al akkoord. Klopt er iets niet? Schrijf dan een verbetering op."),
        ),
        Status.WITHDRAWN: ("withdrawn", _("Deze uren zijn ingetrokken. Zet ze eerst terug.")),
        Status.SUBMITTED: ("already_submitted", _("Deze uren zijn al ingeleverd.")),
    }.get(entry.status, ("not_withdrawn", _("Deze uren zijn niet ingetrokken.")))
    raise ValidationError(sentence, code=code)
