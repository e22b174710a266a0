"""Another name, and another e-mail address, by the person."""

import datetime as dt

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from participants import mailing
from participants.accounts import devices, names
from participants.accounts.actions import address_of, move
from participants.accounts.doors import EmailChange
from participants.accounts.models import User
from participants.events.actions import decided

MOST_AN_HOUR = 5


@transaction.atomic
def change_name(user, name, *, by):
    """Everybody calls themselves what they want; a certificate has its own name.

    Raises PermissionDenied for another's name, and ValidationError for one that cannot be.
    """
    if by.pk != user.pk:
        raise PermissionDenied
    cleaned = names.cleaned(name)
    user.name = cleaned
    user.save(update_fields=["name"])
    decided("name_changed", user, by=by)


@transaction.atomic
def ask_for_email(user, email, *, by):
    """Mail the new address; only who reads mail there can confirm it. Returns the EmailChange.

    An address of somebody else gets a mail too, which says so: who asks is told nothing.
    Raises PermissionDenied, and ValidationError (``same_email``, ``too_many_changes``, or for an
    address that cannot be).
    """
    if by.pk != user.pk:
        raise PermissionDenied
    email = address_of(email)
    User.objects.select_for_update().get(pk=user.pk)
    if email == user.email.lower():
        raise ValidationError(_("Dit is je adres al. Er verandert niets."), code="same_email")
    own = EmailChange.objects.owned_by(user)
    if own.asked_within(dt.timedelta(hours=1)).count() >= MOST_AN_HOUR:
        raise ValidationError(
            _("Je hebt dit vaak gevraagd. Wacht een uur en probeer het weer."),
            code="too_many_changes",
        )
    change = EmailChange.objects.create(user=user, email=email, old_email=user.email)
    decided("email_change_asked", user, by=by)
    mailing.post("email_change", change.pk)
    return change


@transaction.atomic
def confirm_email(change, secret, *, by, here=None):
    """From now on ``change.user`` logs in with the new address; other sessions end.

    ``here`` is the key of the session that goes on.

    Raises PermissionDenied unless ``by`` asked for it, and ValidationError (``link_over``, or
    ``email_taken`` when somebody has that address by now).
    """
    if by.pk != change.user_id:
        raise PermissionDenied
    User.objects.select_for_update().get(pk=by.pk)
    open_now = EmailChange.objects.open().filter(pk=change.pk)
    if not change.is_opened_by(secret) or not open_now.exists():
        raise link_over()
    move(by, change.email)
    EmailChange.objects.filter(pk=change.pk).update(confirmed_at=timezone.now())
    decided("email_changed", by, by=by)
    devices.forget(by, but=here)
    mailing.post("email_changed", change.pk)


def link_over():
    return ValidationError(
        _("Deze link werkt niet meer. Vraag hieronder een nieuwe mail."), code="link_over"
    )
