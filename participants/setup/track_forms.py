"""A track, what its final interview asks, and its list for learning places, as people type it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from participants.placements.checklist import ChecklistItem
from participants.setup.criteria import WORDS
from participants.tracks.models import InterviewCriterion, LearningTrack

ROWS = forms.Textarea(attrs={"rows": 3})
PAPER = (
    *("provider", "partners", "place"),
    *("first_signatory", "first_signatory_role", "second_signatory", "second_signatory_role"),
)


class TrackForm(forms.ModelForm):
    """What a track is called and how its certificates are handled."""

    class Meta:
        model = LearningTrack
        fields = ["name", "description", "revoking_takes_two"]
        labels = {
            "name": _("Hoe heet de leerlijn?"),
            "description": _("Waar gaat de leerlijn over?"),
            "revoking_takes_two": _("Voor intrekken van een certificaat zijn er twee mensen nodig"),
        }
        widgets = {"description": ROWS}
        error_messages = {"name": {"required": _("Geef de leerlijn een naam.")}}


class NewTrackForm(TrackForm):
    """A track, with what stands on its paper; the rest is set afterwards."""

    class Meta(TrackForm.Meta):
        fields = ["name", "description", *PAPER]
        labels = TrackForm.Meta.labels | {
            "provider": _("Welke organisatie geeft het certificaat?"),
            "partners": _("Welke partners staan op het certificaat?"),
            "place": _("Welke plaats staat op het certificaat?"),
            "first_signatory": _("Wie tekent links?"),
            "first_signatory_role": _("Welke functie staat daarbij?"),
            "second_signatory": _("Wie tekent rechts?"),
            "second_signatory_role": _("En welke functie daar?"),
        }


class CriterionForm(forms.ModelForm):
    """One thing to show in the final interview."""

    class Meta:
        model = InterviewCriterion
        fields = WORDS
        labels = {
            "title": _("Hoe heet het criterium?"),
            "explanation": _("Wat betekent het?"),
            "example_question": _("Welke vraag kan een beoordelaar stellen?"),
            "hint": _("Welke tip krijgt de deelnemer vooraf?"),
            "required": _("Dit moet voldoende zijn om het gesprek te behalen"),
        }
        help_texts = {
            "example_question": "",
            "hint": _("Bijvoorbeeld: denk aan een moment waarop je hulp vroeg."),
        }
        widgets = {"explanation": ROWS, "example_question": ROWS, "hint": ROWS}
        error_messages = {"title": {"required": _("Geef het criterium een naam.")}}


class ItemForm(forms.ModelForm):
    """A point on the list of a learning place."""

    class Meta:
        model = ChecklistItem
        fields = ["text"]
        labels = {"text": _("Wat moet er geregeld zijn?")}
        help_texts = {"text": _("Bijvoorbeeld: kennismaking geweest. Niets over gezondheid.")}
        error_messages = {"text": {"required": _("Schrijf op wat er geregeld moet zijn.")}}
