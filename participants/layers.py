"""Figures about an outer Enrolment that build on each other, put into SQL once.

At the bottom stand sources: one pass over the rows of one table that belong to the Enrolment, in
which everything is counted that is asked of them. On top of those come layers of expressions,
each about what stands below it (by ``Named``). What nobody asks for is left out: a single figure
reads its own source and no other.
"""

from dataclasses import dataclass
from itertools import zip_longest

from django.db import models
from django.db.models import QuerySet, Subquery

from participants.enrolments.models import Enrolment
from participants.once import ByName, Named, Once, is_condition

# What the questions read of their Enrolment and its Cohort.
ASKED = (
    "pk",
    "cohort",
    "starts_on",
    "ends_on",
    "entries_until",
    "status",
    "decided_at",
    "cohort__starts_on",
    "cohort__ends_on",
    "cohort__study_minutes",
    "cohort__work_minutes",
    "cohort__study_required",
    "cohort__may_miss_one_in",
    "cohort__talk_behind_minutes",
    "cohort__talk_first_days",
)


@dataclass(frozen=True)
class Source:
    """``rows`` of an outer Enrolment (by ``OuterRef``) and the aggregates over them, by name.

    An aggregate may have a ``filter``.
    """

    rows: QuerySet
    figures: dict

    def counted(self, names):
        """A subquery with one row that has the figures ``names``."""
        rows, figures = self.rows, {name: self.figures[name] for name in names}
        if len(names) == 1:
            rows, figures = _narrowed(rows, figures)
        query = rows.order_by().query.chain()
        query.clear_select_clause()
        for name, figure in figures.items():
            query.add_annotation(figure, name)
        return Subquery(query, output_field=models.IntegerField())


def _narrowed(rows, figures):
    """One figure alone needs only the rows of its filter: an index may have them together."""
    ((name, figure),) = figures.items()
    if figure.filter is None:
        return rows, figures
    alone = figure.copy()
    alone.filter = None
    return rows.filter(figure.filter), {name: alone}


class Layers(Once):
    """Figures as one value: a dict by the names ``shown``.

    ``layers`` are dicts of expressions by name, the lowest first; ``moments`` are the names of
    those that are dates with a time.
    """

    def __init__(self, name, layers, shown, sources=(), moments=()):
        every = {key: one for layer in layers for key, one in layer.items()}
        truths = [key for key in shown if key in every and is_condition(every[key])]
        super().__init__(name, None, ByName(shown, truths, moments), Enrolment, ASKED)
        self.sources, self.layers = needed(sources, layers, set(shown))
        self.shown = shown

    def compile(self, connection):
        listed = ", ".join(f'"{name}"' for name in self.shown)
        array = "json_array({})" if connection.vendor == "sqlite" else "json_build_array({})::text"
        return self.compiled_as(array.format(listed), connection)

    def compiled_as(self, answer, connection):
        """SQL that selects ``answer`` from the layers, the lowest innermost."""
        rows, params = self._counted(connection)
        for layer in self.layers:
            columns, given = self.written(layer, connection)
            rows = f"(SELECT *, {columns} FROM {rows}{_fence(columns, connection)}) layer"
            params = [*given, *params]  # what stands outside stands first
        return f"(SELECT {answer} FROM {rows})", params

    def _counted(self, connection):
        """The sources side by side, as what stands after FROM, and their parameters."""
        tables, params = [], []
        for number, (source, names) in enumerate(self.sources):
            sql, given = self.marked(source.counted(names), connection)
            tables.append(f"{sql} source_{number}")
            params += given
        return ", ".join(tables) or "(SELECT 1) one_row", params


class One(Layers):
    """A single figure of ``layers``, to filter, to sort or to add up by."""

    def __init__(self, name, layers, figure, output_field, sources=()):
        super().__init__(f"{name}_{figure}", layers, [figure], sources)
        self.output_field = output_field
        self.figure = figure

    def compile(self, connection):
        return self.compiled_as(f'"{self.figure}"', connection)


def _fence(columns, connection):
    """Else a database puts a subquery wherever its figure is read, and asks it each time."""
    if "(SELECT" not in columns:
        return ""
    return " LIMIT -1" if connection.vendor == "sqlite" else " OFFSET 0"


def side_by_side(some, others):
    """The layers of both, each at its own height: SQLite reads no deeper than a hundred levels."""
    return [low | high for low, high in zip_longest(some, others, fillvalue={})]


def needed(sources, layers, names):
    """What of ``sources`` and ``layers`` one needs for the figures ``names``.

    Sources become pairs of a Source and the names of its figures; ``names`` grows.
    """
    kept = []
    for layer in reversed(layers):
        chosen = {name: one for name, one in layer.items() if name in names}
        names |= {part.name for one in chosen.values() for part in _named(one)}
        kept = [chosen, *kept] if chosen else kept
    counted = [(one, [name for name in one.figures if name in names]) for one in sources]
    return [(one, figures) for one, figures in counted if figures], kept


def _named(expression):
    return [part for part in expression.flatten() if isinstance(part, Named)]
