from contextlib import contextmanager

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from certificates.documents.wording import USUAL
from certificates.letterheads import actions, images
from certificates.letterheads.models import Letterhead
from participants.files.forms import UploadField
from participants.tracks.models import LearningTrack

READ_BY = {
    "logo": images.logo_of,
    "first_signature": images.signature_of,
    "second_signature": images.signature_of,
}
LONG = 150  # characters: what may be longer gets more than one line
LABELS = {
    "provider": _("Wie geeft het certificaat?"),
    "partners": _("Met wie samen?"),
    "place": _("Plaats"),
    "opening": _("Boven de naam"),
    "achievement": _("Boven de leerlijn"),
    "conditions": _("Wat ervoor nodig was"),
    "first_signatory": _("Naam van wie links tekent"),
    "first_signatory_role": _("Functie van wie links tekent"),
    "second_signatory": _("Naam van wie rechts tekent"),
    "second_signatory_role": _("Functie van wie rechts tekent"),
    "logo": _("Logo"),
    "first_signature": _("Scan van de handtekening links"),
    "second_signature": _("Scan van de handtekening rechts"),
}
HINTS = {
    "partners": _("Bijvoorbeeld: met Hogeschool De Amstel."),
    "logo": _("JPEG of PNG. Komt rechtsboven, hoogstens 5 bij 1,5 centimeter."),
    "first_signature": _("Een foto of scan van een handtekening op wit papier."),
    "second_signature": _("Een foto of scan van een handtekening op wit papier."),
}


class LetterheadForm(forms.Form):
    """What the papers of one track say and show.

    ``words`` and ``pictures`` are as ``actions.change`` takes them, once it is valid.
    """

    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, data=None, files=None, *, track, letterhead):
        known = {field: getattr(track, field) for field in actions.OF_TRACK}
        known |= {field: getattr(letterhead, field) for field in actions.OF_LETTERHEAD}
        super().__init__(data, files, initial=known | {"revision": letterhead.revision})
        self.pictures = {}
        for field in known:
            self.fields[field] = _text(field)
        for slot in Letterhead.PICTURES:
            self.fields[slot] = _picture(slot)
            if getattr(letterhead, f"{slot}_id"):
                self.fields[f"{slot}_gone"] = forms.BooleanField(
                    label=_("Haal dit beeld weg"), required=False
                )

    def clean(self):
        cleaned = super().clean()
        for field in actions.WORDS:
            with self._said_at(field):
                actions.refuse_word(field, cleaned.get(field, ""))
        for slot, read in READ_BY.items():
            if upload := cleaned.get(slot):
                with self._said_at(slot):
                    self.pictures[slot] = read(upload)
            elif cleaned.get(f"{slot}_gone"):
                self.pictures[slot] = None
        return cleaned

    @property
    def words(self):
        return {field: self.cleaned_data[field] for field in actions.WORDS}

    def part(self, *fields):
        """The bound fields of these names that are there, for one part of the page."""
        return [self[field] for field in fields if field in self.fields]

    @contextmanager
    def _said_at(self, field):
        try:
            yield
        except ValidationError as refusal:
            self.add_error(field, refusal)


def _text(field):
    """As long, and as much needed, as where it is kept."""
    model = LearningTrack if field in actions.OF_TRACK else Letterhead
    kept = model._meta.get_field(field)
    usual = USUAL.get(field)
    return forms.CharField(
        label=LABELS[field],
        help_text=_("Leeg: %s") % usual if usual else HINTS.get(field, ""),
        required=not kept.blank,
        max_length=kept.max_length,
        widget=forms.Textarea(attrs={"rows": 3}) if kept.max_length > LONG else forms.TextInput,
    )


def _picture(slot):
    return UploadField(
        label=LABELS[slot],
        help_text=HINTS[slot],
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png"}),
    )
