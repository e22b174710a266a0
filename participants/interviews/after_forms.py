"""Forms for what comes after a final talk."""

from django import forms
from django.utils.translation import gettext_lazy as _

from participants.interviews.afterwards import Objection
from participants.interviews.forms import CHOICES
from participants.interviews.objecting import LONGEST

STAYS = _("Blijft: %s")


class ReplyForm(forms.Form):
    text = forms.CharField(
        label=_("Je reactie"),
        help_text=_("Je beoordelaars en je coördinator lezen dit."),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Schrijf op wat je wilt zeggen.")},
    )


class Items(forms.ModelMultipleChoiceField):
    def label_from_instance(self, item):
        return f"{item.title}: {item.get_joint_value_display()}"


class ObjectionForm(forms.Form):
    """About which criteria, and why."""

    items = Items(
        queryset=None,
        label=_("Met welk oordeel ben je het niet eens?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Kies over welk criterium het gaat.")},
    )
    text = forms.CharField(
        label=_("Waarom?"),
        help_text=_("Vertel wat je liet zien, en wat er volgens jou anders moet."),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("Schrijf op waarom je het er niet mee eens bent.")},
    )

    def __init__(self, *args, interview, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["items"].queryset = interview.items.all()


class NewValues(forms.Form):
    """For each of ``items`` another joint rating, or none."""

    def __init__(self, *args, items, **kwargs):
        super().__init__(*args, **kwargs)
        self.items = list(items)
        for item in self.items:
            self.fields[f"value_{item.pk}"] = new_value_field(item)
        self.order_fields(self.field_order)

    @property
    def values(self):
        """``{pk of an item: value}`` of what was chosen."""
        chosen = {item.pk: self.cleaned_data[f"value_{item.pk}"] for item in self.items}
        return {key: value for key, value in chosen.items() if value}


def new_value_field(item):
    others = [choice for choice in CHOICES if choice[0] != item.joint_value]
    stays = STAYS % item.get_joint_value_display()
    return forms.ChoiceField(label=item.title, choices=[("", stays), *others], required=False)


class AmendForm(NewValues):
    """Other joint ratings, and why; also without an objection."""

    reason = forms.CharField(
        label=_("Waarom verandert dit?"),
        help_text=_("De deelnemer leest dit."),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Schrijf op waarom.")},
    )

    def __init__(self, *args, items, **kwargs):
        self.field_order = [f"value_{item.pk}" for item in items]
        super().__init__(*args, items=items, **kwargs)


class DecideForm(NewValues):
    """The decision on an objection; ``sat`` when the reader was assessor in it."""

    outcome = forms.ChoiceField(
        label=_("Wat is het besluit?"),
        choices=[
            (Objection.Outcome.UPHELD, _("De deelnemer krijgt gelijk")),
            (Objection.Outcome.REJECTED, _("Het oordeel blijft staan")),
        ],
        widget=forms.RadioSelect(attrs={"class": "ll-list"}),
    )
    motivation = forms.CharField(
        label=_("Hoe kom je tot dit besluit?"),
        help_text=_("De deelnemer leest dit. Schrijf aan de deelnemer zelf: “Je …”."),
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("Schrijf op hoe je tot dit besluit komt.")},
    )
    outsider = forms.CharField(
        label=_("Besloot iemand van buiten?"),
        help_text=_("Schrijf de naam en de organisatie op."),
        max_length=120,
        required=False,
    )

    def __init__(self, *args, items, sat, **kwargs):
        self.field_order = ["outcome", *(f"value_{item.pk}" for item in items)]
        super().__init__(*args, items=items, **kwargs)
        if sat:
            self.fields["outsider"].label = _("Wie besloot?")
            self.fields["outsider"].required = True
            self.fields["outsider"].help_text = _(
                "Jij was beoordelaar. Schrijf op wie besloot: naam en organisatie."
            )
