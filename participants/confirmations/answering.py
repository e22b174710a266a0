"""The supervisor's answers. The link lets one read; the four digits let one answer."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from participants.confirmations.models import (
    MOST_WRONG_CODES,
    ConfirmationLine,
    ConfirmationRequest,
)
from participants.hours import actions as hours
from participants.hours import locks
from participants.placements import supervising

Answer = ConfirmationLine.Answer


@dataclass(frozen=True)
class Given:
    """What somebody chose for one line."""

    answer: str
    reason: str = ""


def opened(request):
    """Note that a person looked at the page; the first time only."""
    ConfirmationRequest.objects.filter(pk=request.pk, opened_at=None).update(
        opened_at=timezone.now()
    )


def prove(request, typed):
    """Compare the four digits; each try is counted before it is judged, so none is free.

    Raises ValidationError: ``wrong_code``, or ``closed`` when the link no longer opens.
    """
    # No join in this condition: then two tries at once are counted one after the other.
    mine = ConfirmationRequest.objects.filter(pk=request.pk)
    open_now = mine.unrevoked().filter(
        expires_at__gt=timezone.now(), wrong_codes__lt=MOST_WRONG_CODES
    )
    if not open_now.update(wrong_codes=F("wrong_codes") + 1):
        raise _closed()
    if request.is_code(typed):
        mine.filter(wrong_codes__gt=0).update(wrong_codes=F("wrong_codes") - 1)
        return
    left = MOST_WRONG_CODES - mine.values_list("wrong_codes", flat=True).get()
    if not left:
        raise _closed()
    tries = ngettext("Je kunt het nog %d keer proberen.", "Je kunt het nog %d keer proberen.", left)
    raise ValidationError(
        _("Deze code klopt niet. Kijk in de laatste mail van ons.") + " " + tries % left,
        code="wrong_code",
    )


@transaction.atomic
def answer(request, given):
    """Carry out ``given`` ({key of the line: Given}); how many lines were answered.

    Lines that were changed, taken back or answered meanwhile drop out, the others stay. Raises
    ValidationError: ``closed``, ``nothing_left``.
    """
    asked = request.lines.filter(pk__in=given)
    locks.hold_people(set(asked.values_list("entry", flat=True)))
    held = ConfirmationRequest.objects.select_for_update(of=("self",), no_key=True)
    request = held.select_related("supervisor").get(pk=request.pk)
    if request.closed_because:
        raise _closed()
    lines = {line.entry_id: line for line in asked.standing().select_related("entry")}
    verdicts = [_verdict(line, given[line.pk]) for line in lines.values()]
    refused = hours.confirm(verdicts, supervisor=request.supervisor) if verdicts else {}
    answered = [line for key, line in lines.items() if key not in refused]
    if not answered:
        raise ValidationError(
            _("Deze regels zijn intussen aangepast of al beantwoord. Je hoeft niets te doen."),
            code="nothing_left",
        )
    for line in answered:
        line.answer, line.answered_at = given[line.pk].answer, timezone.now()
    ConfirmationLine.objects.bulk_update(answered, ["answer", "answered_at"])
    opened(request)
    return len(answered)


def not_ones_own(request, user):
    """Raises ValidationError (``own_hours``) where ``user`` is logged in and the hours are theirs.

    Nobody approves their own hours, also not with the supervisor beside them.
    """
    if user.pk and request.lines.filter(entry__enrolment__participant=user.pk).exists():
        raise ValidationError(
            _(
                "Je bent hier ingelogd en dit zijn je eigen uren. "
                "Laat je begeleider de link op een eigen telefoon of computer openen."
            ),
            code="own_hours",
        )


@transaction.atomic
def stop(request, *, successor_name="", successor_email=""):
    """The supervisor guides nobody any more; all links end. Staff decide about the successor.

    Raises ValidationError as ``supervising.stop`` does.
    """
    supervising.stop(
        request.supervisor, successor_name=successor_name, successor_email=successor_email
    )
    request.supervisor.requests.unrevoked().update(revoked_at=timezone.now())


def _verdict(line, given):
    return hours.Verdict(
        line.entry, approved=given.answer == Answer.YES, reason=given.reason, seen=line.seen
    )


def _closed():
    return ValidationError(_("Deze link werkt niet meer."), code="closed")
