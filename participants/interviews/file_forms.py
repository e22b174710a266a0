"""What a participant fills in to take something along to the talk."""

from django import forms
from django.utils.translation import gettext as words
from django.utils.translation import gettext_lazy as _

from participants.interviews import filing
from participants.interviews.filing import LONGEST


class WithCriterion(forms.Form):
    """What it belongs to; nothing chosen means the whole talk."""

    criterion = forms.ModelChoiceField(
        queryset=None,
        label=_("Hoort bij"),
        required=False,
        empty_label=_("Het hele gesprek"),
    )

    def __init__(self, *args, enrolment, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["criterion"].queryset = filing.criteria_of(enrolment)

    @property
    def facts(self):
        """The cleaned fields, for the action."""
        return dict(self.cleaned_data)


class GoalForm(WithCriterion):
    """One goal, named by the address."""


class PagesForm(WithCriterion):
    """Pages of an uploaded plan; without a count it is the whole file."""

    field_order = ["pages", "criterion"]

    def __init__(self, *args, count, **kwargs):
        super().__init__(*args, **kwargs)
        if count is not None:
            self.fields["pages"] = pages_field(count)
        self.order_fields(self.field_order)

    @property
    def facts(self):
        pages = [int(page) for page in self.cleaned_data.get("pages", [])]
        return {"criterion": self.cleaned_data["criterion"], "pages": pages}


def pages_field(count):
    return forms.MultipleChoiceField(
        choices=[(str(page), words("Bladzijde %d") % page) for page in range(1, count + 1)],
        label=_("Welke bladzijden?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Kies een of meer bladzijden.")},
    )


class TextForm(WithCriterion):
    """A remark or an example in one's own words."""

    field_order = ["text", "criterion"]
    text = forms.CharField(
        label=_("Wat wil je laten zien?"),
        help_text=_("Schrijf geen namen van bewoners op."),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Schrijf op wat je wilt laten zien.")},
    )
