"""Mail about one's own account."""

import datetime as dt

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from participants.accounts import codes
from participants.accounts.doors import Device, EmailChange
from participants.accounts.models import User
from participants.mailing import Letter, letter


@letter("email_change")
def email_change(change_pk):
    """To the new address. When that is somebody's already, it says so, and to nobody else."""
    change = EmailChange.objects.open().filter(pk=change_pk).first()
    if change is None:
        return None
    if User.objects.filter(email__iexact=change.email).exists():
        subject, template = _("Dit e-mailadres is al in gebruik"), "mail/email_in_use.txt"
    else:
        subject, template = _("Bevestig je nieuwe e-mailadres"), "mail/email_change.txt"
    return Letter(to=change.email, subject=subject, template=template, context=_context(change))


@letter("email_changed")
def email_changed(change_pk):
    """To the old address, so that nobody is moved without knowing."""
    change = EmailChange.objects.filter(pk=change_pk).first()
    return change and Letter(
        to=change.old_email,
        subject=_("Je e-mailadres is veranderd"),
        template="mail/email_changed.txt",
        context={},
    )


@letter("new_device")
def new_device(user_pk, device_pk, at):
    """To the owner, after a login on a browser new to them; ``at`` in seconds since 1970."""
    user = User.objects.filter(pk=user_pk, is_active=True).first()
    device = Device.objects.filter(pk=device_pk).first()
    return user and Letter(
        to=user.email,
        subject=_("Er is ingelogd op een nieuw apparaat"),
        template="mail/new_device.txt",
        context={
            "at": dt.datetime.fromtimestamp(at, dt.UTC),
            "device": device and device.label,
            "link": settings.SITE_URL + reverse("mydata:settings"),
        },
    )


@letter("login_code")
def login_code(user_pk, nonce):
    """The code to log in with, while it works. Who asks for an address of nobody gets none."""
    return _code(user_pk, nonce, _("Je code om in te loggen"), "mail/login_code.txt")


@letter("still_you")
def still_you(user_pk, nonce):
    """The code with which somebody who is logged in shows that it is still them."""
    return _code(user_pk, nonce, _("Je code om verder te gaan"), "mail/still_you.txt")


def _code(user_pk, nonce, subject, template):
    user = User.objects.filter(pk=user_pk, is_active=True).first()
    context = {"code": codes.mailed(nonce)}
    return user and Letter(to=user.email, subject=subject, template=template, context=context)


@letter("password_reset")
def password_reset(user_pk):
    """The page where a new password is chosen; for an address of nobody there is none."""
    user = User.objects.filter(pk=user_pk, is_active=True).first()
    if user is None:
        return None
    path = reverse(
        "account_reset_password_from_key",
        kwargs={
            "uidb36": user_pk_to_url_str(user),
            "key": default_token_generator.make_token(user),
        },
    )
    return Letter(
        to=user.email,
        subject=_("Kies een nieuw wachtwoord"),
        template="mail/password_reset.txt",
        context={"link": settings.SITE_URL + path},
    )


@letter("second_factor_changed")
def second_factor_changed(user_pk):
    """Who adds an app, a key or codes to the account of another is seen by its owner."""
    return _of_account(user_pk, _("Je extra stap is veranderd"), "mail/second_factor_changed.txt")


@letter("second_factor_guessed")
def second_factor_guessed(user_pk):
    """Somebody came past the password or the mailed code, and then typed wrong codes."""
    subject = _("Er zijn verkeerde codes getypt")
    return _of_account(user_pk, subject, "mail/second_factor_guessed.txt")


@letter("second_factor_reset")
def second_factor_reset(user_pk):
    """To whose second factors were taken away by somebody else."""
    return _of_account(user_pk, _("Je extra stap is weggehaald"), "mail/second_factor_reset.txt")


def _of_account(user_pk, subject, template):
    user = User.objects.filter(pk=user_pk, is_active=True).first()
    return user and Letter(to=user.email, subject=subject, template=template, context={})


@letter("address_set")
def address_set(change_pk):
    """To the old address, when staff wrote down another one."""
    change = EmailChange.objects.filter(pk=change_pk).first()
    return change and Letter(
        to=change.old_email,
        subject=_("Je e-mailadres is veranderd"),
        template="mail/address_set.txt",
        context={},
    )


@letter("login_card_made")
def login_card_made(user_pk):
    """To the owner of the account, who should be the one with the card in hand."""
    user = User.objects.filter(pk=user_pk, is_active=True).first()
    return user and Letter(
        to=user.email,
        subject=_("Er is een kaart gemaakt om in te loggen"),
        template="mail/login_card_made.txt",
        context={},
    )


def _context(change):
    path = reverse("mydata:confirm-email", args=[change.pk, change.secret])
    return {"link": f"{settings.SITE_URL}{path}", "login": settings.SITE_URL}
