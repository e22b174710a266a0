"""What belongs to a person: for each model that leads to somebody, how it is shown to them.

A part says whose rows are whose, and each field of them is shown or left out with a reason; a
model may be kept out as a whole, with a reason. tests/participants/mydata fails for a model or
a field without a rule. ``rules`` has those of the participants; an app that stands above them
adds its own in its ``mydata.py``.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

# In the order in which they are shown; the word, and what stands there.
SUBJECTS = {
    "wie-je-bent": (_("Wie je bent"), _("Je naam, je adres en hoe je inlogt.")),
    "deelname": (_("Je deelname"), _("Waaraan je meedoet, je leerplek en je pauzes.")),
    "uren": (_("Je uren"), _("Alles wat je opschreef, ook concepten en notities.")),
    "aanwezigheid": (_("Je aanwezigheid"), _("Bij welke lessen en intervisies je was.")),
    "trainingen": (_("Je trainingen"), _("Wat je koos of zelf voorstelde.")),
    "plannen": (_("Je plannen"), _("Je plannen, je leerdoelen en de reacties.")),
    "gesprek": (_("Je eindgesprek"), _("Wanneer het was en wat eruit kwam.")),
    "certificaat": (_("Je certificaat"), _("Wat er op staat en of het geldig is.")),
    "bestanden": (_("Je bestanden"), _("Wat je zelf hebt toegevoegd.")),
    "wie-keek": (_("Wie er keek"), _("Wie van de staf iets van jou opende.")),
    "besluiten": (_("Wat er gebeurde"), _("Wat jij en de staf hebben vastgelegd.")),
}


@dataclass(frozen=True)
class Shown:
    """A field in words: its label, and how it is read from a row when not as it stands.

    ``value`` gets the row and the Reader, and gives what both people and programs are shown.
    """

    label: Any  # text, or text that is translated later
    value: Callable[[Any, Any], Any] | None = None


@dataclass(frozen=True)
class Part:
    """The rows of one model that are about one person."""

    model: type[models.Model]
    subject: str
    title: str
    rows: Callable[[Any], models.QuerySet]  # of a User: only what is theirs
    shown: dict[str, Shown]
    left_out: dict[str, str] = field(default_factory=dict)  # field: because
    key: str = ""  # under which a program finds it


@dataclass(frozen=True)
class Document:
    """A file to take along: the name its owner knows, and ``open`` for its bytes.

    Without ``open`` it is listed only, with ``note`` saying why.
    """

    name: str
    open: Callable[[], Any] | None
    note: str = ""


PARTS: dict[str, Part] = {}
KEPT_OUT: dict[type[models.Model], str] = {}
DOCUMENTS: list[Callable[[Any], Iterable[Document]]] = []
WITHHELD: list[Callable[[Any], Iterable[str]]] = []


def exported(model, subject, title, *, rows, shown, left_out=(), key=""):
    """Declare a part of ``model``. ``shown`` has a label, or a Shown, for each field.

    A model with more than one part needs a ``key`` for each.
    """
    key = key or model._meta.model_name
    if subject not in SUBJECTS or key in PARTS:
        raise LookupError(f"{key}: no such subject, or twice")
    labels = {
        name: said if isinstance(said, Shown) else Shown(said) for name, said in shown.items()
    }
    PARTS[key] = Part(model, subject, title, rows, labels, dict(left_out), key)


def kept_out(model, because):
    """Declare that ``model`` leads to people and is not exported, and why."""
    KEPT_OUT[model] = because


def documents(function):
    """Registers a function from a User to the Documents of that person."""
    DOCUMENTS.append(function)
    return function


def withheld(function):
    """Registers a function from a User to subjects ("model:pk") that it is too early to tell of."""
    WITHHELD.append(function)
    return function
