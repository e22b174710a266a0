from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from leerlijn.templatetags.dates import period
from participants.accounts.models import Role
from participants.enrolments.models import CriterionKey
from participants.hours.fields import DurationField
from participants.hours.forms import PeriodForm
from participants.overview import accounting
from participants.overview.periods import Period
from participants.tracks.models import Cohort


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("Waarom"),
        help_text=_("De deelnemer kan dit lezen. Schrijf niets over gezondheid."),
        error_messages={"required": _("Schrijf op waarom.")},
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
    )


class AdmitForm(ReasonForm):
    starts_on = forms.DateField(
        label=_("Doet mee vanaf"),
        required=False,
        help_text=_("Wat daarvoor was, hoeft niet ingehaald te worden."),
    )


class LastDayForm(forms.Form):
    last_day = forms.DateField(label=_("Laatste dag"))


class EntriesUntilForm(forms.Form):
    day = forms.DateField(
        label=_("Uren mogen tot en met"),
        help_text=_("Laat leeg om de gewone dag van de lichting te gebruiken."),
        required=False,
    )


class RecordNameForm(forms.Form):
    name = forms.CharField(label=_("Naam op het certificaat"), max_length=120)
    how = forms.CharField(
        label=_("Hoe is de naam bevestigd?"),
        help_text=_("Bijvoorbeeld: per telefoon."),
        initial=_("per telefoon"),
        max_length=80,
    )


class PauseForm(forms.Form):
    starts_on = forms.DateField(label=_("Eerste dag van de pauze"))
    ends_on = forms.DateField(
        label=_("Laatste dag"),
        help_text=_("Laat leeg als je dat nog niet weet."),
        required=False,
    )


class ExemptionForm(forms.Form):
    criterion = forms.ChoiceField(
        label=_("Voor welke voorwaarde?"), choices=CriterionKey, widget=forms.RadioSelect
    )
    minutes = DurationField(
        label=_("Hoeveel uur gaat eraf?"),
        help_text=_("Alleen bij studie en werk. Leeg: de hele voorwaarde telt als behaald."),
        required=False,
    )
    reason = forms.CharField(
        label=_("Reden"),
        help_text=_("Alleen de deelnemer en de staf lezen dit. Schrijf niets over gezondheid."),
        error_messages={"required": _("Schrijf op waarom.")},
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
    )


class IntakeForm(forms.Form):
    text = forms.CharField(
        label=_("Notities"),
        help_text=_(
            "Andere staf leest dit niet. Over wie het gaat, kan het opvragen. "
            "Schrijf niets over gezondheid."
        ),
        widget=forms.Textarea(attrs={"rows": 6}),
        max_length=4000,
        required=False,
    )


class Destination(forms.ModelChoiceField):
    """A cohort by its name and days: all are of one track."""

    def label_from_instance(self, cohort):
        return f"{cohort.name}, {period(cohort.starts_on, cohort.ends_on)}"


class DestinationForm(forms.Form):
    """The cohort to move to; ``cohorts`` are those that may be chosen."""

    cohort = Destination(
        label=_("Naar welke lichting?"),
        queryset=Cohort.objects.none(),
        widget=forms.RadioSelect(attrs={"class": "ll-list"}),
        empty_label=None,
        error_messages={"required": _("Kies een lichting.")},
    )
    starts_on = forms.DateField(
        label=_("Doet daar mee vanaf"),
        help_text=_("Leeg: vanaf de eerste dag, of vandaag als de lichting al begonnen is."),
        required=False,
    )

    def __init__(self, *args, cohorts, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["cohort"].queryset = cohorts


class TeamForm(forms.Form):
    name = forms.CharField(label=_("Naam"), max_length=120)
    email = forms.EmailField(label=_("E-mailadres"))
    kind = forms.ChoiceField(
        label=_("Rol in deze lichting"),
        choices=[
            (Role.Kind.TRAINER, _("Trainer")),
            (Role.Kind.ASSESSOR, _("Beoordelaar")),
        ],
        widget=forms.RadioSelect,
    )


class AccountingForm(PeriodForm):
    """The period of an accounting, and how its sample is drawn."""

    steekproef = forms.IntegerField(
        label=_("Mensen in de steekproef"),
        min_value=1,
        max_value=accounting.LARGEST_SAMPLE,
        required=False,
        error_messages={
            "invalid": _("Vul een heel getal in, bijvoorbeeld 10."),
            "min_value": _("Kies 1 of meer mensen."),
            "max_value": _("Kies 100 mensen of minder."),
        },
    )
    loting = forms.CharField(
        label=_("Woord om mee te loten"),
        help_text=_(
            "Laat de subsidiegever een woord kiezen. Hetzelfde woord geeft dezelfde mensen."
        ),
        max_length=40,
        required=False,
    )

    def clean(self):
        known = super().clean()
        if known.get("van") and known["van"] > timezone.localdate():
            self.add_error("van", _("Deze dag moet nog komen. Kies vandaag of een eerdere dag."))
        return known

    @classmethod
    def of(cls, cohort, query):
        """The form with what the address asks; with the usual answers where it asks nothing."""
        whole = accounting.whole(cohort)
        usual = {"van": whole.first, "tot": whole.last, "steekproef": accounting.SAMPLE_SIZE}
        return cls(query if "van" in query else usual)

    def facts(self, cohort):
        """What ``accounting.facts`` says of ``cohort``, as asked."""
        asked = self.cleaned_data
        return accounting.facts(
            cohort,
            Period(asked["van"], asked["tot"]),
            seed=asked["loting"],
            size=asked["steekproef"] or accounting.SAMPLE_SIZE,
        )
