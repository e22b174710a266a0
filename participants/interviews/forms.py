from django import forms
from django.utils.translation import gettext_lazy as _

from participants.interviews import seating
from participants.interviews.models import Value

CHOICES = [(value.value, value.label.capitalize()) for value in Value]
STARR = _("Denk aan STARR: situatie, taak, actie, resultaat, reflectie.")


class MomentForm(forms.Form):
    """When and where; the clock is that of Amsterdam."""

    planned_at = forms.DateTimeField(
        label=_("Datum en tijd"), help_text=_("Een gesprek duurt ongeveer 40 minuten.")
    )
    place = forms.CharField(
        label=_("Plaats"),
        max_length=120,
        required=False,
        help_text=_("Bijvoorbeeld: Huis van de Wijk, kamer 2."),
    )
    online_link = forms.URLField(
        label=_("Link voor online"),
        max_length=200,
        required=False,
        assume_scheme="https",
        error_messages={"invalid": _("Plak de hele link, bijvoorbeeld https://overleg.example/1.")},
    )

    # The moment of which the warnings were read; another moment is asked about again.
    sure_of = forms.CharField(widget=forms.HiddenInput, required=False)
    warnings: list = []

    @property
    def moment(self):
        """The cleaned fields of this form, for ``plan`` and ``replan``."""
        return {name: self.cleaned_data[name] for name in ("planned_at", "place", "online_link")}

    def asks_to_be_sure(self, warnings):
        """Whether somebody should read these ``(code, sentence)`` first; keeps them to show."""
        moment = self.cleaned_data["planned_at"].isoformat()
        if not warnings or self.cleaned_data["sure_of"] == moment:
            return False
        self.warnings = [sentence for code, sentence in warnings]
        self.data = self.data.copy()
        self.data["sure_of"] = moment
        return True


class AssessorChoices(forms.ModelMultipleChoiceField):
    def label_from_instance(self, assessor):
        return shown(assessor)


class AssessorChoice(forms.ModelChoiceField):
    def label_from_instance(self, assessor):
        return shown(assessor)


def shown(assessor):
    """The name, and whether this person guides the participant."""
    return (
        f"{assessor.name} ({_('trainer van deze deelnemer')})" if assessor.guides else assessor.name
    )


