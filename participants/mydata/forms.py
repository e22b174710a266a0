from django import forms
from django.utils.translation import gettext_lazy as _

from participants.accounts import names
from participants.accounts.doors import ApiToken


class NameForm(forms.Form):
    name = forms.CharField(
        label=_("Je naam"),
        help_text=_("Zo zien je groep en je trainer je."),
        max_length=names.LONGEST,
        error_messages={"required": _("Vul je naam in.")},
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )


class EmailForm(forms.Form):
    email = forms.EmailField(
        label=_("Je nieuwe e-mailadres"),
        help_text=_("We mailen je een link. Pas als je die opent, verandert je adres."),
        max_length=254,
        error_messages={
            "required": _("Vul je nieuwe e-mailadres in."),
            "invalid": _("Dit e-mailadres kunnen we niet lezen. Kijk of er een @ in staat."),
        },
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


class PhoneForm(forms.Form):
    phone = forms.CharField(
        label=_("Telefoon"),
        help_text=_("Zo kan iemand van de leerlijn je bellen. Leeg laten mag."),
        max_length=30,
        required=False,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel", "class": "ll-short"}),
    )


class TokenForm(forms.Form):
    name = forms.CharField(
        label=_("Waar is het token voor?"),
        help_text=_("Zo herken je het later. Bijvoorbeeld: mijn rekenblad."),
        max_length=ApiToken._meta.get_field("name").max_length,
        error_messages={"required": _("Schrijf op waar het token voor is.")},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
