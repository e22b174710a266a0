from django import forms
from django.utils.translation import gettext_lazy as _

from participants.exports.kinds import FORMS
from participants.exports.models import Told, Why


class ReasonForm(forms.Form):
    """What it is for: a short list, and words where that says too little."""

    why = forms.ChoiceField(
        label=_("Waar is het voor?"),
        choices=[("", _("Kies wat past")), *Why.choices],
        error_messages=dict.fromkeys(["required", "invalid_choice"], _("Kies waar het voor is.")),
    )
    reason = forms.CharField(
        label=_("Toelichting"),
        help_text=_("Andere coördinatoren kunnen dit lezen. Schrijf niets over gezondheid."),
        max_length=240,
        required=False,
    )

    def clean(self):
        asked = super().clean()
        if asked.get("why") == Why.OTHER and not asked.get("reason"):
            self.add_error("reason", _("Schrijf kort op waar het voor is."))
        return asked

    @property
    def told(self):
        return Told(self.cleaned_data["why"], self.cleaned_data["reason"])


class ExportForm(ReasonForm):
    """The same, with the form in which it is taken along."""

    form = forms.ChoiceField(
        label=_("Waarmee open je het?"),
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(["required", "invalid_choice"], _("Kies een vorm.")),
    )

    field_order = ["form", "why", "reason"]

    def __init__(self, *args, kind, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["form"].choices = [(form, FORMS[form][0]) for form in kind.forms]
        self.fields["form"].initial = kind.forms[-1]
