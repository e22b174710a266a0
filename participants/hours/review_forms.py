"""What who reviews fills in: an answer per line, and a paper that was signed."""

import datetime as dt

from django import forms
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _

from participants.files.forms import MultipleUploadField
from participants.hours.actions import Verdict

NEVER = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
# A beginning, always to be changed; kind, and a question rather than a judgement.
EXAMPLES = (
    _("Welke dag was dit precies?"),
    _("Kun je iets meer vertellen over wat je deed?"),
    _("Bij welke training hoort dit?"),
    _("Op welke leerplek was dit?"),
    _("Klopt het aantal uren? Kijk er nog een keer naar."),
    _("Staat dit misschien twee keer op je lijst?"),
)


class ReviewLineForm(forms.Form):
    """A reviewer's answer to one entry; nothing chosen means: it keeps waiting."""

    OK, BACK, BEHALF = "ok", "back", "behalf"

    answer = forms.ChoiceField(
        choices=[
            (OK, _("Akkoord")),
            (BACK, _("Stuur terug")),
            (BEHALF, _("Akkoord namens begeleider")),
        ],
        required=False,
    )
    example = forms.ChoiceField(
        label=_("Kies een voorbeeld"),
        choices=[("", _("Ik schrijf het zelf")), *((text, text) for text in EXAMPLES)],
        required=False,
        widget=forms.Select(attrs={"data-fills": ""}),
    )
    reason = forms.CharField(
        label=_("Wat moet er anders?"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    note = forms.CharField(label=_("Hoe weet je dit?"), required=False, max_length=240)
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, entry, data=None):
        super().__init__(
            data, prefix=f"r{entry.pk}", initial={"seen": entry.changed_at.isoformat()}
        )
        self.entry = entry

    def clean_seen(self):
        """The moment in the page; what cannot be read is a version that nobody saw."""
        return _moment(self.cleaned_data["seen"])

    @property
    def may_speak_for_supervisor(self):
        return self.entry.kind == "work"

    def clean(self):
        content = super().clean()
        # Without script an example that was chosen is the reason, unless something was typed.
        content["reason"] = content.get("reason") or content.get("example", "")
        if content.get("answer") == self.BACK and not content["reason"]:
            self.add_error(
                "reason", _("Schrijf op wat er anders moet, dan kan de deelnemer verder.")
            )
        if content.get("answer") == self.BEHALF and not content.get("note"):
            self.add_error(
                "note", _("Schrijf op hoe je dit weet, bijvoorbeeld: gebeld met de begeleider.")
            )
        return content

    def verdict(self, *, approve_all=False):
        """The Verdict that was given; None where the line waits, or misses its reason.

        ``approve_all`` speaks for a line on which nothing was chosen, never against a choice.
        """
        self.full_clean()
        if self.errors:
            return None
        known = self.cleaned_data
        answer, seen = known["answer"], known["seen"]
        if answer == self.BACK:
            return Verdict(self.entry, approved=False, reason=known["reason"], seen=seen)
        if answer == self.BEHALF:
            said = {"note": known["note"], "for_supervisor": True}
            return Verdict(self.entry, approved=True, seen=seen, **said)
        if answer == self.OK or approve_all:
            return Verdict(self.entry, approved=True, seen=seen)
        return None


class SlipForm(forms.Form):
    """A photo of a signed paper, and which of the waiting lines stand on it."""

    file = MultipleUploadField(
        label=_("Foto van het getekende papier"),
        help_text=_("Een foto of PDF. Meer foto's mag: daar maken we één PDF van."),
        error_messages={"required": _("Kies een foto of PDF van het papier.")},
    )
    note = forms.CharField(
        label=_("Notitie"),
        help_text=_("Bijvoorbeeld: ingeleverd op 3 maart."),
        required=False,
        max_length=200,
    )

    def __init__(self, entries, data=None, files=None):
        super().__init__(data, files)
        self.entries = {str(entry.pk): entry for entry in entries}
        self.ticked = self.entries.keys() & set(self.data.getlist("line"))

    @property
    def lines(self):
        """(entry, its version, whether it is ticked) of every line on offer."""
        return [
            (entry, entry.changed_at.isoformat(), key in self.ticked)
            for key, entry in self.entries.items()
        ]

    def clean(self):
        if not self.ticked:
            raise forms.ValidationError(_("Kies de regels die op het papier staan."))
        return super().clean()

    def seen(self):
        """The ticked entries, each as the version that stood on the page."""
        chosen = [self.entries[key] for key in sorted(self.ticked, key=int)]
        for entry in chosen:
            entry.changed_at = _moment(self.data.get(f"seen-{entry.pk}"))
        return chosen


def _moment(text):
    try:
        return parse_datetime(text or "") or NEVER
    except ValueError:
        return NEVER
