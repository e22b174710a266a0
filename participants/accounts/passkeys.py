"""A passkey: logging in with a finger, a face or the code of one's own telephone."""

from allauth.mfa.webauthn.forms import AddWebAuthnForm
from allauth.mfa.webauthn.views import AddWebAuthnView
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class PasskeyForm(AddWebAuthnForm):
    """As the package has it, with a passkey as what most people want."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        alone = self.fields["passwordless"]
        alone.initial, alone.help_text = True, ""
        alone.label = _("Hiermee log ik in, zonder wachtwoord of code")


class AddPasskey(AddWebAuthnView):
    """Codes for when it is lost are shown to who needs one: they are asked for a second step."""

    def get_success_url(self):
        if self.request.user.role_kinds:
            return super().get_success_url()
        return reverse("mfa_list_webauthn")
