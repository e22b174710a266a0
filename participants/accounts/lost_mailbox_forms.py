from allauth.account.adapter import get_adapter
from allauth.core import context
from allauth.core.internal import ratelimit
from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from participants.accounts import lost_mailbox

MET = _("We ontmoetten elkaar")
CALLED = _("Ik belde terug op het nummer dat we al hadden")


class FindForm(forms.Form):
    zoek = forms.CharField(
        label=_("Zoek op naam"),
        help_text=_("Zonder naam zie je wie meewerkt."),
        max_length=100,
        required=False,
    )


class KnownForm(forms.Form):
    """How the helper knows whom they spoke to, and why it is needed."""

    how = forms.ChoiceField(
        label=_("Hoe weet je dat het deze persoon was?"),
        choices=[("met", MET), ("called", CALLED)],
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(
            ["required", "invalid_choice"], _("Kies hoe je weet wie je sprak.")
        ),
    )
    why = forms.CharField(
        label=_("Wat is er aan de hand?"),
        help_text=_(
            "Bijvoorbeeld: het wachtwoord van de mail is kwijt. De persoon kan dit lezen. "
            "Schrijf niets over gezondheid."
        ),
        error_messages={"required": _("Schrijf kort op wat er aan de hand is.")},
        max_length=240,
    )

    @property
    def reason(self):
        """Both as one sentence, for the log."""
        how = dict(self.fields["how"].choices)[self.cleaned_data["how"]]
        return f"{how}: {self.cleaned_data['why']}"


class AddressForm(KnownForm):
    email = forms.EmailField(
        label=_("Nieuw e-mailadres"),
        help_text=_("Lees het hardop terug."),
        error_messages={"required": _("Vul het nieuwe adres in.")},
    )

    field_order = ["email", "how", "why"]


class CardForm(forms.Form):
    """An e-mail address and a code of the card; ``user`` is whose they are."""

    email = forms.EmailField(
        label=_("Je e-mailadres"),
        help_text=_("Ook als je daar nu niet bij kunt."),
        error_messages={"required": _("Vul je e-mailadres in.")},
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    code = forms.CharField(
        label=_("Code van je kaart"),
        help_text=_("Bijvoorbeeld BCDF-GHJK-LMNP. Streep hem daarna door."),
        error_messages={"required": _("Typ een code van je kaart over.")},
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code"}),
    )
    user = None

    def clean(self):
        asked = super().clean()
        if "email" in asked and "code" in asked:
            self._count(asked["email"].lower())
            self.user = lost_mailbox.used(asked["email"], asked["code"])
            if self.user is None:
                raise get_adapter().validation_error("card_mismatch")
        return asked

    def _count(self, email):
        """Of an address nobody has too; raises ValidationError when it was too often."""
        rates = {"guess": settings.CARD_GUESSES}
        facts = {"app": "card", "action": "guess", "config": rates, "key": email}
        if not ratelimit.consume(context.request, **facts):
            raise get_adapter().validation_error("too_many_login_attempts")
