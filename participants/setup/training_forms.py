"""A training of the catalogue and its days, as people type them."""

from django import forms
from django.utils.translation import gettext_lazy as _

from participants.setup.forms import MORE_THAN_NOTHING, HoursField
from participants.tracks.models import LearningTrack
from participants.tracks.programme import arranges_everything
from participants.trainings.models import Training, TrainingDate


class TrainingForm(forms.ModelForm):
    """What a training is. It belongs to a track of ``by``, or for who may, to all of them."""

    minutes = HoursField(
        label=_("Hoeveel uur duurt hij, ongeveer?"), validators=[MORE_THAN_NOTHING]
    )

    class Meta:
        model = Training
        fields = [
            "title",
            "description",
            "track",
            "minutes",
            "provider",
            "where_and_when",
            "has_register",
        ]
        labels = {
            "title": _("Hoe heet de training?"),
            "description": _("Wat leer je er?"),
            "track": _("Voor welke leerlijn?"),
            "provider": _("Wie geeft de training?"),
            "where_and_when": _("Waar en wanneer, als je nog geen datum weet?"),
            "has_register": _("Er is een presentielijst"),
        }
        help_texts = {
            "track": "",
            "where_and_when": _("Bijvoorbeeld: in het voorjaar, op dinsdag."),
        }
        widgets = {"description": forms.Textarea(attrs={"rows": 4})}
        error_messages = {"title": {"required": _("Geef de training een naam.")}}

    def __init__(self, *args, by, **kwargs):
        super().__init__(*args, **kwargs)
        track = self.fields["track"]
        track.queryset = LearningTrack.objects.set_up_by(by)
        if arranges_everything(by):
            track.empty_label = _("Voor alle leerlijnen")
        else:
            track.required, track.empty_label = True, _("Kies een leerlijn")
            track.error_messages["required"] = _("Kies een leerlijn uit de lijst.")


class TrainingDateForm(forms.ModelForm):
    """A day on which a training is given."""

    class Meta:
        model = TrainingDate
        fields = ["date", "starts_at", "place", "note"]
        labels = {
            "date": _("Op welke dag?"),
            "starts_at": _("Hoe laat begint het?"),
            "place": _("Waar is het?"),
            "note": _("Wat moet iemand nog weten?"),
        }
