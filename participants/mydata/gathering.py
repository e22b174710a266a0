"""Everything that is stored about one person, as rows to read and as rows for a program.

The number of queries does not grow with the rows.
"""

from dataclasses import dataclass
from functools import cached_property
from itertools import chain

from django.contrib.auth import get_user_model
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _

from participants.accounts.models import Role
from participants.mydata import registry, rules
from participants.mydata.wording import in_text

RULES = rules  # reading them declares what belongs to a person


@dataclass(frozen=True)
class Fact:
    """One field of a row: for a program ``value``, for people ``label`` and ``text``."""

    key: str
    label: str
    value: object
    text: str


@dataclass(frozen=True)
class Chapter:
    """A subject with its parts that have rows; ``parts`` are (Part, rows of Facts)."""

    key: str
    title: str
    about: str
    parts: list

    @property
    def count(self):
        return sum(len(rows) for _part, rows in self.parts)


class Reader:
    """The person whose data it is, and how they are told about others."""

    def __init__(self, user):
        self.user = user

    def name_of(self, other):
        """A name with the role it was done in, as the person sees it elsewhere too."""
        if other is None:
            return ""
        if other.pk == self.user.pk:
            return _("jijzelf")
        role = self._roles.get(other.pk)
        return f"{other.name} ({role})" if role else self._of_the_group(other)

    def _of_the_group(self, other):
        return _("iemand van je groep") if other.pk in self._members else _("de leerlijn")

    @cached_property
    def _roles(self):
        here = Q(cohort=None) | Q(cohort__enrolments__participant=self.user)
        roles = Role.objects.filter(here).order_by("-pk")
        return {role.user_id: role.get_kind_display() for role in roles}

    @cached_property
    def _members(self):
        enrolments = self.user.enrolments.model.objects
        same = enrolments.filter(cohort__enrolments__participant=self.user)
        return set(same.values_list("participant", flat=True))


def chapters(user, *, only=None):
    """The Chapters of ``user`` in order, or of the subject ``only``."""
    reader = Reader(user)
    for key, (title, about) in registry.SUBJECTS.items():
        if only in (None, key):
            parts = [part for part in registry.PARTS.values() if part.subject == key]
            filled = [(part, list(_rows(part, reader))) for part in parts]
            yield Chapter(key, title, about, [pair for pair in filled if pair[1]])


def counts(user):
    """How many rows each subject has, by its key; one query for each part."""
    found = dict.fromkeys(registry.SUBJECTS, 0)
    for part in registry.PARTS.values():
        found[part.subject] += part.rows(user).count()
    return found


def documents(user):
    """The files of ``user``, as Documents with names that differ."""
    taken = set()
    for document in chain.from_iterable(find(user) for find in registry.DOCUMENTS):
        yield _renamed(document, taken)


def _renamed(document, taken):
    stem, dot, extension = document.name.rpartition(".")
    stem = stem or document.name
    name, number = document.name, 1
    while name.casefold() in taken:
        number += 1
        name = f"{stem} ({number}){dot}{extension}"
    taken.add(name.casefold())
    return registry.Document(name, document.open, document.note)


def _rows(part, reader):
    links = [name for name in part.shown if isinstance(_field(part.model, name), models.ForeignKey)]
    for row in part.rows(reader.user).select_related(*links).order_by("pk"):
        yield [_fact(part, row, name, shown, reader) for name, shown in part.shown.items()]


def _field(model, name):
    return next((field for field in model._meta.concrete_fields if field.name == name), None)


def _fact(part, row, name, shown, reader):
    if shown.value:
        value = shown.value(row, reader)
        return Fact(name, str(shown.label), value, in_text(name, value))
    value, field = getattr(row, name), _field(part.model, name)
    if isinstance(value, get_user_model()):
        value = reader.name_of(value)
    elif isinstance(value, models.Model):
        value = str(value)
    if field is not None and field.choices and value is not None:
        return Fact(name, str(shown.label), value, str(row._get_FIELD_display(field)))
    return Fact(name, str(shown.label), value, in_text(name, value))
