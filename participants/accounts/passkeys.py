"""A passkey: logging in with a finger, a face or the code of one's own telephone."""

from allauth.mfa.webauthn.forms import AddWebAuthnForm
from allauth.mfa.webauthn.views import AddWebAuthnView
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from participants.accounts import factors, second_factor


class PasskeyForm(AddWebAuthnForm):
    """As the package has it, with a passkey as what most people want."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        alone = self.fields["passwordless"]
        alone.initial, alone.help_text = True, ""
        alone.label = _("Hiermee log ik in, zonder wachtwoord of code")


class AddPasskey(AddWebAuthnView):
    """Who needs a second step has shown one by adding it; codes on paper come after it."""

    def get_context_data(self, **kwargs):
        first_time = second_factor.is_first_time(self.request)
        return super().get_context_data(**kwargs) | {"first_time": first_time}

    def form_valid(self, form):
        response = super().form_valid(form)
        newest = factors.of(self.request.user).filter(type=factors.KEY).latest("pk")
        second_factor.note(self.request, newest)
        return response

    def get_success_url(self):
        user = self.request.user
        if user.needs_second_factor and not factors.has_paper(user):
            return reverse("second_factor:paper")
        return reverse("mfa_list_webauthn")
