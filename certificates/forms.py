from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from certificates import actions
from certificates.models import Certificate
from certificates.readiness import candidates


class IssueForm(forms.Form):
    """Who gets a certificate, and the day on it."""

    award_date = forms.DateField(
        label=_("Datum van uitreiking"),
        help_text=_("Deze datum staat op het papier. Vanaf die dag ziet de deelnemer het."),
    )
    enrolments = forms.ModelMultipleChoiceField(
        label=_("Voor wie"),
        queryset=None,
        widget=forms.MultipleHiddenInput,
        error_messages={
            "required": _("Kies minstens één persoon."),
            "invalid_choice": _("Deze persoon hoort niet bij deze lichting. Kies opnieuw."),
            "invalid_pk_value": _("Deze persoon hoort niet bij deze lichting. Kies opnieuw."),
        },
    )

    def __init__(self, *args, cohort, by, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["award_date"].initial = timezone.localdate
        # All who could have one, not only who is ready: a colleague may just have been first.
        mine = candidates().coordinated_by(by).filter(cohort=cohort)
        self.fields["enrolments"].queryset = mine

    def clean_award_date(self):
        return actions.award_date_or_refusal(self.cleaned_data["award_date"])


class RevokeForm(forms.Form):
    reason = forms.CharField(
        label=_("Reden"),
        help_text=_("Alleen coördinatoren zien deze reden. Op de controlepagina staat die niet."),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Schrijf op waarom je dit certificaat intrekt.")},
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
    file = forms.FileField(
        label=_("Heb je de pdf? Kies het bestand"),
        help_text=_("Wij vergelijken het met ons origineel en bewaren het niet."),
        error_messages={"required": _("Kies het pdf-bestand van het certificaat.")},
    )
