from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.stagekit import clear_login
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse

from leerlijn import limits
from participants.accounts import devices, factors, hashing, second_factor

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
        "too_many_mails": "Er zijn al een paar codes gemaild. Kijk ook bij ongewenste mail, "
        "of probeer het over een uur weer.",
        "card_mismatch": "Deze code hoort niet bij dit e-mailadres, of is al gebruikt. "
        "Neem de volgende code van je kaart.",
        "busy": "Het is even druk. Wacht een paar tellen en druk dan nog een keer.",
        "rate_limited": "Dat ging erg snel achter elkaar. Probeer het over een minuut weer.",
    }

    def is_open_for_signup(self, request):
        return False

    def is_reauthentication_required(self, *, app, **kwargs):
        """Not of who just logged in and chooses a first second factor: there is none to show."""
        if app == "allauth.mfa" and second_factor.is_first_time(context.request):
            return False
        return super().is_reauthentication_required(app=app, **kwargs)

    def get_client_ip(self, request):
        """Who asks, for the limits: a proxy of ours is believed and nobody else."""
        return limits.asking(request)

    def _get_login_attempts_cache_key(self, request, **credentials):
        # The package's has the host in it, with the port that the visitor claims to see.
        return credentials.get("email", "").lower()

    def authenticate(self, request, **credentials):
        try:
            return super().authenticate(request, **credentials)
        except hashing.Busy as busy:
            self._rollback_login_failed_rl_usage()
            raise self.validation_error("busy") from busy

    def get_reauthentication_methods(self, user):
        """With a mailed code too, for who has no app and no passkey; after the password."""
        methods = super().get_reauthentication_methods(user)
        if Authenticator.objects.filter(user=user, type__in=SECOND_STEPS).exists():
            return methods
        place = sum(method["id"] == "reauthenticate" for method in methods)
        mailed = {
            "id": "reauthenticate_by_code",
            "description": "Mail mij een code",
            "url": reverse("reauthenticate-by-code"),
        }
        return [*methods[:place], mailed, *methods[place:]]

    def login(self, request, user):
        """Tells the owner of a login on a browser that is new to them."""
        is_new = devices.is_new(request, user)
        super().login(request, user)
        if is_new:
            devices.tell(request, user)

    def post_login(self, request, user, **facts):
        response = super().post_login(request, user, **facts)
        devices.remember(request, response, user)
        return response

    def pre_login(self, request, user, **facts):
        """Lets nobody in on a code that was on its way to an address that is theirs no more."""
        email = facts["email"] or user.email
        if email.lower() == user.email.lower():
            return super().pre_login(request, user, **facts)
        clear_login(request)
        messages.error(request, NOT_THIS_CODE)
        return redirect("account_login")


class MFAAdapter(DefaultMFAAdapter):
    """The second factor, with sentences that say what to do; see participants.accounts.factors."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "cannot_delete_authenticator": "Dit is je enige extra stap, en die heb je nodig. "
        "Voeg eerst een andere toe.",
        "incorrect_code": "Deze code klopt niet, of is al gebruikt. Wacht op de volgende code, "
        "en typ die over.",
        "too_many_codes": "Je hebt het vaak geprobeerd. Wacht vijf minuten. Lukt het dan nog "
        "niet? Bel je coördinator.",
    }

    def is_mfa_enabled(self, user, types=None):
        """Whether ``user`` has one of ``types``; asked for a second step, what counts as that."""
        if types and set(types) == SECOND_STEPS:
            return factors.asked_of(user).exists()
        return super().is_mfa_enabled(user, types=types)

    def can_delete_authenticator(self, authenticator):
        return factors.may_go(authenticator)

    def encrypt(self, text):
        return factors.sealed(text)

    def decrypt(self, encrypted_text):
        return factors.unsealed(encrypted_text)
