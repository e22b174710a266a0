from allauth.core import context
from allauth.core.internal import ratelimit
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.internal.flows import post_authentication
from allauth.mfa.totp.forms import ActivateTOTPForm
from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from participants import mailing
from participants.accounts import factors

GUESSES = {"app": "second_factor", "action": "guess"}


def one_guess(user):
    """Count a guess at a code of ``user``; returns what forgets them again, for a right one.

    Raises ValidationError when there were too many of late, from here or for this person; they
    get a mail, once a day, as who guesses here knows their password or reads their mail.
    """
    facts = GUESSES | {"config": {"guess": settings.SECOND_FACTOR_GUESSES}, "key": str(user.pk)}
    if not ratelimit.consume(context.request, **facts):
        once = f"second-factor-guessed-{user.pk}-{timezone.localdate()}"
        mailing.post("second_factor_guessed", user.pk, key=once)
        raise get_adapter().validation_error("too_many_codes")
    return lambda: ratelimit.clear(context.request, **facts)


class CodeForm(forms.Form):
    """A code of an app or from paper, typed over by ``user``."""

    reauthenticated = False
    code = forms.CharField(
        label=_("Code"),
        max_length=40,
        error_messages={"required": _("Typ de code over uit je app, of van je papier.")},
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )

    def __init__(self, *args, user, **kwargs):
        self.user = user
        super().__init__(*args, **kwargs)

    def clean_code(self):
        forget = one_guess(self.user)
        self.authenticator = factors.used(self.user, self.cleaned_data["code"])
        if self.authenticator is None:
            raise get_adapter().validation_error("incorrect_code")
        forget()
        return self.cleaned_data["code"]

    def save(self):
        """Note in the session that the code was right."""
        # The row as it was read may be older than what use of the code wrote in it.
        self.authenticator.refresh_from_db()
        self.authenticator.user = self.user
        post_authentication(
            context.request, self.authenticator, reauthenticated=self.reauthenticated
        )


class CodeAgainForm(CodeForm):
    """The same, to show once more that it is you."""

    reauthenticated = True


class AppForm(ActivateTOTPForm):
    """The first code of a new app. It is used by that: it does not log in as well."""

    def clean_code(self):
        forget = one_guess(self.user)
        code = self.cleaned_data["code"].replace(" ", "")
        self.counter = factors.counter_of(self.secret, code)
        if self.counter is None:
            raise get_adapter().validation_error("incorrect_code")
        forget()
        return code


class ResetForm(forms.Form):
    reason = forms.CharField(
        label=_("Waarom, en hoe weet je dat je deze persoon sprak?"),
        help_text=_("Bijvoorbeeld: telefoon kwijt, teruggebeld op het nummer dat we hadden."),
        error_messages={"required": _("Schrijf op waarom, en hoe je weet wie je sprak.")},
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
    )
