"""Mail that did not arrive: noted, and marked as solved."""

import datetime as dt

import structlog
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from participants.bounces.models import Bounce
from participants.events.actions import decided

KEPT = dt.timedelta(days=365)
log = structlog.get_logger("leerlijn.mail")


def note(address, status):
    """Write down that mail to ``address`` does not arrive; once, until that is solved.

    We go on mailing: anybody can send us a mail that says so.
    """
    _bounce, made = Bounce.objects.get_or_create(
        address=address.strip().lower(), solved_at=None, defaults={"status": status}
    )
    if made:
        log.warning("mail_bounced", status=status)
    return made


@transaction.atomic
def solve(bounce, *, by):
    """Take ``bounce`` off the list: the address is right after all, or was mended.

    Who is asked to do so sees it: ask with ``visible_to``. Raises ValidationError
    (``already_solved``).
    """
    waiting = Bounce.objects.filter(pk=bounce.pk, solved_at=None)
    if not waiting.update(solved_at=timezone.now(), solved_by=by):
        raise ValidationError(_("Dit is al opgelost."), code="already_solved")
    decided("bounce_solved", bounce, by=by)


def sweep():
    """Forget what was noted more than a year ago; how many."""
    before = timezone.now() - KEPT
    count, _per_model = Bounce.objects.filter(noted_at__lt=before).delete()
    return count
