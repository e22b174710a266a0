"""How a test comes in: behind the second factor, unless it asks for less.

``Client().force_login(user)`` is a fresh login that passed everything that is asked of ``user``;
``force_login(user, second_factor=False)`` is one with a password or a mailed code only.
"""

from allauth.account.internal.flows.login import record_authentication
from django.contrib.auth.signals import user_logged_in
from django.test import Client

from participants.accounts import second_factor as gate

without_second_factor = Client.force_login


def force_login(client, user, backend=None, *, second_factor=True):
    """As Django's; with what a second factor leaves behind in the session."""
    if not second_factor:
        return without_second_factor(client, user, backend)
    user_logged_in.connect(pass_the_gate)
    try:
        without_second_factor(client, user, backend)
    finally:
        user_logged_in.disconnect(pass_the_gate)


def pass_the_gate(request, user, **_):
    record_authentication(request, user, "mfa", type="totp")
    gate.printed(request)


def install():
    """Let every client of tests come in like this."""
    Client.force_login = force_login
