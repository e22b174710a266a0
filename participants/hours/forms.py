"""What people fill in about hours. The rules are those of the actions; a form only reads."""

import contextlib
import datetime as dt
import uuid

from django import forms
from django.utils import formats, timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext_lazy as _

from participants.files import refusals, storing
from participants.files.forms import MultipleUploadField
from participants.hours.fields import DurationField
from participants.placements.models import Placement
from participants.trainings.models import TrainingChoice

QUICK = {30: "½", 60: "1", 120: "2", 180: "3", 240: "4"}
OTHER_DAY = "other"

# Where on the form a refusal by a rule belongs.
PLACES = {
    "in_the_future": "day",
    "before_the_start": "day",
    "after_the_end": "day",
    "zero_duration": "minutes",
    "too_much_on_a_day": "minutes",
    "description_missing": "description",
    "unknown_placement": "placement",
    "unknown_training": "training_choice",
    "comes_from_the_register": "training_choice",
    "half_a_time": "ends_at",
    "ends_before_it_starts": "ends_at",
    "note_missing": "note",
    "too_many_proofs": "proof",
    **dict.fromkeys(refusals.SENTENCES, "proof"),
}
PROOF_HINT = _("Een foto, PDF, Word of ODT. Van meer foto's maken we één PDF.")


