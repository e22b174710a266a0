"""SQL that is worked out once.

The questions of ``progress`` never change, and there are many: Django needed some 30 ms to put
them into SQL, for every page anew, where the database answers in less than one. So an
expression about an outer Enrolment is compiled the first time that it is asked, per kind of
database, and afterwards only told which row it is about (docs/adr/0017).
"""

import datetime as dt
import json
import re

from django.db import models
from django.db.models import Case, Expression, F, When
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from participants.enrolments.models import Enrolment

# What the questions read of their Enrolment and its Cohort.
ASKED = (
    "pk",
    "cohort",
    "starts_on",
    "ends_on",
    "entries_until",
    "status",
    "cohort__starts_on",
    "cohort__ends_on",
    "cohort__study_minutes",
    "cohort__work_minutes",
    "cohort__study_required",
    "cohort__may_miss_one_in",
    "cohort__talk_behind_minutes",
    "cohort__talk_first_days",
)
# How Django calls the tables of a subquery. Ours are called otherwise, so that they can never
# be mistaken for those of the query in which they come to stand.
INNER = re.compile(r"\b([U-Z]\d+)\b")


class Today(Expression):
    """The calendar date in Amsterdam at the moment of asking, not of import.

    Only inside ``Once``, which fills it in.
    """

    output_field = models.DateField()

    def as_sql(self, compiler, connection):
        return "%s", [Today]


class Named(Expression):
    """A figure that was worked out before, in a condition of ``Figures``."""

    def __init__(self, name, output_field):
        super().__init__(output_field=output_field)
        self.name = name

    def as_sql(self, compiler, connection):
        return f'"{self.name}"', []


class Once(Expression):
    """The value of ``expression`` about an outer Enrolment; its SQL is compiled once.

    ``name`` tells one question from another. Raises AssertionError where ``expression`` reads
    something of its Enrolment that is not in ASKED.
    """

    def __init__(self, name, expression, output_field):
        super().__init__(output_field=output_field)
        self.name = name
        self.expression = expression
        self.asked = [F(path) for path in ASKED]
        self.compiled = {}  # (sql, params) by vendor; shared by all copies
        self.day = None  # what counts as today; None is the day of asking

    def on(self, day):
        """The same question, asked as if ``day`` were today."""
        asked = self.copy()
        asked.day = day
        return asked

    @property
    def identity(self):
        return (type(self), self.name, self.day)

    def get_source_expressions(self):
        return self.asked

    def set_source_expressions(self, expressions):
        self.asked = expressions

    def as_sql(self, compiler, connection):
        sql, params = self.for_(connection)
        for path, column in zip(ASKED, self.asked, strict=True):
            sql = sql.replace(f"<{path}>", compiler.compile(column)[0])
        today = connection.ops.adapt_datefield_value(self.day or timezone.localdate())
        return sql, [today if param is Today else param for param in params]

    def for_(self, connection):
        """The SQL with a mark for each of ASKED, and its parameters."""
        if connection.vendor not in self.compiled:
            self.compiled[connection.vendor] = self.compile(connection)
        return self.compiled[connection.vendor]

    def compile(self, connection):
        return marked(self.expression, connection)


class ByName(models.TextField):
    """A JSON array, read as a dict by ``names``.

    ``truths`` are yes or no, for which SQLite has no word of its own; ``moments`` have a time.
    """

    def __init__(self, names=(), truths=(), moments=()):
        super().__init__()
        self.names = list(names)
        self.truths = truths
        self.moments = moments

    def from_db_value(self, value, expression, connection):
        found = dict(zip(self.names, json.loads(value), strict=True))
        for name in self.truths:
            found[name] = bool(found[name])
        for name in self.moments:
            found[name] = found[name] and moment(found[name])
        return found


def moment(text):
    """The aware moment of what a database writes; SQLite leaves out that it is UTC."""
    parsed = parse_datetime(text)
    return parsed if timezone.is_aware(parsed) else timezone.make_aware(parsed, dt.UTC)


def is_condition(expression):
    return getattr(expression, "conditional", False)


def written(named, connection):
    """What stands after SELECT for expressions by name, and its parameters."""
    parts, params = [], []
    for name, expression in named.items():
        if is_condition(expression):
            expression = Case(When(expression, then=True), default=False)
        sql, given = marked(expression, connection)
        parts.append(f'{sql} AS "{name}"')
        params += given
    return ", ".join(parts), params


def marked(expression, connection):
    """``expression`` as (SQL, params), with ``<path>`` where it reads its Enrolment."""
    paths = {f"of_{number}": F(path) for number, path in enumerate(ASKED)}
    query = Enrolment.objects.annotate(of_all=expression, **paths).query
    compiler = query.get_compiler(connection=connection)
    sql, params = compiler.compile(query.annotations["of_all"])
    sql = INNER.sub(r"of_\1", sql)
    for name, path in zip(paths, ASKED, strict=True):
        sql = sql.replace(compiler.compile(query.annotations[name])[0], f"<{path}>")
    own = [f'"{table}".' for table in query.alias_map]
    if any(table in sql for table in own):
        raise AssertionError(f"reads more of its enrolment than {', '.join(ASKED)}: {sql}")
    return sql, list(params)
