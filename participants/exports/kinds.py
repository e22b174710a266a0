"""What can be taken along of a cohort; each slice says so of its own in its ``lists.py``."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from participants import sheets
from participants.tracks.models import Cohort

FORMS = {
    "csv": ("CSV", "text/csv; charset=utf-8"),
    "xlsx": ("Excel", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "pdf": ("PDF", "application/pdf"),
    "zip": ("Losse bestanden (zip)", "application/zip"),
}
ROWS_AT_ONCE = 2000  # of the database, in memory


@dataclass(frozen=True)
class Found:
    """What somebody would take along: how much it is, and how each form of it is made.

    ``made`` has a function that gives the bytes in pieces; ``each`` rows go into one of them.
    ``narrowed`` tells in words which part of the whole it is.
    """

    total: int
    made: Mapping[str, Callable[[], Iterable[bytes]]]
    narrowed: str = ""
    each: int = sheets.ROWS_A_PIECE


@dataclass(frozen=True)
class Kind:
    """``found`` gets (cohort, what narrows it as in the address, whose eyes) and gives a Found."""

    key: str
    label: Any
    act: str
    found: Callable[[Any, Any, Any], Found]
    forms: tuple = ("csv", "xlsx")
    cohorts: Callable[[Any], Any] = Cohort.objects.coordinated_by


@dataclass(frozen=True)
class Eyes:
    """Stands for the request where a django-filter set wants to know who asks."""

    user: Any


KINDS: dict[str, Kind] = {}
LABELS: dict[str, Any] = {}  # also of files that leave by a door of their own


def taken_along(key, label, **more):
    """Registers a function as the ``found`` of a Kind."""

    def register(found):
        if key in KINDS:
            raise LookupError(f"{key} twice")
        LABELS[key] = label
        KINDS[key] = Kind(key, label, f"{key}_exported", found, **more)
        return found

    return register


def table(headings, queryset, row, *, narrowed=""):
    """Found of the rows of ``queryset``; ``row`` makes the cells of each, for ``headings``.

    Nothing is read before somebody takes it, and then never all of it at once.
    """

    def rows():
        return map(row, queryset.iterator(chunk_size=ROWS_AT_ONCE))

    made = {
        "csv": lambda: sheets.as_csv(headings, rows()),
        "xlsx": lambda: sheets.as_xlsx(headings, rows()),
    }
    return Found(queryset.count(), made, narrowed)


def in_words(chosen):
    """What a django-filter set was asked, as its form would say it."""
    if not chosen.form.is_valid():
        return ""
    answers = {name: chosen.form.cleaned_data.get(name) for name in chosen.form.fields}
    told = partial(_told, chosen.form)
    return ", ".join(told(name, answer) for name, answer in answers.items() if answer)


def _told(form, name, answer):
    asked = form.fields[name]
    answer = answer[0] if isinstance(answer, list) else answer
    choices = getattr(asked, "choices", None) or []
    told = str(answer) if hasattr(answer, "_meta") else dict(choices).get(answer, answer)
    return f"{asked.label}: {told}"
