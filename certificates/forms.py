from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from certificates import uploads
from certificates.models import Certificate
from certificates.revocations import REVOKED_FOR


class WithdrawForm(forms.Form):
    reason = forms.CharField(
        label=_("Reden"),
        help_text=_("De eigenaar mag deze reden opvragen. Schrijf niets over gezondheid."),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Schrijf op waarom.")},
    )


class RevokeForm(WithdrawForm):
    category = forms.ChoiceField(
        label=_("Waarom trek je het in?"),
        choices=[(kind.value, capfirst(kind.label)) for kind in REVOKED_FOR],
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies een soort reden uit de lijst.")},
    )

    field_order = ["category", "reason"]


class NoteForm(forms.Form):
    """Why the second person leaves a certificate valid."""

    note = forms.CharField(
        label=_("Waarom blijft het geldig?"),
        help_text=_("Je collega leest dit."),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Schrijf op waarom het certificaat geldig blijft.")},
    )


class CorrectForm(forms.Form):
    name = forms.CharField(
        label=_("Naam zoals die op het certificaat moet staan"),
        max_length=120,
        error_messages={"required": _("Vul de verbeterde naam in.")},
    )


class ShownForm(forms.Form):
    """How much the check page tells; the choice of the holder."""

    shown = forms.ChoiceField(
        label=_("Wat ziet wie je link opent?"), choices=Certificate.Shown.choices
    )


class HandCodeForm(forms.Form):
    """Number and code, copied from paper or heard on the telephone."""

    number = forms.CharField(
        label=_("Nummer"),
        help_text=_("Bijvoorbeeld LL-2027-0048"),
        max_length=40,
        error_messages={"required": _("Vul het nummer in, bijvoorbeeld LL-2027-0048.")},
    )
    hand_code = forms.CharField(
        label=_("Controlecode"),
        help_text=_("12 tekens, bijvoorbeeld 7KRM 4PXD 9HTW"),
        max_length=40,
        error_messages={"required": _("Vul de 12 tekens in die achter het nummer staan.")},
    )


class FileForm(forms.Form):
    """The file that somebody was given; ``cleaned_data["file"]`` is its bytes."""

    file = forms.FileField(
        label=_("Heb je de pdf? Kies het bestand of sleep het hierheen"),
        help_text=_("Wij vergelijken het met ons origineel en bewaren het niet."),
        widget=forms.FileInput(attrs={"accept": "application/pdf,.pdf"}),
        error_messages={
            "required": _("Kies het pdf-bestand van het certificaat."),
            "empty": _("Dit bestand is leeg. Kies het pdf-bestand zoals je het kreeg."),
        },
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > uploads.MOST_BYTES:
            raise forms.ValidationError(
                _("Dit bestand is te groot. Een certificaat van ons is kleiner dan %d MB.")
                % uploads.MOST_MEGABYTES
            )
        pdf = file.read()
        if not pdf.startswith(b"%PDF-"):
            raise forms.ValidationError(
                _("Dit is geen pdf. Kies het pdf-bestand zoals je het kreeg.")
            )
        return pdf
