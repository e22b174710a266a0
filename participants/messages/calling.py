"""Who did not answer two reminders: staff calls, and notes only that they did."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from participants.enrolments.locking import lock
from participants.enrolments.models import Enrolment
from participants.events.actions import decided
from participants.messages.answers import WITHOUT_ANSWER, with_unanswered
from participants.messages.models import WRITERS, PhoneCall


def to_call(user):
    """Enrolments of which ``user`` may call the person now, with ``reminded_at``.

    Not in a pause, and not who stopped or is done: there is nothing to ask then.
    """
    handled = Enrolment.objects.handled_by(user, *WRITERS).active().with_state()
    silent = with_unanswered(handled).filter(unanswered__gte=WITHOUT_ANSWER)
    return silent.filter(state=Enrolment.Status.ACTIVE)


@transaction.atomic
def called(enrolment, on, *, by):
    """Note that ``by`` spoke this person on the day ``on``; reminders may go again.

    Raises PermissionDenied, and ValidationError: ``in_the_future``, ``before_the_start``,
    ``already_called`` when somebody noted the same day.
    """
    locked = lock(enrolment)
    if not Enrolment.objects.handled_by(by, *WRITERS).filter(pk=locked.pk).exists():
        raise PermissionDenied
    if on > timezone.localdate():
        raise ValidationError(
            _("Deze dag moet nog komen. Kies vandaag of een eerdere dag."), code="in_the_future"
        )
    if on < locked.starts_on:
        raise ValidationError(
            _("Toen deed deze persoon nog niet mee. Kies een latere dag."), code="before_the_start"
        )
    if locked.phone_calls.filter(called_on=on).exists():
        raise ValidationError(_("Dat er die dag gebeld is, staat er al."), code="already_called")
    call = PhoneCall.objects.create(enrolment=locked, called_on=on, called_by=by)
    decided("called", call, by=by)
    return call