class HoursForm(forms.Form):
    """Hours of one day, as their owner writes them down."""

    enrolment = forms.ModelChoiceField(
        label=_("Voor welke lichting?"),
        queryset=None,
        empty_label=None,
        widget=forms.RadioSelect(attrs={"class": "ll-list"}),
    )
    kind = forms.ChoiceField(
        label=_("Wat voor uren?"),
        choices=[("work", _("Werk")), ("study", _("Studie"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies werk of studie.")},
    )
    training_choice = forms.ModelChoiceField(
        label=_("Hoort het bij een training?"),
        queryset=None,
        required=False,
        empty_label=_("Nee, of een andere"),
    )
    day = forms.CharField(
        label=_("Welke dag?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies een dag.")},
    )
    date = forms.DateField(label=_("Welke datum?"), required=False)
    quick = forms.TypedChoiceField(
        label=_("Hoelang?"),
        choices=list(QUICK.items()),
        coerce=int,
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
    )
    minutes = DurationField(
        label=_("Of typ het zelf, in uren"),
        help_text=_("Mag zo: 1,5 of 1:30 of 90 min"),
        required=False,
    )
    description = forms.CharField(
        label=_("Wat deed je?"),
        help_text=_("Een paar woorden is genoeg. Schrijf geen namen van bewoners op."),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Schrijf in een paar woorden wat je deed.")},
    )
    placement = forms.ModelChoiceField(
        label=_("Welke leerplek, bij werk?"),
        queryset=None,
        required=False,
        empty_label=_("Zeg ik niet"),
    )
    starts_at = forms.TimeField(label=_("Van"), required=False)
    ends_at = forms.TimeField(label=_("Tot"), required=False)
    private_note = forms.CharField(
        label=_("Notitie voor jezelf"),
        help_text=_("Alleen jij leest dit."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    proof = MultipleUploadField(
        label=_("Kies een foto of bestand"), help_text=PROOF_HINT, required=False
    )
    client_id = forms.UUIDField(required=False, widget=forms.HiddenInput)
    sure = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(self, data=None, files=None, *, enrolments, entry=None, initial=None):
        known = content_of(entry) if entry else {}
        # What was kept while typing brings no client_id: it may have been sent since.
        known |= (initial or {}) | {"client_id": uuid.uuid4()}
        super().__init__(data, files, initial=known)
        self.fields["description"].required = not self.is_draft
        self.fields["day"].widget.choices = _days(self.data.get("day"))
        self._offer("enrolment", [] if entry else enrolments, at_least=2)
        places = _placements(enrolments)
        self.only_place = places[0] if len(places) == 1 else None
        self._offer("placement", places, at_least=2)
        self._offer("training_choice", _trainings(enrolments), at_least=1)

    @property
    def is_draft(self):
        """Whether the button said to keep it for later."""
        return "draft" in self.data

    @property
    def has_more(self):
        """Whether something stands in the part that is folded away."""
        here = [self[name] for name in MORE if name in self.fields]
        return any(field.value() or field.errors for field in here)

    def clean(self):
        content = super().clean()
        if not content.get("minutes") and "minutes" not in self.errors:
            content["minutes"] = content.get("quick") or self._ask_how_long()
        if content.get("day") == OTHER_DAY and not content.get("date"):
            if "date" not in self.errors:
                self.add_error("date", _("Vul een datum in, bijvoorbeeld 4-11-2026."))
        elif content.get("day") and content["day"] != OTHER_DAY:
            content["date"] = content["day"]
        return content

    def clean_day(self):
        day = self.cleaned_data["day"]
        return day if day == OTHER_DAY else _date_or_complaint(day)

    def content(self):
        """What the actions take; of placement and training only what goes with the kind."""
        wanted = ["kind", "date", "minutes", "description", *MORE]
        other = "placement" if self.cleaned_data["kind"] == "work" else "training_choice"
        return {name: self.cleaned_data[name] for name in (*wanted, other) if name in self.fields}

    def received(self):
        """What was attached, judged, for a ``with``: one Received of ``files``, or None."""
        uploads = self.cleaned_data.get("proof")
        return storing.received_many(uploads) if uploads else contextlib.nullcontext()

    def says_the_same_as(self, entry):
        """Whether ``entry`` is what stands here: not so when an older send made it."""
        said = {name: value for name, value in self.content().items() if value or value == 0}
        return all(getattr(entry, name) == value for name, value in said.items())

    def send_as_new(self):
        """Let the next press make an entry of its own; what was typed stays."""
        self.data = self.data.copy()
        self.data["client_id"], self.data["sure"] = str(uuid.uuid4()), "on"

    def refuse(self, refusal):
        """Show the sentence of a rule where it belongs."""
        place = PLACES.get(refusal.code)
        if place == "day" and self.cleaned_data.get("day") == OTHER_DAY:
            place = "date"
        self.add_error(place if place in self.fields else None, refusal)

    def _ask_how_long(self):
        self.add_error("minutes", _("Vul in hoelang je bezig was, bijvoorbeeld 1,5."))

    def _offer(self, name, rows, *, at_least):
        """Only a real choice is asked for."""
        if len(rows) < at_least:
            del self.fields[name]
        else:
            self.fields[name].queryset = rows


class PeriodForm(forms.Form):
    """From which day up to and including which day."""

    van = forms.DateField(label=_("Van"))
    tot = forms.DateField(label=_("Tot en met"))

    def clean(self):
        known = super().clean()
        if known.get("van") and known.get("tot") and known["tot"] < known["van"]:
            self.add_error("tot", _("De laatste dag ligt voor de eerste dag. Draai ze om."))
        return known


class ProofForm(forms.Form):
    """A photo or a file that goes with hours that are there already."""

    proof = MultipleUploadField(label=_("Kies een foto of bestand"), help_text=PROOF_HINT)


class HoursForSomebodyForm(HoursForm):
    """Hours that staff write down for a participant, and how they know."""

    note = forms.CharField(
        label=_("Hoe weet je dit?"),
        help_text=_("Bijvoorbeeld: van de papieren lijst van maart. De deelnemer leest dit ook."),
        max_length=240,
        error_messages={"required": _("Schrijf op hoe je dit weet.")},
    )
    private_note = proof = None

    @property
    def is_draft(self):
        return False


MORE = ("starts_at", "ends_at", "private_note")


def content_of(entry):
    """The initial values that show ``entry`` on the form."""
    day = entry.date.isoformat()
    near = day in dict(_days())
    return {
        "kind": entry.kind,
        "day": day if near else OTHER_DAY,
        "date": None if near else entry.date,
        "quick": entry.minutes if entry.minutes in QUICK else None,
        "minutes": None if entry.minutes in QUICK else entry.minutes,
        "description": entry.description,
        "placement": entry.placement_id,
        "training_choice": entry.training_choice_id,
        "starts_at": entry.starts_at,
        "ends_at": entry.ends_at,
        "private_note": entry.private_note,
    }


def _days(chosen=None):
    """Real dates behind the words: what was "today" before midnight stays that day after it."""
    today = timezone.localdate()
    yesterday = today - dt.timedelta(days=1)
    days = [(today.isoformat(), _("Vandaag")), (yesterday.isoformat(), _("Gisteren"))]
    if chosen and chosen not in (OTHER_DAY, *dict(days)) and _date_or_none(chosen):
        days.append((chosen, formats.date_format(parse_date(chosen), "j F")))
    return [*days, (OTHER_DAY, _("Andere dag"))]


def _date_or_none(text):
    try:
        return parse_date(text)
    except ValueError:
        return None


def _date_or_complaint(text):
    if day := _date_or_none(text):
        return day
    raise forms.ValidationError(_("Kies een dag."))


def _placements(enrolments):
    return Placement.objects.filter(enrolment__in=enrolments).select_related("place")


def _trainings(enrolments):
    """What was chosen and is typed; a training with a register gives its hours by itself."""
    choices = TrainingChoice.objects.filter(enrolment__in=enrolments).select_related("training")
    return choices.open().exclude(training__has_register=True)
