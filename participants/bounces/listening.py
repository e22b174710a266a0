from django.dispatch import receiver

from participants.bounces import actions
from participants.mailing import undeliverable


@receiver(undeliverable)
def not_delivered(sender, address, status, **kwargs):
    actions.note(address, status)