class PlanForm(MomentForm):
    """The moment, who will assess, and for each trainer of this participant why."""

    assessors = AssessorChoices(
        queryset=None,
        label=_("Beoordelaars"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Kies wie het gesprek beoordelen.")},
    )

    def __init__(self, *args, enrolment, **kwargs):
        super().__init__(*args, **kwargs)
        candidates = seating.candidates(enrolment)
        self.fields["assessors"].queryset = candidates
        for assessor in candidates:
            if assessor.guides:
                self.fields[reason_name(assessor.pk)] = reason_field(assessor)

    @property
    def reasons(self):
        """What was written for each trainer, by primary key."""
        return {
            int(name.removeprefix("reason_")): text
            for name, text in self.cleaned_data.items()
            if name.startswith("reason_")
        }


class ReplaceForm(forms.Form):
    """Who takes a seat; the reason only for a trainer of this participant."""

    new = AssessorChoice(
        queryset=None,
        label=_("Nieuwe beoordelaar"),
        widget=forms.RadioSelect(attrs={"class": "ll-list"}),
        empty_label=None,
    )
    reason = forms.CharField(
        label=_("Reden als dit een trainer van deze deelnemer is"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args, interview, **kwargs):
        super().__init__(*args, **kwargs)
        seated = interview.seats.taken().values("assessor")
        self.fields["new"].queryset = seating.candidates(interview.enrolment).exclude(pk__in=seated)


def reason_name(assessor_key):
    return f"reason_{assessor_key}"


def reason_field(assessor):
    return forms.CharField(
        label=_("Waarom beoordeelt %(name)s, ook trainer van deze deelnemer?")
        % {"name": assessor.name},
        help_text=_("Alleen nodig als je deze trainer kiest."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class PerItemForm(forms.Form):
    """For each criterion a choice of three and a text; ``answers`` is what actions take."""

    text_name = ""
    value_label = ""

    def __init__(self, *args, items, complete, **kwargs):
        super().__init__(*args, **kwargs)
        self.items = list(items)
        for item in self.items:
            self.fields[f"value_{item.pk}"] = self.value_field(item, complete)
            self.fields[f"{self.text_name}_{item.pk}"] = self.text_field(item)

    def value_field(self, item, complete):
        field = forms.ChoiceField(
            choices=CHOICES,
            label=self.value_label,
            required=complete or not self.is_bound,
            widget=forms.RadioSelect,
            error_messages={"required": _("Kies een oordeel bij “%s”.") % item.title},
        )
        field.widget.use_required_attribute = lambda initial: False
        return field

    def text_field(self, item):
        raise NotImplementedError

    @property
    def answers(self):
        """``{pk of an item: (value, text)}``."""
        return {
            item.pk: (
                self.cleaned_data[f"value_{item.pk}"],
                self.cleaned_data[f"{self.text_name}_{item.pk}"],
            )
            for item in self.items
        }

    def fields_of(self, item):
        """The two bound fields of ``item``."""
        return self[f"value_{item.pk}"], self[f"{self.text_name}_{item.pk}"]


class RatingForm(PerItemForm):
    """What one assessor saw, alone."""

    text_name = "notes"
    value_label = _("Jouw oordeel")

    def text_field(self, item):
        return forms.CharField(
            label=_("Notities"),
            help_text=STARR,
            required=False,
            widget=forms.Textarea(attrs={"rows": 3}),
        )


class HandInForm(forms.Form):
    """The declaration; ``guided`` when the coordinator recorded why a trainer may assess."""

    independent = forms.BooleanField(
        error_messages={"required": _("Zet een vinkje als je onafhankelijk oordeelde.")}
    )

    def __init__(self, *args, guided, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["independent"].label = (
            _("De coördinator schreef op waarom ik beoordeel. Ik oordeelde onafhankelijk.")
            if guided
            else _("Ik was geen trainer of coach van deze deelnemer. Ik oordeelde onafhankelijk.")
        )


class JointForm(PerItemForm):
    """What the assessors agreed, and the words for the participant."""

    text_name = "motivation"
    value_label = _("Samen kiezen jullie")
    strengths = forms.CharField(
        label=_("Wat laat deze deelnemer sterk zien?"),
        help_text=_("Hiermee begint het verslag. Schrijf aan de deelnemer zelf: “Je …”."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    advice = forms.CharField(
        label=_("Advies om verder te groeien"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def text_field(self, item):
        return forms.CharField(
            label=_("Hoe kwamen jullie tot dit oordeel?"),
            help_text=_("Nodig als de een “nog niet” zag en de ander “voldoende” of “goed”."),
            required=False,
            widget=forms.Textarea(attrs={"rows": 2}),
        )

    def ask_words(self, items):
        """Draw the text of these ``items`` as one that is needed; the action judges it."""
        for item in items:
            self.fields[f"motivation_{item.pk}"].required = True


class AloneForm(forms.Form):
    """Why one assessor held the talk, and how it was recorded."""

    alone_reason = forms.CharField(
        label=_("Waarom was er één beoordelaar?"),
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Schrijf op waarom er één beoordelaar was.")},
    )
    recorded_how = forms.CharField(
        label=_("Hoe is het gesprek vastgelegd?"),
        help_text=_("Bijvoorbeeld: een geluidsopname, of een verslag dat de deelnemer las."),
        max_length=240,
        error_messages={"required": _("Schrijf op hoe het gesprek is vastgelegd.")},
    )


class FinaliseForm(forms.Form):
    """The result that stood on the page when it was confirmed."""

    expects = forms.CharField(widget=forms.HiddenInput, required=False)


class FinaliseAloneForm(FinaliseForm, AloneForm):
    """As FinaliseForm, for who sat alone."""
