"""What a supervisor fills in. Nothing is chosen beforehand; the code is asked once a browser."""

import re

from django import forms
from django.utils.translation import gettext_lazy as _

from participants.confirmations.answering import Given
from participants.confirmations.models import ConfirmationLine

Answer = ConfirmationLine.Answer


class CodeField(forms.CharField):
    """Four digits, with or without spaces between them. What is no code is no try."""

    def __init__(self, **kwargs):
        words = {
            "label": _("Code uit de mail"),
            "help_text": _("De 4 cijfers uit onze laatste mail."),
            "error_messages": {"required": _("Vul de 4 cijfers uit de mail in.")},
            "widget": forms.TextInput(
                attrs={
                    "inputmode": "numeric",
                    "autocomplete": "one-time-code",
                    "class": "ams-text-input ll-short",
                }
            ),
        }
        super().__init__(**(words | kwargs))

    def clean(self, value):
        typed = re.sub(r"\s", "", super().clean(value))
        if not re.fullmatch(r"[0-9]{4}", typed):
            raise forms.ValidationError(_("De code bestaat uit 4 cijfers. Kijk in onze mail."))
        return typed


class LineForm(forms.Form):
    """The answer to one line; left open, it waits."""

    answer = forms.ChoiceField(
        label=_("Kloppen deze uren?"),
        choices=Answer.choices,
        required=False,
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("Wat klopt er niet?"),
        help_text=_("Bijvoorbeeld: het was op dinsdag, of het was 3 uur."),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "class": "ams-text-area"}),
    )

    def __init__(self, line, data=None):
        super().__init__(data, prefix=f"regel-{line.pk}")
        self.line = line

    def clean(self):
        known = super().clean()
        if known.get("answer") == Answer.NO and not known.get("reason", "").strip():
            self.add_error("reason", _("Schrijf kort op wat er niet klopt."))
        return known


class AnswerForm(forms.Form):
    """All lines of the page and, where it is still asked, the code."""

    code = CodeField()
    incomplete = False  # a line still misses something

    def __init__(self, lines, data=None, *, proved):
        super().__init__(data)
        self.lines = [LineForm(line, data) for line in lines]
        if proved:
            del self.fields["code"]

    @property
    def all_forms(self):
        """In the order of the page, for the summary of what is left to do."""
        return [*self.lines, self]

    def clean(self):
        known = super().clean()
        broken = any([not line.is_valid() for line in self.lines])
        chosen = {line.cleaned_data.get("answer", "") for line in self.lines}
        if "all" in self.data and Answer.NO in chosen:
            self.add_error(
                None,
                _('Je koos ook "klopt niet". Druk op "Verstuur wat ik koos", of kies dat anders.'),
            )
        elif "all" not in self.data and chosen == {""} and not broken:
            self.add_error(None, _('Kies bij een regel "klopt" of "klopt niet".'))
        elif broken:
            # Each line says what is missing; the form only has to know that it is not done.
            self.incomplete = True
        return known

    def is_valid(self):
        return super().is_valid() and not self.incomplete

    def given(self):
        """``{key of the line: Given}`` of the lines that got an answer."""
        if "all" in self.data:
            return {line.line.pk: Given(Answer.YES) for line in self.lines}
        return {
            line.line.pk: Given(line.cleaned_data["answer"], line.cleaned_data["reason"].strip())
            for line in self.lines
            if line.cleaned_data["answer"]
        }


class StopForm(forms.Form):
    successor_name = forms.CharField(
        label=_("Wie begeleidt er nu?"), max_length=120, required=False
    )
    successor_email = forms.EmailField(label=_("E-mailadres van die persoon"), required=False)
    code = CodeField()

    def __init__(self, data=None, *, proved):
        super().__init__(data)
        if proved:
            del self.fields["code"]
