"""Asking a supervisor: one mail a week with all open lines, or a QR code on a participant's phone.

Locks: enrolments (none here), then the supervisor, then requests. No mail goes to anybody who was
not introduced at that very address.
"""

import datetime as dt

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import F, Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from leerlijn.templatetags.dates import long_date
from participants import mailing
from participants.confirmations.models import (
    MOST_WRONG_CODES,
    ConfirmationLine,
    ConfirmationRequest,
    deadline,
)
from participants.events.actions import decided
from participants.hours.models import HourEntry
from participants.mailing.models import Posting
from participants.placements.models import Placement, Supervisor
from participants.placements.supervising import lock

WEEK = dt.timedelta(days=7)
DAY = dt.timedelta(days=1)
BETWEEN_CODES = dt.timedelta(minutes=10)
MOST_CODES_A_DAY = 5


def open_entries(supervisor):
    """The hours that wait for ``supervisor``'s answer."""
    return HourEntry.objects.awaiting_review().confirmable_by(supervisor)


def next_mail_at(last_mailed_at):
    """From when the next mail may go: a week after the last; None when that is now.

    A last mail of more than a week ahead was dated by a wrong clock: nobody waits years for that.
    """
    now, due = timezone.now(), last_mailed_at and last_mailed_at + WEEK
    return due if due and now < due <= now + 2 * WEEK else None


@transaction.atomic
def send(supervisor, *, by):
    """Mail all open lines of ``supervisor``; the new request. The older link is dead.

    ``by`` is a participant who works there, or staff of one; else PermissionDenied. Raises
    ValidationError: ``too_soon`` within a week of the last mail, ``nothing_open``,
    ``no_address``, ``not_introduced``, ``supervisor_stopped``.
    """
    own = Placement.objects.owned_by(by).filter(supervisor=supervisor)
    if not own.exists() and not Supervisor.objects.visible_to(by).contains(supervisor):
        raise PermissionDenied
    supervisor = lock(supervisor)
    _reachable(supervisor)
    _not_within_a_week(supervisor)
    return _mail(supervisor, by=by)


def send_due():
    """The weekly mails: to everybody with open lines and no mail in the last seven days; how many.

    Safe to repeat, and at two places at once: the supervisor is locked before the week is judged.
    """
    waiting = HourEntry.objects.awaiting_review().filter(kind=HourEntry.Kind.WORK)
    theirs = waiting.order_by().values("placement__supervisor")
    sent = 0
    for supervisor in Supervisor.objects.reachable().filter(pk__in=theirs).order_by("pk"):
        sent += _sent_if_due(supervisor)
    return sent


@transaction.atomic
def _sent_if_due(supervisor):
    supervisor = lock(supervisor)
    try:
        _not_within_a_week(supervisor)
        _mail(supervisor, by=None)
    except ValidationError:
        return False
    return True


@transaction.atomic
def renew(request):
    """Mail afresh to the known address because the supervisor's link no longer opens.

    Once a day. Raises ValidationError: ``not_closed``, ``asked_today``, and as ``send`` does.
    """
    supervisor = lock(request.supervisor)
    request = ConfirmationRequest.objects.select_related("supervisor").get(pk=request.pk)
    if request.shown_by_id or request.closed_because not in ("expired", "locked", "replaced"):
        raise ValidationError(_("Voor deze link sturen we geen nieuwe mail."), code="not_closed")
    asked = supervisor.requests.filter(renews__isnull=False, created_at__gt=timezone.now() - DAY)
    if last := asked.first():
        raise ValidationError(
            _("Op %s ging al een nieuwe mail. Kijk ook bij je ongewenste mail.")
            % long_date(last.created_at),
            code="asked_today",
        )
    return _mail(supervisor, by=None, renews=request)


@transaction.atomic
def show(supervisor, *, by):
    """A request about ``by``'s own open lines, for a QR code on their own phone.

    The one that is there, as long as it is about the same lines. Raises PermissionDenied for who
    does not work there, and ValidationError: ``nothing_open``, ``too_many_codes``,
    and as ``send`` does about the supervisor.
    """
    if not Placement.objects.owned_by(by).filter(supervisor=supervisor).exists():
        raise PermissionDenied
    supervisor = lock(supervisor)
    _reachable(supervisor)
    shown = supervisor.requests.shown().filter(shown_by=by)
    tried = shown.filter(created_at__gt=timezone.now() - WEEK).aggregate(n=Sum("wrong_codes"))["n"]
    if (tried or 0) >= MOST_WRONG_CODES:
        raise ValidationError(
            _("De code is te vaak verkeerd ingevuld. Gebruik deze week de mail."),
            code="too_many_codes",
        )
    entries = list(open_entries(supervisor).owned_by(by))
    if not entries:
        raise _nothing_open()
    for request in shown.live().select_related("supervisor"):
        asked = set(request.lines.standing().values_list("entry", "seen"))
        if asked == {(entry.pk, entry.changed_at) for entry in entries}:
            return request
    shown.unrevoked().update(revoked_at=timezone.now())
    request = _make(supervisor, entries, shown_by=by)
    decided("confirmation_shown", request, by=by)
    return request


