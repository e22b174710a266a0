import uuid

from django import forms
from django.utils.translation import gettext_lazy as _

from participants.enrolments.models import Enrolment
from participants.messages import texts
from participants.messages.models import Message


class People(forms.ModelMultipleChoiceField):
    """Enrolments by the name of who takes part."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, enrolment):
        return enrolment.participant.name


class MessageForm(forms.Form):
    """A message and to whom; ``people`` are the enrolments that may be chosen."""

    wie = People(
        label=_("Aan wie"),
        queryset=Enrolment.objects.none(),
        error_messages={
            "required": _("Kies aan wie je schrijft."),
            "invalid_choice": _("Niet iedereen die je koos, doet nog mee. Kijk de lijst na."),
        },
    )
    subject = forms.CharField(
        label=_("Onderwerp"),
        max_length=Message._meta.get_field("subject").max_length,
        error_messages={"required": _("Schrijf waar je bericht over gaat.")},
    )
    text = forms.CharField(
        label=_("Bericht"),
        help_text=_(
            "Schrijf niets over gezondheid. In de mail staat alleen dat er een bericht is."
        ),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={"required": _("Schrijf je bericht.")},
    )
    form_id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)

    def __init__(self, *args, people, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["wie"].queryset = people


class TextForm(forms.Form):
    """One piece of the reminders."""

    text = forms.CharField(
        label=_("Tekst"),
        max_length=texts.LONGEST,
        error_messages={"required": _("Schrijf een tekst, of kies de standaardtekst.")},
        widget=forms.Textarea(attrs={"rows": 5}),
    )


class CallForm(forms.Form):
    on = forms.DateField(
        label=_("Gebeld op"),
        help_text=_("Schrijf niet op wat er gezegd is."),
        error_messages={"required": _("Vul een datum in, bijvoorbeeld 4 november 2026.")},
    )
