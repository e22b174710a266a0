"""SQL that is worked out once.

Some questions never change, and are asked on every page: those of ``progress``, and who may see
what. Django needed some 30 ms to put the former into SQL, for every page anew, where the database
answers in less than one. So an expression about an outer row is compiled the first time that it is
asked, per kind of database, and afterwards only told which row it is about, what day it is and who
asks (docs/adr/0017, 0039).
"""

import datetime as dt
import json
import re

from django.db import models
from django.db.models import Case, Expression, F, When
from django.utils import timezone
from django.utils.dateparse import parse_datetime

# How Django calls the tables of a subquery, and how we called those of a question within this one.
# Ours are called otherwise, so that they can never be mistaken for those of the query in which
# they come to stand.
INNER = re.compile(r"\b((?:of_)*[U-Z]\d+)\b")


class Given(Expression):
    """What is known no sooner than at the moment of asking.

    Only inside ``Once`` or a ``Statement``, which fill it in.
    """

    def as_sql(self, compiler, connection):
        return "%s", [type(self)]


class Today(Given):
    """The calendar date in Amsterdam when it is asked, not when it was imported."""

    output_field = models.DateField()


class Asker(Given):
    """The key of the person who asks."""

    output_field = models.BigIntegerField()


class Told(Given):
    """What a ``Statement`` is told by this ``name`` each time that it is asked."""

    def __init__(self, name, output_field):
        super().__init__(output_field=output_field)
        self.name = name

    def as_sql(self, compiler, connection):
        return "%s", [self]


class Named(Expression):
    """A figure that was worked out before, in a condition of ``Figures``."""

    def __init__(self, name, output_field):
        super().__init__(output_field=output_field)
        self.name = name

    def as_sql(self, compiler, connection):
        return f'"{self.name}"', []


class Once(Expression):
    """The value of ``expression`` about an outer row of ``model``; its SQL is compiled once.

    ``name`` tells one question from another; ``asked`` are the paths that it may read of its
    row. Raises AssertionError where ``expression`` reads anything else of it.
    """

    def __init__(self, name, expression, output_field, model, asked):
        super().__init__(output_field=output_field)
        self.name = name
        self.expression = expression
        self.model, self.paths = model, asked
        self.columns = [F(path) for path in asked]
        self.compiled = {}  # (sql, params) by vendor; shared by all copies
        self.day = None  # what counts as today; None is the day of asking
        self.asker = None  # the key of who asks

    def on(self, day):
        """The same question, asked as if ``day`` were today; None is the day of asking."""
        asked = self.copy()
        asked.day = Today if isinstance(day, Today) else day
        return asked

    def by(self, user):
        """The same question, asked by ``user``."""
        asked = self.copy()
        asked.asker = Asker if isinstance(user, Asker) else user.pk
        return asked

    @property
    def identity(self):
        return (type(self), self.model, self.name, self.day, self.asker)

    def get_source_expressions(self):
        return self.columns

    def set_source_expressions(self, expressions):
        self.columns = expressions

    def as_sql(self, compiler, connection):
        sql, params = self.for_(connection)
        for path, column in zip(self.paths, self.columns, strict=True):
            sql = sql.replace(f"<{path}>", compiler.compile(column)[0])
        given = {Today: self._today(connection), Asker: self.asker}
        # By identity: a parameter may be anything, also what has no hash.
        return sql, [given[param] if isinstance(param, type) else param for param in params]

    def _today(self, connection):
        if self.day is Today:  # inside a question that is still to be told
            return Today
        return connection.ops.adapt_datefield_value(self.day or timezone.localdate())

    def for_(self, connection):
        """The SQL with a mark for each of ``asked``, and its parameters."""
        if connection.vendor not in self.compiled:
            self.compiled[connection.vendor] = self.compile(connection)
        return self.compiled[connection.vendor]

    def compile(self, connection):
        return self.marked(self.expression, connection)

    def marked(self, expression, connection):
        """``expression`` as (SQL, params), with ``<path>`` where it reads its row."""
        paths = {f"of_{number}": F(path) for number, path in enumerate(self.paths)}
        query = self.model.objects.annotate(of_all=expression, **paths).query
        compiler = query.get_compiler(connection=connection)
        sql, params = compiler.compile(query.annotations["of_all"])
        sql = INNER.sub(r"of_\1", sql)
        for name, path in zip(paths, self.paths, strict=True):
            sql = sql.replace(compiler.compile(query.annotations[name])[0], f"<{path}>")
        own = [f'"{table}".' for table in query.alias_map]
        if any(table in sql for table in own):
            raise AssertionError(f"reads more of its row than {', '.join(self.paths)}: {sql}")
        return sql, list(params)

    def written(self, named, connection):
        """What stands after SELECT for expressions by name, and its parameters."""
        parts, params = [], []
        for name, expression in named.items():
            if is_condition(expression):
                expression = Case(When(expression, then=True), default=False)
            sql, given = self.marked(expression, connection)
            parts.append(f'{sql} AS "{name}"')
            params += given
        return ", ".join(parts), params


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
