"""What accounts hear of the packages around them."""

import structlog
from allauth.account.signals import password_changed, password_reset, password_set
from allauth.mfa import signals as second_factors
from django.contrib import messages
from django.contrib.auth.signals import user_logged_in, user_login_failed
from django.dispatch import receiver
from django.utils.translation import ngettext

from participants import mailing
from participants.accounts import devices, factors, second_factor, staying
from participants.events.actions import decided, logged_in

log = structlog.get_logger("leerlijn.login")


@receiver(user_login_failed)
def log_refusal(**_):
    """That it happened, for who watches the log: not with which address."""
    log.warning("login_refused")


@receiver(user_logged_in)
def note_begin(request, user, **_):
    staying.begun(request, user)


@receiver(user_logged_in)
def note_device(request, user, **_):
    devices.noted(request, user)


@receiver(user_logged_in)
def remember_login(user, **_):
    logged_in(user)


@receiver([password_changed, password_set, password_reset])
def forget_other_devices(request, user, **_):
    """They are logged out by the new password; a list that shows them would worry."""
    devices.forget(user, but=request.session.session_key)


@receiver(user_logged_in)
def print_first(request, user, **_):
    second_factor.ask_paper(request, user)


@receiver(second_factors.authenticator_added)
def tell_of_an_added_factor(user, authenticator, **_):
    decided("second_factor_added", user, by=user)
    mailing.post("second_factor_changed", user.pk)


@receiver(second_factors.authenticator_removed)
def tell_of_a_removed_factor(user, authenticator, **_):
    decided("second_factor_removed", user, by=user)
    mailing.post("second_factor_changed", user.pk)


@receiver(second_factors.authenticator_used)
def say_that_the_paper_runs_out(request, authenticator, **_):
    if authenticator.type != factors.PAPER:
        return
    left = factors.left_on_paper(authenticator)
    if left <= factors.FEW:
        said = ngettext(
            "Je hebt nog %d herstelcode. Print nieuwe bij Extra beveiliging.",
            "Je hebt nog %d herstelcodes. Print nieuwe bij Extra beveiliging.",
            left,
        )
        messages.warning(request, said % left)
