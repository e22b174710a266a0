from django import forms
from django.utils.translation import gettext_lazy as _

from participants.files.checks import judge_size
from participants.files.refusals import MOST_PHOTOS, refusal

# Phones turn a HEIC photo into a JPEG by themselves when HEIC is not in this list.
ACCEPTED = ".pdf,.docx,.odt,.jpg,.jpeg,.png,application/pdf,image/jpeg,image/png"
# With data-shrink, photos.js makes photos smaller before they leave the phone.
ATTRIBUTES = {"accept": ACCEPTED, "data-shrink": True}
EMPTY = {"required": _("Kies een bestand: een PDF, Word-bestand (.docx), ODT-bestand of foto.")}


class UploadField(forms.FileField):
    """A chosen file of a right size; ``storing`` judges what is in it."""

    widget = forms.FileInput(attrs=ATTRIBUTES)

    def __init__(self, *, error_messages=None, **options):
        messages = EMPTY | (error_messages or {})
        super().__init__(allow_empty_file=True, error_messages=messages, **options)

    def to_python(self, data):
        upload = super().to_python(data)
        if upload is not None:
            judge_size(upload.size)
        return upload


class MultipleFileInput(forms.FileInput):
    allow_multiple_selected = True


class MultipleUploadField(UploadField):
    """A list of chosen files, for ``storing.received_many``: one file, or several photos."""

    widget = MultipleFileInput(attrs=ATTRIBUTES | {"multiple": True})

    def clean(self, data, initial=None):
        uploads = data if isinstance(data, (list, tuple)) else [data] if data else []
        if not uploads:
            return [super().clean(None, initial)] if self.required else []
        if len(uploads) > MOST_PHOTOS:
            raise refusal("too_many")
        return [super(MultipleUploadField, self).clean(upload, initial) for upload in uploads]