@transaction.atomic
def mail_code(request):
    """Send the four digits of a shown QR code to the supervisor's own address.

    Raises ValidationError: ``closed``, ``code_just_mailed``, ``too_many_codes``.
    """
    supervisor = lock(request.supervisor)
    request = ConfirmationRequest.objects.select_related("supervisor").get(pk=request.pk)
    now = timezone.now()
    if request.closed_because or not request.shown_by_id:
        raise ValidationError(_("Bij deze link hoort geen losse code."), code="closed")
    if request.code_mailed_at and request.code_mailed_at > now - BETWEEN_CODES:
        raise ValidationError(
            _("De code is net gemaild. Kijk ook bij je ongewenste mail."), code="code_just_mailed"
        )
    today = supervisor.requests.filter(created_at__gt=now - DAY)
    if (today.aggregate(n=Sum("codes_mailed"))["n"] or 0) >= MOST_CODES_A_DAY:
        raise ValidationError(
            _("Vandaag mailden we al vaak een code. Probeer het morgen weer."),
            code="too_many_codes",
        )
    mine = ConfirmationRequest.objects.filter(pk=request.pk)
    mine.update(code_mailed_at=now, codes_mailed=F("codes_mailed") + 1)
    mailing.post("confirmation_code", request.pk)


@transaction.atomic
def revoke(request, *, by):
    """The link no longer opens; raises PermissionDenied, or ValidationError (``closed``)."""
    if not Supervisor.objects.visible_to(by).contains(request.supervisor):
        raise PermissionDenied
    lock(request.supervisor)
    live = ConfirmationRequest.objects.unrevoked().filter(pk=request.pk)
    if not live.update(revoked_at=timezone.now(), revoked_by=by):
        raise ValidationError(_("Deze link werkte al niet meer."), code="closed")
    decided("confirmation_revoked", request, by=by)


def _not_within_a_week(supervisor):
    last = supervisor.requests.mailed().first()
    if last and (due := next_mail_at(last.created_at)):
        raise ValidationError(
            _("Op %(last)s ging al een mail naar %(name)s. De volgende gaat op %(next)s.")
            % {
                "last": long_date(last.created_at),
                "name": supervisor.first_name,
                "next": long_date(due),
            },
            code="too_soon",
        )


def _reachable(supervisor):
    name = supervisor.first_name
    if supervisor.stopped_at:
        raise ValidationError(_("%s begeleidt niet meer.") % name, code="supervisor_stopped")
    if not supervisor.email:
        raise ValidationError(_("We hebben nog geen adres van %s.") % name, code="no_address")
    if not supervisor.introduced_at:
        raise ValidationError(
            _("%s weet nog niet wie wij zijn. Eerst gaat er een introductie.") % name,
            code="not_introduced",
        )


def _mail(supervisor, *, by, renews=None):
    """A new request by mail to a locked ``supervisor``, in place of the one that is there."""
    _reachable(supervisor)
    entries = list(open_entries(supervisor))
    if not entries:
        raise _nothing_open()
    supervisor.requests.mailed().unrevoked().update(revoked_at=timezone.now())
    request = _make(supervisor, entries, renews=renews)
    key = f"confirmation-{request.pk}"
    mailing.post("confirmation_request", request.pk, key=key)
    request.posting = Posting.objects.get(key=key)
    request.save(update_fields=["posting"])
    reason = f"op verzoek van begeleider {supervisor.pk}" if renews else ""
    decided("confirmation_asked", request, by=by, reason=reason)
    return request


def _make(supervisor, entries, **facts):
    now = timezone.now()
    request = ConfirmationRequest.objects.create(
        supervisor=supervisor,
        created_at=now,
        expires_at=deadline(now, shown="shown_by" in facts),
        **facts,
    )
    ConfirmationLine.objects.bulk_create(
        ConfirmationLine(request=request, entry=entry, seen=entry.changed_at) for entry in entries
    )
    return request


def _nothing_open():
    return ValidationError(
        _("Er zijn nu geen werkuren die op een antwoord wachten."), code="nothing_open"
    )
