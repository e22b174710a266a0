from django import forms
from django.utils.translation import gettext_lazy as _

from participants.erasing.models import Keeping


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("Waarom?"),
        help_text=_("Bijvoorbeeld: vroeg erom aan de telefoon. Schrijf niets over gezondheid."),
        max_length=240,
        error_messages={"required": _("Schrijf op waarom.")},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class HoldForm(forms.Form):
    reason = forms.CharField(
        label=_("Waarom houd je het vast?"),
        help_text=_("Bijvoorbeeld: de accountant is nog bezig."),
        max_length=Keeping._meta.get_field("held_because").max_length,
        error_messages={"required": _("Schrijf op waarom.")},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class FindForm(forms.Form):
    email = forms.EmailField(
        label=_("E-mailadres van wie gewist wil worden"),
        error_messages={
            "required": _("Vul een e-mailadres in."),
            "invalid": _("Dit e-mailadres kunnen we niet lezen. Kijk of er een @ in staat."),
        },
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
