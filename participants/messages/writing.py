"""A message of staff to chosen people of a cohort, mailed to each of them apart."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from participants import mailing
from participants.enrolments.models import Enrolment
from participants.events.actions import decided
from participants.messages.models import WRITERS, Delivery, Message
from participants.tracks.models import Cohort

REACHABLE = (Enrolment.Status.ACTIVE, Enrolment.Status.COMPLETED)


def reachable(cohort, user):
    """The enrolments of ``cohort`` that ``user`` may write to: who takes part, or is done."""
    handled = Enrolment.objects.handled_by(user, *WRITERS).filter(
        cohort=cohort, status__in=REACHABLE, participant__is_active=True
    )
    return handled.select_related("participant").by_name()


@transaction.atomic
def send(cohort, people, *, subject, text, by, form_id):
    """Write to ``people``, a list of keys of enrolments; returns the Message.

    Sent twice with one ``form_id`` it is one message, and the first is returned. Raises
    PermissionDenied, and ValidationError: ``nobody``, ``not_reachable`` when one of them cannot
    be written to (any more).
    """
    if not Cohort.objects.with_role(by, *WRITERS).filter(pk=cohort.pk).exists():
        raise PermissionDenied
    if not people:
        raise ValidationError(_("Kies aan wie je schrijft."), code="nobody")
    chosen = list(reachable(cohort, by).filter(pk__in=people))
    if len(chosen) < len(set(people)):
        raise ValidationError(
            _("Niet iedereen die je koos, doet nog mee. Kijk de lijst na."), code="not_reachable"
        )
    facts = {"cohort": cohort, "author": by, "subject": subject, "text": text}
    try:
        with transaction.atomic():
            message = Message.objects.create(form_id=form_id, **facts)
    except IntegrityError:
        return Message.objects.get(form_id=form_id, author=by)
    deliveries = Delivery.objects.bulk_create(
        Delivery(message=message, enrolment=enrolment) for enrolment in chosen
    )
    decided("message_sent", deliveries, by=by)
    for delivery in deliveries:
        mailing.post("message", delivery.pk, key=key_of(delivery))
    return message


def key_of(delivery):
    """The key of the mail that tells of a delivery."""
    return f"message-{delivery.pk}"


def read(delivery):
    """Note that its owner opened it, the first time."""
    Delivery.objects.unread().filter(pk=delivery.pk).update(read_at=timezone.now())
