from django import forms
from django.utils.translation import gettext_lazy as _

from participants.accounts import names, phones

YES_NO = [("", _("Weet ik niet")), ("True", _("Ja")), ("False", _("Nee"))]


YES_OR_NO = [("True", _("Ja")), ("False", _("Nee"))]
NOT_HERE = _("In een paar woorden. Schrijf niets over je gezondheid of wat je meemaakte.")


class NameForm(forms.Form):
    name = forms.CharField(
        label=_("Je naam op het certificaat"),
        help_text=_("Met je voornaam en achternaam, precies zoals jij die schrijft."),
        error_messages={"required": _("Vul je naam in.")},
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name", "data-previews-name": ""}),
    )


class PauseForm(forms.Form):
    starts_on = forms.DateField(label=_("Eerste dag van je pauze"))
    ends_on = forms.DateField(
        label=_("Laatste dag"),
        help_text=_("Laat leeg als je dat nog niet weet."),
        required=False,
    )


class LastDayForm(forms.Form):
    last_day = forms.DateField(label=_("Laatste dag van je pauze"))


class ListForm(forms.Form):
    file = forms.FileField(
        label=_("Lijst met namen"),
        help_text=_("Een CSV- of Excel-bestand met de kopjes naam en e-mail."),
        error_messages={"empty": _("Dit bestand is leeg. Kies een bestand met namen erin.")},
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


def _preference(label, why):
    return forms.TypedChoiceField(
        label=label,
        help_text=why,
        choices=YES_OR_NO,
        coerce=lambda answer: answer == "True",
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies ja of nee. Nee mag ook.")},
    )


def _note(label):
    return forms.CharField(
        label=label,
        help_text=NOT_HERE,
        max_length=240,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class PreferencesForm(forms.Form):
    """The two preferences, asked of somebody whom we know already."""

    did_training = _preference(
        _("Heb je een opleiding voor ervaringsdeskundigen afgerond?"),
        _("We vragen dit omdat de leerlijn daarop verder bouwt. Het is een wens, geen eis."),
    )
    did_training_note = _note(_("Wil je zeggen welke opleiding?"))
    has_experience = _preference(
        _("Heb je eerder met anderen samengewerkt als ervaringsdeskundige?"),
        _("We vragen dit omdat we een groep zoeken die van elkaar leert. Nee mag ook."),
    )
    has_experience_note = _note(_("Wil je zeggen waar dat was?"))


class ApplicationForm(PreferencesForm):
    """Applying without an account. No CV, and nothing about health."""

    name = forms.CharField(
        label=_("Je naam"),
        error_messages={"required": _("Vul je naam in.")},
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = forms.EmailField(
        label=_("Je e-mailadres"),
        help_text=_("Hier sturen we een link naartoe om je aanmelding te bevestigen."),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    phone = forms.CharField(
        label=_("Je telefoonnummer"),
        help_text=_("Dan kunnen we je bellen om kennis te maken."),
        max_length=30,
        required=False,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel", "class": "ll-short"}),
    )

    field_order = ["name", "email", "phone"]

    def clean_name(self):
        return names.cleaned(self.cleaned_data["name"])

    def clean_phone(self):
        return phones.cleaned(self.cleaned_data["phone"])


class ApplicationsUntilForm(forms.Form):
    until = forms.DateField(
        label=_("Aanmelden kan tot en met"),
        help_text=_("Laat leeg om de lichting van de pagina met aanmelden te halen."),
        required=False,
    )
