from django import forms
from django.utils.translation import gettext_lazy as _

from participants.enrolments.models import Enrolment

ACCEPT, DECLINE = "accept", "decline"


class ChoiceForm(forms.Form):
    """For which enrolment somebody chooses; not asked of who has only one."""

    enrolment = forms.ModelChoiceField(
        label=_("Voor welke lichting?"), queryset=Enrolment.objects.none()
    )

    def __init__(self, *args, enrolments, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["enrolment"].queryset = enrolments.select_related("cohort__track")
        self.fields["enrolment"].label_from_instance = lambda enrolment: enrolment.cohort


class ProposalForm(ChoiceForm):
    title = forms.CharField(
        label=_("Welke training wil je volgen?"),
        max_length=120,
        error_messages={"required": _("Schrijf op welke training je wilt volgen.")},
    )
    reason = forms.CharField(
        label=_("Waarom past die bij jou?"),
        error_messages={"required": _("Schrijf in één zin waarom deze training bij je past.")},
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Eén of twee zinnen is genoeg. Een link mag ook."),
    )

    field_order = ["title", "reason", "enrolment"]

    def __init__(self, *args, enrolments, **kwargs):
        super().__init__(*args, enrolments=enrolments, **kwargs)
        if len(enrolments) == 1:
            self.fields["enrolment"].widget = forms.HiddenInput()
            self.initial["enrolment"] = enrolments[0].pk


class AnswerForm(forms.Form):
    """The answer to one proposal; nothing is chosen beforehand."""

    verdict = forms.ChoiceField(
        label=_("Jouw antwoord"),
        choices=[(ACCEPT, _("Akkoord")), (DECLINE, _("Niet akkoord"))],
        widget=forms.RadioSelect,
    )
    answer = forms.CharField(
        label=_("Wat wil je erbij zeggen?"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Bij niet akkoord: waarom niet, en wat wel kan."),
    )

    def clean(self):
        facts = super().clean()
        if facts.get("verdict") == DECLINE and not facts.get("answer"):
            self.add_error("answer", _("Schrijf op waarom dit niet kan, en wat wel."))
        return facts

    @property
    def accepts(self):
        return self.cleaned_data["verdict"] == ACCEPT
