"""Norms as people type them, and what a new cohort is called."""

import re

from django import forms
from django.core.validators import MinValueValidator
from django.utils.translation import gettext_lazy as _

from participants.hours.durations import as_typed
from participants.hours.wording import QUARTERS, as_figure
from participants.setup import copying
from participants.setup.cohorts import FACTS
from participants.setup.wording import IN_HOURS, LABELS
from participants.tracks.models import Cohort, LearningTrack

DECIMAL = re.compile(r"(?P<hours>[0-9]{1,4})(?:[.,](?P<part>25|5|50|75|0|00))?")
CLOCK = re.compile(r"(?P<hours>[0-9]{1,4}):(?P<minutes>[0-5][0-9])")
MINUTES = {"25": 15, "5": 30, "50": 30, "75": 45}
MORE_THAN_NOTHING = MinValueValidator(1, message=_("Vul meer dan 0 uur in."))
UNREADABLE = _("Vul hele uren in, of halve: bijvoorbeeld 60 of 60,5.")


class HoursField(forms.Field):
    """A norm in hours: "60", "60,5" or "60:20" in, whole minutes out."""

    widget = forms.TextInput(attrs={"autocomplete": "off", "class": "ll-short"})

    def __init__(self, **options):
        super().__init__(error_messages={"required": UNREADABLE}, **options)

    def to_python(self, value):
        text = (value or "").strip()
        if not text:
            return None
        if found := CLOCK.fullmatch(text):
            return int(found["hours"]) * 60 + int(found["minutes"])
        if found := DECIMAL.fullmatch(text):
            return int(found["hours"]) * 60 + MINUTES.get(found["part"], 0)
        raise forms.ValidationError(UNREADABLE, code="unreadable_hours")

    def prepare_value(self, value):
        if not isinstance(value, int):
            return value
        return as_figure(value) if value % 60 in QUARTERS else as_typed(value)


class NormsForm(forms.ModelForm):
    """All norms of a cohort; ``norms.preview`` and ``norms.change`` take ``facts``."""

    study_minutes = HoursField(label=LABELS["study_minutes"], validators=[MORE_THAN_NOTHING])
    work_minutes = HoursField(label=LABELS["work_minutes"], validators=[MORE_THAN_NOTHING])
    talk_behind_minutes = HoursField(
        label=LABELS["talk_behind_minutes"], help_text=_("0 betekent: nooit vanzelf.")
    )

    class Meta:
        model = Cohort
        fields = list(LABELS)
        labels = {name: label for name, label in LABELS.items() if name not in IN_HOURS}

    @property
    def facts(self):
        return {name: self.cleaned_data[name] for name in LABELS}


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("Waarom verander je dit?"),
        help_text=_("Dit blijft bij de lichting staan. Schrijf niets over één persoon."),
        error_messages={"required": _("Schrijf op waarom.")},
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
    )


class TrackNormsForm(NormsForm, ReasonForm):
    """The norms of a track, and why they change."""

    class Meta(NormsForm.Meta):
        model = LearningTrack


class NewCohortForm(forms.Form):
    """Name and days of a new cohort."""

    name = forms.CharField(
        label=_("Hoe heet de nieuwe lichting?"),
        max_length=Cohort._meta.get_field("name").max_length,
        error_messages={"required": _("Geef de nieuwe lichting een naam.")},
    )
    starts_on = forms.DateField(label=_("Eerste dag"))
    ends_on = forms.DateField(label=_("Laatste dag"))


class CohortForm(forms.ModelForm):
    """Name, days and who answers the telephone."""

    class Meta:
        model = Cohort
        fields = FACTS
        labels = {
            "name": _("Hoe heet de lichting?"),
            "starts_on": _("Eerste dag"),
            "ends_on": _("Laatste dag"),
            "contact_name": _("Wie is de contactpersoon?"),
            "contact_phone": _("Welk nummer kan iemand bellen?"),
            "contact_when": _("Wanneer is die bereikbaar?"),
        }
        help_texts = {
            "starts_on": _("Is de lichting begonnen? Dan blijft deze dag zo."),
            "ends_on": _("Een andere dag verandert ook tot wanneer uren mogen."),
            "contact_phone": _("Dit nummer staat in mail aan begeleiders en aanmelders."),
        }
        error_messages = {
            "name": {"required": _("Geef de lichting een naam.")},
            "starts_on": {"required": _("Vul een datum in, bijvoorbeeld 4 november 2026.")},
            "ends_on": {"required": _("Vul een datum in, bijvoorbeeld 4 november 2026.")},
        }


class CopyForm(NewCohortForm):
    """A new cohort after the example of ``cohort``; valid: ``drafted``."""

    with_team = forms.BooleanField(
        label=_("Neem het team mee"),
        required=False,
        initial=True,
        help_text=_("Trainers, beoordelaars en coördinatoren van deze lichting."),
    )

    def __init__(self, *args, cohort, **kwargs):
        super().__init__(*args, **kwargs)
        self.cohort = cohort

    def clean(self):
        if not self.errors:
            days = {name: fact for name, fact in self.cleaned_data.items() if name != "with_team"}
            self.drafted = copying.drafted(self.cohort, **days)
            self._refuse_impossible()
        return self.cleaned_data

    def _refuse_impossible(self):
        if self.drafted.track.cohorts.in_use().filter(name=self.drafted.name).exists():
            taken = _("Er is al een lichting met deze naam. Kies een andere.")
            self.add_error("name", forms.ValidationError(taken, code="name_taken"))
        if self.drafted.ends_on < self.drafted.starts_on:
            turned = _("De laatste dag ligt voor de eerste dag. Draai ze om.")
            self.add_error("ends_on", forms.ValidationError(turned, code="ends_before_it_starts"))
