"""What a reviewer answers: yes, or back with what has to change; per line, and undone once.

Held rows are judged one by one, so that one refused line leaves the others.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from participants.enrolments.models import Enrolment
from participants.events.actions import decided
from participants.hours import locks
from participants.hours.models import HourEntry
from participants.placements.models import Supervisor

Status = HourEntry.Status
TAKE_BACK_WITHIN = HourEntry.TAKE_BACK_WITHIN


@dataclass(frozen=True)
class Verdict:
    """One reviewer's answer to one entry; ``seen`` is the ``changed_at`` that they looked at."""

    entry: HourEntry
    approved: bool
    reason: str = ""  # what has to change, when it goes back
    note: str = ""  # beside an approval
    for_supervisor: bool = False  # approved in the name of who guides at the learning place
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


@transaction.atomic
def take_back(entry, *, by):
    """Undo an approval that ``by`` gave shortly ago; it waits for a reviewer again.

    Hours that it replaced count again. Raises PermissionDenied on hours that are not ``by``'s to
    review, and ValidationError ``not_yours_to_take_back``, ``too_late``, ``not_active`` or
    ``already_corrected``.
    """
    entry = locks.held(HourEntry.objects.reviewable_by(by), {entry.pk})[entry.pk]
    _can_be_taken_back(entry, by)
    entry.status, entry.review_note = Status.SUBMITTED, ""
    entry.reviewed_at = entry.reviewed_by = None
    entry.save(update_fields=["status", "reviewed_at", "reviewed_by", "review_note"])
    if entry.corrects:
        replaced = HourEntry.objects.filter(pk=entry.corrects.pk, replaced_at__isnull=False)
        replaced.update(status=Status.APPROVED, replaced_at=None)
    decided("hours_approval_taken_back", entry, by=by)
    return entry


def approve_many(entries, *, by):
    """Approve each of ``entries`` as it is in hand; ``{pk: refusal}`` of those that were not."""
    return review([Verdict(e, approved=True, seen=e.changed_at) for e in entries], by=by)


@transaction.atomic
def review(verdicts: Sequence[Verdict], *, by):
    """Give each entry its own answer; ``{pk: refusal}`` of the lines that could not have one.

    One refused line leaves the others. Raises PermissionDenied when one is not ``by``'s to review.
    """
    return _judge(verdicts, HourEntry.objects.reviewable_by(by), by)


@transaction.atomic
def confirm(verdicts: Sequence[Verdict], *, supervisor):
    """As ``review``, for who guided the work and has no account."""
    return _judge(verdicts, HourEntry.objects.confirmable_by(supervisor), supervisor)


def _judge(verdicts, reviewable, by):
    """``by`` is a User or a Supervisor; ``reviewable`` is what that one may answer."""
    held = locks.held(reviewable, {each.entry.pk for each in verdicts})
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
        if entry.judge != by:
            first = _("%s heeft deze uren al nagekeken.") % entry.judge.first_name
        raise ValidationError(first, code="already_reviewed")
    if entry.status != Status.SUBMITTED:
        raise ValidationError(_("Deze uren zijn niet meer ingeleverd."), code="not_submitted")
    if verdict.seen and verdict.seen != entry.changed_at:
        raise ValidationError(
            _("Deze regel is intussen aangepast. Kijk er nog een keer naar."), code="changed"
        )
    if verdict.for_supervisor and not verdict.note.strip():
        raise ValidationError(_("Schrijf op hoe je dit weet."), code="note_missing")
    if not verdict.approved and not verdict.reason.strip():
        raise ValidationError(_("Schrijf op wat er anders moet."), code="reason_missing")


def _can_be_taken_back(entry, by):
    if entry.status != Status.APPROVED or entry.reviewed_by != by:
        raise ValidationError(
            _("Je kunt alleen een akkoord terughalen dat je zelf gaf."),
            code="not_yours_to_take_back",
        )
    if entry.reviewed_at < timezone.now() - TAKE_BACK_WITHIN:
        raise ValidationError(
            _("Je gaf dit akkoord langer dan %d dagen geleden. Vraag om een verbetering.")
            % TAKE_BACK_WITHIN.days,
            code="too_late",
        )
    if entry.enrolment.status != Enrolment.Status.ACTIVE:
        raise ValidationError(
            _("Deze leerlijn is afgerond of gestopt. Dit akkoord blijft staan."), code="not_active"
        )
    if entry.corrections.standing().exists():
        raise ValidationError(
            _("Er is al een verbetering van deze uren. Kijk die na."), code="already_corrected"
        )


def _answer(entry, verdict, by):
    without_account = isinstance(by, Supervisor)
    entry.reviewed_by, entry.confirmed_by = (None, by) if without_account else (by, None)
    entry.reviewed_at = timezone.now()
    if verdict.approved:
        entry.status, entry.review_note = Status.APPROVED, _note(verdict)
    else:
        entry.status, entry.return_reason = Status.RETURNED, verdict.reason.strip()
    return entry


def _note(verdict):
    said = verdict.note.strip()
    return _("Namens de begeleider: %s") % said if verdict.for_supervisor else said


def _record(entries, by):
    """Write the answers of held ``entries``; hours that an approved one corrects stop counting."""
    verdict = ["status", "reviewed_at", "reviewed_by", "confirmed_by"]
    verdict += ["review_note", "return_reason"]
    HourEntry.objects.awaiting_review().bulk_update(entries, verdict)
    approved = [entry for entry in entries if entry.status == Status.APPROVED]
    HourEntry.objects.approved().filter(corrections__in=approved).update(
        status=Status.WITHDRAWN, replaced_at=timezone.now()
    )
    actor, signed = _signature(by)
    for (act, said), answered in _by_reason(entries).items():
        decided(act, answered, by=actor, reason=": ".join(filter(None, [signed, said])))


def _by_reason(entries):
    """The answered ``entries`` by what was decided and why: one insert for all that are alike."""
    groups = {}
    for entry in entries:
        if entry.status == Status.APPROVED:
            decision = "hours_approved", entry.review_note
        else:
            decision = "hours_returned", entry.return_reason
        groups.setdefault(decision, []).append(entry)
    return groups


def _signature(by):
    """Who decided, as an event keeps it: an account, or nobody and the key of the supervisor."""
    if isinstance(by, Supervisor):
        return None, f"door begeleider {by.pk}"
    return by, ""
