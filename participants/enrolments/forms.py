from django import forms
from django.utils.translation import gettext_lazy as _

YES_NO = [("", _("Weet ik niet")), ("True", _("Ja")), ("False", _("Nee"))]


class NameForm(forms.Form):
    name = forms.CharField(
        label=_("Je naam op het certificaat"),
        help_text=_("Met je voornaam en achternaam, precies zoals jij die schrijft."),
        error_messages={"required": _("Vul je naam in.")},
        max_length=120,
    )


class PauseForm(forms.Form):
    starts_on = forms.DateField(label=_("Eerste dag van je pauze"))
    ends_on = forms.DateField(
        label=_("Laatste dag"),
        help_text=_("Laat leeg als je dat nog niet weet."),
        required=False,
    )


class ListForm(forms.Form):
    file = forms.FileField(
        label=_("Lijst met namen"),
        help_text=_("Een CSV- of Excel-bestand met de kopjes naam en e-mail."),
    )


class PersonForm(forms.Form):
    """Somebody new in a cohort: let in at once, or put on the list of applicants."""

    name = forms.CharField(label=_("Naam"), max_length=120)
    email = forms.EmailField(label=_("E-mailadres"))
    phone = forms.CharField(label=_("Telefoon"), max_length=30, required=False)
    admit = forms.ChoiceField(
        label=_("Wat wil je doen?"),
        choices=[("now", _("Laat meteen toe")), ("later", _("Zet bij de aanmeldingen"))],
        widget=forms.RadioSelect,
    )
    starts_on = forms.DateField(
        label=_("Doet mee vanaf"),
        help_text=_("Leeg: vanaf de eerste dag van de lichting."),
        required=False,
    )
    did_training = forms.NullBooleanField(
        label=_("Rondde een opleiding voor ervaringsdeskundigen af"),
        widget=forms.Select(choices=YES_NO),
        required=False,
    )
    did_training_note = forms.CharField(label=_("Toelichting"), max_length=240, required=False)
    has_experience = forms.NullBooleanField(
        label=_("Werkte eerder samen als ervaringsdeskundige"),
        widget=forms.Select(choices=YES_NO),
        required=False,
    )
    has_experience_note = forms.CharField(label=_("Toelichting"), max_length=240, required=False)

    PREFERENCES = ("did_training", "did_training_note", "has_experience", "has_experience_note")

    @property
    def preferences(self):
        """The two preferences of the domain, as ``register_application`` takes them."""
        return {name: self.cleaned_data[name] for name in self.PREFERENCES}
