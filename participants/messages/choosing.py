"""Switching the weekly mails off, and on again. Each decides that for oneself."""

from django.db import transaction
from django.utils import timezone

from participants.events.actions import decided
from participants.messages.models import MailChoice

REMINDERS, DIGEST = "reminders", "digest"
ACTS = {
    (REMINDERS, True): "reminders_on",
    (REMINDERS, False): "reminders_off",
    (DIGEST, True): "digest_on",
    (DIGEST, False): "digest_off",
}


def of(user):
    """The MailChoice of ``user``, saved or not."""
    return MailChoice.objects.filter(user=user).first() or MailChoice(user=user)


@transaction.atomic
def switch(which, on, *, by):
    """Let the mails of REMINDERS or DIGEST come to ``by``, or not."""
    MailChoice.objects.get_or_create(user=by)
    field = f"{which}_off_at"
    same = MailChoice.objects.filter(user=by, **{f"{field}__isnull": not on})
    if same.update(**{field: None if on else timezone.now()}):
        decided(ACTS[which, on], of(by), by=by)
