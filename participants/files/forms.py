from django import forms
from django.utils.translation import gettext_lazy as _

from participants.files.checks import judge_size

# Phones turn a HEIC photo into a JPEG by themselves when HEIC is not in this list.
ACCEPTED = ".pdf,.docx,.odt,.jpg,.jpeg,.png,application/pdf,image/jpeg,image/png"
EMPTY = {"required": _("Kies een bestand: een PDF, Word-bestand (.docx), ODT-bestand of foto.")}


class UploadField(forms.FileField):
    """A chosen file of a right size; ``storing`` judges what is in it."""

    widget = forms.FileInput(attrs={"accept": ACCEPTED})

    def __init__(self, *, error_messages=None, **options):
        messages = EMPTY | (error_messages or {})
        super().__init__(allow_empty_file=True, error_messages=messages, **options)

    def to_python(self, data):
        upload = super().to_python(data)
        if upload is not None:
            judge_size(upload.size)
        return upload
