"""The duration field of pages and of the API: one parser behind both."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from participants.hours import durations

EMPTY = {"required": _("Vul in hoe lang het duurde, bijvoorbeeld 1,5 of 1:30 of 90 min.")}


class DurationField(forms.Field):
    """Typed text in, whole minutes out; None when left empty and ``required=False``."""

    widget = forms.TextInput(attrs={"autocomplete": "off", "class": "ll-short"})

    def __init__(self, *, error_messages=None, **options):
        # Not as a default of the class: those give way to the sentences of our forms.
        super().__init__(error_messages=EMPTY | (error_messages or {}), **options)

    def to_python(self, value):
        if value in self.empty_values or not str(value).strip():
            return None
        return durations.parse(value)

    def prepare_value(self, value):
        return durations.as_typed(value) if isinstance(value, int) else value

    def has_changed(self, initial, data):
        try:
            return initial != self.to_python(data)
        except ValidationError:
            return True


class MinutesField(serializers.Field):
    """A JSON integer of minutes, or text that the parser reads; always answers an integer."""

    default_error_messages = {
        "required": _("Vul in hoe lang het duurde, bijvoorbeeld 90 (minuten)."),
        "null": _("Vul in hoe lang het duurde, bijvoorbeeld 90 (minuten)."),
    }

    def to_internal_value(self, data):
        try:
            return durations.parse(data)
        except ValidationError as refusal:
            raise serializers.ValidationError(refusal.message, code=refusal.code) from refusal

    def to_representation(self, value):
        return int(value)
