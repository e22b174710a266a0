"""What erasing does to each model that leads to a person.

Two lists, each in the order in which it is carried out: what hangs on an enrolment (that goes at
the end of its term too), and what hangs on the account. Rows go, or stay with other values; a
model may also stay, with a reason. tests/participants/erasing fails for a model without a rule.
An app that stands above has its own in its ``erasing.py``, and says what goes first.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import models


@dataclass(frozen=True)
class Rule:
    """Rows of one model, and what becomes of them."""

    model: type[models.Model]
    rows: Callable[[Any], models.QuerySet]  # of enrolments, or of a User
    instead: dict[str, Any] | None = None  # None: the rows go
    is_accounted: bool = False  # stays longer where a subsidy is accounted for

    def carry_out(self, of):
        """Let the rows go, or what stands in them."""
        rows = self.rows(of)
        if self.instead is not None:
            rows.update(**self.instead)
        elif hasattr(rows, "forget"):
            rows.forget()
        else:
            rows.delete()


OF_ENROLMENTS: list[Rule] = []
OF_PEOPLE: list[Rule] = []
STAYS: dict[type[models.Model], str] = {}
REGISTERS: list[Callable[[Any], None]] = []
AWARDS: list[Callable[[Any], Any]] = []
FILES: list[Callable[[Any], None]] = []


def of_enrolments(model, path="enrolment", *, where=None, instead=None, is_accounted=False):
    """Declare what becomes of the rows of ``model`` that ``path`` leads to enrolments."""

    def rows(enrolments):
        found = model._default_manager.filter(**{f"{path}__in": enrolments})
        return found.filter(where) if where is not None else found

    OF_ENROLMENTS.append(Rule(model, rows, instead, is_accounted))


def of_people(model, rows, *, instead=None):
    """Declare what becomes of ``rows`` (of a User) of ``model``."""
    OF_PEOPLE.append(Rule(model, rows, instead))


def stays(model, because):
    """Declare that rows of ``model`` stay, or are dealt with elsewhere, and why."""
    STAYS[model] = because


def register(function):
    """Registers what takes the names of a list of enrolments out of a register above."""
    REGISTERS.append(function)
    return function


def last_award(function):
    """Registers a function from a cohort to the date of the last paper with a name, or None."""
    AWARDS.append(function)
    return function


def prepared_files(function):
    """Registers what removes files that were made of a list of cohorts, with names in them."""
    FILES.append(function)
    return function


def ruled():
    """The models of which something is declared."""
    return {rule.model for rule in (*OF_ENROLMENTS, *OF_PEOPLE)} | set(STAYS)
