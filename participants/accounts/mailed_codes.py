"""Logging in, or showing that it is still you, with a code that we mail.

Whoever asks gets the same answer after the same work: a row in the postbox is written for an
address that nobody has too, and nothing comes of it (docs/adr: throttles and hashing).
"""

import time

from allauth.account.adapter import get_adapter
from allauth.account.forms import ConfirmLoginCodeForm, RequestLoginCodeForm, ResetPasswordForm
from allauth.account.internal.flows.login import record_authentication
from allauth.account.internal.flows.login_by_code import LoginCodeVerificationProcess
from allauth.account.models import Login
from allauth.account.stages import LoginByCodeStage, LoginStageController
from allauth.account.views import (
    BaseReauthenticateView,
    ConfirmLoginCodeView,
    RequestLoginCodeView,
)
from allauth.core import context, ratelimit
from django.conf import settings
from django.forms import Form
from django.shortcuts import redirect
from django.urls import reverse

from participants import mailing
from participants.accounts import codes
from participants.accounts.doors import new_nonce
from participants.accounts.models import User

NOBODY = 0  # the key of nobody: a letter to them is none
STATE = "mailed_code"  # in the session: of who shows that it is still them


def known(email):
    """The User who logs in with ``email``, or None; one query whatever comes of it."""
    return User.objects.filter(email__iexact=email.strip(), is_active=True).first()


def may_mail(email):
    """Whether one more code may go to this address now; counts it."""
    key = email.strip().lower()
    return ratelimit.consume(context.request, action="request_login_code", key=key)


class AskCodeForm(RequestLoginCodeForm):
    def clean_email(self):
        email = self.cleaned_data["email"]
        if not may_mail(email):
            raise get_adapter().validation_error("too_many_mails")
        self._user = known(email)
        return email


class AskPasswordForm(ResetPasswordForm):
    def clean_email(self):
        self.users = []  # looked up once, below
        return self.cleaned_data["email"]

    def save(self, request, **kwargs):
        user = known(self.cleaned_data["email"])
        mailing.post("password_reset", user.pk if user else NOBODY, urgent=True)
        return self.cleaned_data["email"]


class LoginCode(LoginCodeVerificationProcess):
    """The package's, with a code that the letter can work out again."""

    @classmethod
    def begin(cls, request, user, email):
        login = Login(user=user, email=email)
        login.state["stages"] = {"current": LoginByCodeStage.key}
        stage = LoginByCodeStage(LoginStageController(request, login), request, login)
        stage.state.update(cls.initial_state(user=user, email=email), initiated_by_user=True)
        process = cls(stage)
        process.send()
        process.persist()

    def generate_code(self):
        """Nothing yet: see below."""

    def send_by_email(self, email, skip_enumeration_mails=False):
        nonce, user = new_nonce(), self.user
        # Of nobody there is no right code.
        self.state["code"] = codes.mailed(nonce) if user else ""
        mailing.post("login_code", user.pk if user else NOBODY, nonce, urgent=True)
        self.add_sent_message({"email": email, "recipient": email})


class AskCode(RequestLoginCodeView):
    def form_valid(self, form):
        LoginCode.begin(self.request, form._user, form.cleaned_data["email"])
        return redirect(self.get_success_url())


class EnterCode(ConfirmLoginCodeView):
    def _resend_form_valid(self, form):
        if may_mail(self._process.state["email"]):
            LoginCode(stage=self.stage).resend()
        return redirect(self.passthrough_next_url(reverse("account_confirm_login_code")))


class ShowByCode(BaseReauthenticateView):
    """For who has no password and no second factor at hand: a press mails a code."""

    template_name = "account/reauthenticate_by_code.html"

    def get_form_class(self):
        return ConfirmLoginCodeForm if self._enters else Form

    def get_form_kwargs(self):
        kwargs = super().get_form_kwargs()
        return kwargs | {"code": self._open.get("code", "")} if self._enters else kwargs

    def form_valid(self, form):
        if not self._enters:
            return self._mail()
        del self.request.session[STATE]
        record_authentication(self.request, self.request.user, "code", reauthenticated=True)
        return super().form_valid(form)

    def form_invalid(self, form):
        self._open["tries"] += 1
        self.request.session.modified = True
        return super().form_invalid(form)

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"sent": self._enters}

    def _mail(self):
        nonce, user = new_nonce(), self.request.user
        if not may_mail(user.email):
            form = self.get_form()
            form.add_error(None, get_adapter().validation_error("too_many_mails"))
            return self.render_to_response(self.get_context_data(form=form))
        self.request.session[STATE] = {
            "code": codes.mailed(nonce),
            "at": time.time(),
            "tries": 0,
        }
        mailing.post("still_you", user.pk, nonce, urgent=True)
        return redirect(self.passthrough_next_url(self.request.path))

    @property
    def _open(self):
        """What was mailed, while it still works; else nothing."""
        asked = self.request.session.get(STATE)
        if not asked or asked["tries"] >= settings.ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS:
            return {}
        lasts = time.time() - asked["at"] < settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT
        return asked if lasts else {}

    @property
    def _enters(self):
        return bool(self._open) and self.request.POST.get("action") != "resend"
