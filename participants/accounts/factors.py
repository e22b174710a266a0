"""The second factors of a person: an app, a key (passkey), or codes on paper.

The rows and the arithmetic are of allauth. What is ours: a code of an app that was used is dead
for good, whatever the cache forgets; codes on paper are a factor of their own; and the secrets of
both are kept so that a copy of the database alone does not show them.
"""

import base64
import time
from dataclasses import dataclass

from allauth.mfa import app_settings
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import format_hotp_value, generate_totp_secret, hotp_value
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.utils.crypto import constant_time_compare, salted_hmac

from participants import mailing
from participants.accounts.models import User
from participants.events.actions import decided

APP = Authenticator.Type.TOTP
KEY = Authenticator.Type.WEBAUTHN
PAPER = Authenticator.Type.RECOVERY_CODES
LAST = "last_counter"  # in the data of an app: of which half minute a code was used last
FEW = 3
# A code is still taken half a minute late or early: clocks differ, and people type slowly.
STEPS_OFF = 1
DIGITS = "0123456789"
SEALED = "sealed:"


# Which there are


def of(user):
    return Authenticator.objects.filter(user=user)


def asked_of(user):
    """Those that are asked after a password or a mailed code.

    Of somebody with a role every one; codes on paper once one of them was typed over. Of a
    participant only an app: their passkey is a way in, and locks none of the other ways.
    """
    if not user.needs_second_factor:
        return of(user).filter(type=APP)
    return of(user).exclude(type=PAPER, last_used_at=None)


def has_paper(user):
    """Whether ``user`` was shown codes to print."""
    return of(user).filter(type=PAPER, data__has_key="viewed_at").exists()


def may_go(authenticator):
    """Whether its owner may do without this app or key: has another, or needs none."""
    others = of(authenticator.user).exclude(pk=authenticator.pk).filter(type__in=[APP, KEY])
    return not authenticator.user.needs_second_factor or others.exists()


@dataclass(frozen=True)
class Standing:
    """What somebody has, for who helps them: counts, and no secrets."""

    app: bool
    keys: int
    codes: int


def standing(user):
    """The Standing of ``user``."""
    found = list(of(user))
    return Standing(
        app=any(each.type == APP for each in found),
        keys=sum(each.type == KEY for each in found),
        codes=sum(len(each.wrap().get_unused_codes()) for each in found if each.type == PAPER),
    )


# Codes that are typed


@transaction.atomic
def used(user, code):
    """The Authenticator of ``user`` that ``code`` is of; it opens nothing a second time.

    None when it is no code of this person, or was used before. The rows are locked: of two
    processes that are given the same code one takes it.
    """
    digits = "".join(sign for sign in code if sign in DIGITS)
    rows = of(user).filter(type__in=[APP, PAPER]).order_by("pk").select_for_update()
    for authenticator in rows:
        if _takes(authenticator, digits):
            return authenticator
    return None


def _takes(authenticator, digits):
    if authenticator.type == PAPER:
        return RecoveryCodes(authenticator).validate_code(digits)
    counter = counter_of(secret_of(authenticator), digits, after=last_counter(authenticator))
    if counter is None:
        return False
    use_up(authenticator, counter)
    return True


def secret_of(authenticator):
    return unsealed(authenticator.data["secret"])


def last_counter(authenticator):
    return authenticator.data.get(LAST, 0)


def use_up(authenticator, counter):
    """Let no code of this half minute, or of an earlier one, be taken any more."""
    authenticator.data[LAST] = counter
    authenticator.save(update_fields=["data"])


def now_counter():
    """The number of the half minute that it is."""
    return int(time.time()) // app_settings.TOTP_PERIOD


def code_at(secret, counter):
    return format_hotp_value(hotp_value(secret, counter))


def counter_of(secret, digits, *, after=0):
    """Of which half minute about now, later than ``after``, this is the code; None of none."""
    now = now_counter()
    for counter in range(max(now - STEPS_OFF, after + 1), now + STEPS_OFF + 1):
        if constant_time_compare(code_at(secret, counter), digits):
            return counter
    return None


# Codes on paper


@transaction.atomic
def new_paper(user):
    """Ten new codes as text, to be shown now and never again; the earlier ones are dead."""
    User.objects.select_for_update().get(pk=user.pk)
    of(user).filter(type=PAPER).delete()
    made = RecoveryCodes.activate(user)
    made.mark_as_viewed()
    return made.get_unused_codes()


@transaction.atomic
def print_paper(user, *, by):
    """New codes for oneself; see ``new_paper``. Raises PermissionDenied for another's."""
    if by.pk != user.pk:
        raise PermissionDenied
    codes = new_paper(user)
    decided("recovery_codes_printed", user, by=by)
    mailing.post("second_factor_changed", user.pk)
    return codes


def left_on_paper(authenticator):
    """How many codes still work, of an Authenticator with codes on paper."""
    return len(authenticator.wrap().get_unused_codes())


def in_fours(text):
    """``text`` in groups of four, to type over."""
    return " ".join(text[place : place + 4] for place in range(0, len(text), 4))


def having_any():
    """A condition on people: they have at least one second factor."""
    return Q(authenticator__isnull=False)


# How the secrets are kept


def sealed(secret):
    """``secret`` as the database keeps it: to be read with the key of this site only."""
    return SEALED + _box().encrypt(secret.encode()).decode()


def unsealed(kept):
    """What was sealed. With another key than it was sealed with: something nobody has.

    So after a change of SECRET_KEY without SECRET_KEY_FALLBACKS no code fits, and none of them
    can be worked out.
    """
    if not kept.startswith(SEALED):
        return kept  # from before they were sealed
    try:
        return _box().decrypt(kept.removeprefix(SEALED)).decode()
    except InvalidToken:
        return generate_totp_secret()


def _box():
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(_key(each)) for each in keys])


def _key(secret):
    mac = salted_hmac("participants.accounts.factors", "", secret=secret, algorithm="sha256")
    return base64.urlsafe_b64encode(mac.digest())
