"""What serializers and filters of every slice are made of; shapes, no rules."""

import datetime as dt
from collections.abc import Callable
from operator import attrgetter
from typing import Any

import django_filters
from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from participants.files import serving

# In words that say what to do; the framework reads them from its classes.
SENTENCES: dict[type[serializers.Field], dict] = {
    serializers.Field: {"required": _("Stuur dit mee."), "null": _("Vul hier iets in.")},
    serializers.CharField: {"blank": _("Vul hier iets in.")},
    serializers.BooleanField: {"invalid": _("Stuur true of false.")},
    serializers.ChoiceField: {"invalid_choice": _("Kies een van de mogelijkheden.")},
    serializers.DateField: {"invalid": _("Schrijf de datum zo: 2026-11-04.")},
    serializers.DateTimeField: {"invalid": _("Schrijf dag en tijd zo: 2026-11-04T15:00:00+01:00.")},
    serializers.TimeField: {"invalid": _("Schrijf de tijd zo: 15:00.")},
    serializers.IntegerField: {"invalid": _("Stuur een heel getal.")},
    serializers.PrimaryKeyRelatedField: {
        "required": _("Stuur dit mee."),
        "incorrect_type": _("Stuur een heel getal."),
    },
    serializers.UUIDField: {"invalid": _("Stuur een UUID.")},
    serializers.FileField: {"invalid": _("Stuur een bestand mee, als multipart/form-data.")},
}
for field_class, sentences in SENTENCES.items():
    field_class.default_error_messages = field_class.default_error_messages | sentences

# The largest key and the largest number that a column can hold: more does not exist.
LARGEST_KEY = 2**63 - 1
LARGEST_NUMBER = 2**31 - 1
# What the schema says about a stored file as an answer.
A_FILE = {(200, content_type): bytes for content_type in serving.CONTENT_TYPES.values()}


class Key(serializers.IntegerField):
    """The id of a row, as somebody sends it."""

    def __init__(self, **options):
        super().__init__(**{"min_value": 1, "max_value": LARGEST_KEY} | options)


class Number(serializers.IntegerField):
    """A count or a version, from 0, as somebody sends it."""

    def __init__(self, **options):
        super().__init__(**{"min_value": 0, "max_value": LARGEST_NUMBER} | options)


class KeyFilter(django_filters.NumberFilter):
    """Narrows by the id of a row; what can be no id is refused, in words."""

    field_class = forms.IntegerField

    def __init__(self, *args, **options):
        super().__init__(*args, min_value=1, max_value=LARGEST_KEY, **options)


@extend_schema_field(Key())
class VisibleField(serializers.PrimaryKeyRelatedField):
    """An id of something that the one who asks can see; any other id does not exist."""

    def get_queryset(self):
        return super().get_queryset().visible_to(self.context["request"].user)


class LightSerializer(serializers.ModelSerializer):
    """Answers as its fields say, at a tenth of the time: for lists.

    How each field is read from a row is worked out once for a class, not for every row.
    """

    def to_representation(self, row):
        return {name: read(self, row) for name, read in self.readers()}

    @classmethod
    def readers(cls):
        """``[(name, read)]`` in the order of the fields; ``read(serializer, row)``."""
        if "_readers" not in cls.__dict__:
            declared = cls().fields.items()
            cls._readers = [(name, reader(field)) for name, field in declared]
        return cls._readers


def reader(field):
    """What the answer says of a row for ``field``: the same as the field itself would."""
    if isinstance(field, serializers.SerializerMethodField):
        return lambda serializer, row: getattr(serializer, field.method_name)(row)
    written = WRITTEN.get(type(field))
    if written is None:
        raise TypeError(f"No light way to write {field.field_name}: add it to WRITTEN.")
    if isinstance(field, serializers.PrimaryKeyRelatedField):
        return following([f"{field.source}_id"], written)
    return following(field.source.split("."), written)


def following(steps, written):
    """Reads ``steps`` one after the other; None where one of them is."""
    first, *others = (attrgetter(step) for step in steps)

    def read(serializer, row):
        value = first(row)
        for step in others:
            value = None if value is None else step(value)
        return None if value is None else written(value)

    return read


def moment(value):
    """An aware moment as Amsterdam has it: 2026-11-04T15:00:00+01:00."""
    return value.astimezone(timezone.get_default_timezone()).isoformat()


def as_it_is(value):
    return value


WRITTEN: dict[type, Callable[[Any], Any]] = {
    serializers.BigIntegerField: as_it_is,
    serializers.BooleanField: bool,
    serializers.CharField: str,
    serializers.ChoiceField: str,
    serializers.DateField: dt.date.isoformat,
    serializers.DateTimeField: moment,
    serializers.IntegerField: as_it_is,
    serializers.PrimaryKeyRelatedField: as_it_is,
    serializers.TimeField: dt.time.isoformat,
    serializers.URLField: str,
}
