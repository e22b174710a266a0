"""What accounts hear of the packages around them."""

from allauth.account.signals import password_changed, password_reset, password_set
from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver

from participants.accounts import devices


@receiver(user_logged_in)
def note_device(request, user, **_):
    devices.noted(request, user)


@receiver([password_changed, password_set, password_reset])
def forget_other_devices(request, user, **_):
    """They are logged out by the new password; a list that shows them would worry."""
    devices.forget(user, but=request.session.session_key)
