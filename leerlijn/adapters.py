from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.stagekit import clear_login
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.shortcuts import redirect

NOT_THIS_CODE = "Deze code klopt niet of werkt niet meer. Typ hem over, of vraag een nieuwe."

SECOND_STEPS = {Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN}


class AccountAdapter(DefaultAccountAdapter):
    """Accounts come from staff: from an import or from the admin, never from a stranger."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": "Dit account is gesloten. Bel of mail je coördinator.",
        "email_password_mismatch": "Dit e-mailadres en wachtwoord horen niet bij elkaar. "
        "Probeer het nog eens, of log in met een code.",
        "enter_current_password": "Vul het wachtwoord in dat je nu gebruikt.",
        "incorrect_code": NOT_THIS_CODE,
        "incorrect_password": "Dit wachtwoord klopt niet. Probeer het nog eens.",
        "invalid_login": "Dit e-mailadres kunnen we niet lezen. Kijk of er een @ in staat.",
        "invalid_password_reset": "Deze link werkt niet meer. Vraag een nieuwe aan.",
        "too_many_login_attempts": "Je hebt het vaak geprobeerd. Wacht vijf minuten, "
        "of log in met een code.",
        "rate_limited": "Dat ging erg snel achter elkaar. Probeer het over een minuut weer.",
    }

    def is_open_for_signup(self, request):
        return False

    def pre_login(self, request, user, **facts):
        """Lets nobody in on a code that was on its way to an address that is theirs no more."""
        email = facts["email"] or user.email
        if email.lower() == user.email.lower():
            return super().pre_login(request, user, **facts)
        clear_login(request)
        messages.error(request, NOT_THIS_CODE)
        return redirect("account_login")


class MFAAdapter(DefaultMFAAdapter):
    """The second factor, with sentences that say what to do."""

    error_messages = DefaultMFAAdapter.error_messages | {"incorrect_code": NOT_THIS_CODE}

    def is_mfa_enabled(self, user, types=None):
        """A passkey of a participant is a way in, and no lock on the other ways.

        Or somebody with a passkey on one telephone would be shut out on the next. Of staff, and
        of who has codes from an app too, it is also the second step.
        """
        if types and set(types) == SECOND_STEPS and not user.role_kinds:
            types = [Authenticator.Type.TOTP]
        return super().is_mfa_enabled(user, types=types)
