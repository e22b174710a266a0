"""A question of which only what it is told differs: its text is made once, its plan is kept.

PostgreSQL takes as long to plan a long question as to answer it, so each connection keeps the plan
(PREPARE) and is afterwards only told what it is about. SQLite keeps no plan, and needs none
(docs/adr/0040).
"""

from weakref import WeakSet

from django.db import connection, models
from django.db.models import Func
from django.db.models.functions import JSONArray
from django.utils import timezone

from participants.once import Asker, Today, Told


class Statement:
    """A question of which ``rows``, a function, gives the QuerySet.

    ``told`` are the fields, by name, of what is ``Told`` in it; those of ``Today`` are ``today``,
    those of ``Asker`` are ``asker``.
    """

    def __init__(self, name, rows, told):
        self.name = f"leerlijn_{name}"
        self.rows = rows
        self.told = told
        self.texts = {}  # (sql, params) by vendor
        self.prepared = WeakSet()  # the connections to PostgreSQL that have the plan

    def about(self, **told):
        """``(sql, params)`` for a cursor of this very connection, or for ``raw``."""
        values = {
            name: field.get_db_prep_value(told[name], connection)
            for name, field in self.told.items()
        }
        if connection.vendor == "postgresql":
            self._prepare()
            return f"EXECUTE {self.name} ({', '.join(['%s'] * len(values))})", [*values.values()]
        sql, params = self._text()
        return sql, [values.get(_name(one), one) for one in params]

    def _prepare(self):
        connection.ensure_connection()
        kept = connection.connection
        if kept not in self.prepared:
            # Not by the cursor of Django: it is no question, and is not counted as one.
            kept.execute(self._preparation())
            self.prepared.add(kept)

    def _preparation(self):
        sql, params = self._text()
        places = {name: f"${number}" for number, name in enumerate(self.told, 1)}
        marks = [places.get(_name(one), "%s") for one in params]
        # What is not told is the same in each question, and stands in the text.
        fixed = [one for one in params if _name(one) is None]
        types = ", ".join(field.db_type(connection) for field in self.told.values())
        written = connection.ops.compose_sql(sql % tuple(marks), fixed)
        return f"PREPARE {self.name} ({types}) AS {written}"

    def _text(self):
        if connection.vendor not in self.texts:
            compiler = self.rows().query.get_compiler(connection=connection)
            self.texts[connection.vendor] = compiler.as_sql()
        return self.texts[connection.vendor]


def _name(param):
    """What ``param`` is told by; None where it is no more than itself."""
    if param is Today:
        return "today"
    if param is Asker:
        return "asker"
    return param.name if isinstance(param, Told) else None


class Keys(models.Field):
    """Keys as one value, so that the text is the same for one row and for forty."""

    def db_type(self, connection):
        return "bigint[]"

    def get_db_prep_value(self, value, connection, prepared=False):
        return list(value) if connection.vendor == "postgresql" else str(list(value))


class Among(Func):
    """Whether a key is one of ``Keys``."""

    output_field = models.BooleanField()

    def as_sqlite(self, compiler, connection, **context):
        template, joiner = "%(expressions)s))", " IN (SELECT value FROM json_each("
        return self.as_sql(compiler, connection, template=template, arg_joiner=joiner, **context)

    def as_postgresql(self, compiler, connection, **context):
        template, joiner = "%(expressions)s)", " = ANY ("
        return self.as_sql(compiler, connection, template=template, arg_joiner=joiner, **context)


class ByKey:
    """The answers to ``question`` (a ``Once``) about rows of its model: a dict by their keys.

    It answers for every key: who may see a row is asked before. One query.
    """

    def __init__(self, question):
        self.question = question
        told = {"keys": Keys(), "today": models.DateField()}
        self.statement = Statement(question.name, self._rows, told)

    def __call__(self, keys):
        read = self.question.output_field.from_db_value
        asked = self.statement.about(keys=keys, today=timezone.localdate())
        with connection.cursor() as cursor:
            cursor.execute(*asked)
            return {key: read(value, None, connection) for key, value in cursor.fetchall()}

    def _rows(self):
        rows = self.question.model.objects.order_by().filter(Among("pk", Told("keys", Keys())))
        return rows.annotate(answer=self.question.on(Today())).values_list("pk", "answer")


class Gathered(models.Subquery):
    """The ``columns`` of all rows of a query as one JSON array of arrays, so that one question may
    have several lists as its answer; ``[]`` where there are no rows.
    """

    def __init__(self, rows, *columns):
        each = rows.order_by().annotate(each=JSONArray(*columns)).values("each")
        super().__init__(each, output_field=models.TextField())

    def as_sqlite(self, compiler, connection, **context):
        template = '(SELECT json_group_array(json("each")) FROM (%(subquery)s) gathered)'
        return self.as_sql(compiler, connection, template, **context)

    def as_postgresql(self, compiler, connection, **context):
        listed = "COALESCE(jsonb_agg(\"each\"), '[]')::text"
        template = f"(SELECT {listed} FROM (%(subquery)s) gathered)"
        return self.as_sql(compiler, connection, template, **context)
