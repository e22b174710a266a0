"""What can happen to hours. Every action locks the enrolments of the person first, then asks.

Owners get PermissionDenied on hours of others; so does a reviewer on hours that are not theirs
to review. What cannot be done now is a ValidationError with a code.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from participants.events.actions import decided
from participants.hours import locks, rules
from participants.hours.models import HourEntry
from participants.placements.models import Placement

Status = HourEntry.Status

# What a reviewer sees and judges; the private note is nobody's business.
SEEN = ("kind", "date", "minutes", "description", "placement", "training_choice")
SEEN += ("starts_at", "ends_at")
CONTENT = (*SEEN, "private_note")


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
    if client_id and (first := enrolment.hours.filter(client_id=client_id).first()):
        return first
    entry = HourEntry(enrolment=enrolment, client_id=client_id)
    _fill(entry, kind=kind, date=date, minutes=minutes, description=description, **content)
    rules.judge(entry)
    if not draft:
        _hand_in(entry)
    entry.save()
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
    rules.judge(entry)
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
    rules.judge(entry)
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
    """Put withdrawn hours back as a draft; not those that a correction replaced."""
    entry = locks.own(entry, by)
    _must_be(entry, Status.WITHDRAWN)
    if entry.replaced_at:
        raise ValidationError(_("Deze uren zijn vervangen door een verbetering."), code="replaced")
    if entry.corrects:
        _not_corrected(entry.corrects)
    rules.takes_part(entry)
    rules.fits_in_the_day(entry)
    entry.status = Status.DRAFT
    entry.submitted_at = entry.reviewed_at = entry.reviewed_by = None
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
    rules.judge(new)
    _hand_in(new)
    new.save()
    decided("hours_corrected", new, by=by)
    return new


@dataclass(frozen=True)
class Verdict:
    """One reviewer's answer to one entry; ``seen`` is the ``changed_at`` that they looked at."""

    entry: HourEntry
    approved: bool
    reason: str = ""  # what has to change, when it goes back
    note: str = ""  # beside an approval
    seen: dt.datetime | None = None


def approve(entry, *, by, note="", seen=None):
    """Let the minutes of ``entry`` count; the entry.

    Raises ValidationError ``already_reviewed`` when someone was first, ``changed`` when it is
    not what ``by`` saw, ``not_submitted`` when its owner took it back.
    """
    return _review_one(Verdict(entry, approved=True, note=note, seen=seen), by)


def send_back(entry, *, by, reason, seen=None):
    """Return ``entry`` to its owner with what has to change; raises as ``approve`` does.

    Without a reason: ValidationError ``reason_missing``.
    """
    return _review_one(Verdict(entry, approved=False, reason=reason, seen=seen), by)


def approve_many(entries, *, by):
    """Approve each of ``entries`` as it is in hand; ``{pk: refusal}`` of those that were not."""
    return review([Verdict(e, approved=True, seen=e.changed_at) for e in entries], by=by)


@transaction.atomic
def review(verdicts: Sequence[Verdict], *, by):
    """Give each entry its own answer; ``{pk: refusal}`` of the lines that could not have one.

    One refused line leaves the others. Raises PermissionDenied when one is not ``by``'s to review.
    """
    held = locks.held(HourEntry.objects.reviewable_by(by), {each.entry.pk for each in verdicts})
    refused, answered = {}, []
    for verdict in verdicts:
        entry = held[verdict.entry.pk]
        try:
            _can_be_answered(entry, verdict, by)
        except ValidationError as refusal:
            refused[entry.pk] = refusal
        else:
            answered.append(_answer(entry, verdict, by))
    _record(answered, by)
    return refused


def _review_one(verdict, by):
    refused = review([verdict], by=by)
    if refused:
        raise refused[verdict.entry.pk]
    return HourEntry.objects.get(pk=verdict.entry.pk)


def _can_be_answered(entry, verdict, by):
    if entry.status in (Status.APPROVED, Status.RETURNED):
        first = _("Deze uren had je al nagekeken.")
        if entry.reviewed_by != by:
            first = _("%s heeft deze uren al nagekeken.") % entry.reviewed_by.first_name
        raise ValidationError(first, code="already_reviewed")
    if entry.status != Status.SUBMITTED:
        raise ValidationError(_("Deze uren zijn niet meer ingeleverd."), code="not_submitted")
    if verdict.seen and verdict.seen != entry.changed_at:
        raise ValidationError(
            _("Deze regel is intussen aangepast. Kijk er nog een keer naar."), code="changed"
        )
    if not verdict.approved and not verdict.reason.strip():
        raise ValidationError(_("Schrijf op wat er anders moet."), code="reason_missing")


def _answer(entry, verdict, by):
    entry.reviewed_by, entry.reviewed_at = by, timezone.now()
    if verdict.approved:
        entry.status, entry.review_note = Status.APPROVED, verdict.note.strip()
    else:
        entry.status, entry.return_reason = Status.RETURNED, verdict.reason.strip()
    return entry


def _record(entries, by):
    """Write the answers of held ``entries``; hours that an approved one corrects stop counting."""
    verdict = ["status", "reviewed_by", "reviewed_at", "review_note", "return_reason"]
    HourEntry.objects.awaiting_review().bulk_update(entries, verdict)
    approved = [entry for entry in entries if entry.status == Status.APPROVED]
    HourEntry.objects.approved().filter(corrections__in=approved).update(
        status=Status.WITHDRAWN, replaced_at=timezone.now()
    )
    decided("hours_approved", approved, by=by)
    for entry in entries:
        if entry.status == Status.RETURNED:
            decided("hours_returned", entry, by=by, reason=entry.return_reason)


def _fill(entry, **content):
    """Set ``content``; the only active placement fills itself in, what the kind lacks goes."""
    if unknown := content.keys() - set(CONTENT):
        raise TypeError(f"no content of hours: {', '.join(sorted(unknown))}")
    for name, value in content.items():
        setattr(entry, name, value)
    if entry.kind == HourEntry.Kind.WORK and "training_choice" not in content:
        entry.training_choice = None
    if entry.kind == HourEntry.Kind.STUDY and "placement" not in content:
        entry.placement = None
    if entry.kind == HourEntry.Kind.WORK and not entry.placement:
        entry.placement = _only_placement(entry)


def _only_placement(entry):
    here = list(Placement.objects.active(on=entry.date).filter(enrolment=entry.enrolment)[:2])
    return here[0] if len(here) == 1 else None


def _hand_in(entry):
    rules.says_what_was_done(entry)
    entry.status, entry.submitted_at = Status.SUBMITTED, timezone.now()
    entry.reviewed_at = entry.reviewed_by = None


def _write(entry, *fields):
    """Write a held ``entry``, its state and ``fields``; never ``changed_at`` unless it is named."""
    state = ("status", "submitted_at", "reviewed_at", "reviewed_by")
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
