"""A question about rows by their keys: its text is made once, and PostgreSQL plans it once.

The SQL of ``progress`` is long. PostgreSQL takes as long to plan it as to answer it, so each
connection keeps the plan (PREPARE) and is afterwards only told the keys and the day. SQLite keeps
no plan, and needs none (docs/adr/0040).
"""

from weakref import WeakSet

from django.db import connection
from django.utils import timezone

from participants.once import Today

# The keys as one value, so that the text is the same for one row and for forty.
AMONG = {
    "sqlite": "IN (SELECT value FROM json_each(%s))",
    "postgresql": "= ANY (%s)",
}


class ByKey:
    """The answers to ``question`` (a ``Once``) about rows of its model: a dict by their keys.

    It answers for every key: who may see a row is asked before. One query.
    """

    def __init__(self, question):
        self.question = question
        self.name = f"leerlijn_{question.name}"
        self.texts = {}  # (sql, params) by vendor
        self.prepared = WeakSet()  # the connections to PostgreSQL that have the plan

    def __call__(self, keys):
        day = connection.ops.adapt_datefield_value(timezone.localdate())
        ask = self._of_postgresql if connection.vendor == "postgresql" else self._of_sqlite
        read = self.question.output_field.from_db_value
        with connection.cursor() as cursor:
            ask(cursor, list(keys), day)
            return {key: read(value, None, connection) for key, value in cursor.fetchall()}

    def _of_sqlite(self, cursor, keys, day):
        sql, params = self._text()
        cursor.execute(sql, [*(day if one is Today else one for one in params), str(keys)])

    def _of_postgresql(self, cursor, keys, day):
        kept = connection.connection
        if kept not in self.prepared:
            # Not by the cursor of Django: it is no question, and is not counted as one.
            kept.execute(self._preparation())
            self.prepared.add(kept)
        cursor.execute(f"EXECUTE {self.name} (%s::bigint[], %s::date)", [keys, day])

    def _preparation(self):
        sql, params = self._text()
        # What is not given is the same in each question, and stands in the text.
        fixed = [one for one in params if one is not Today]
        marks = ["$2" if one is Today else "%s" for one in params]
        written = connection.ops.compose_sql(sql % (*marks, "$1"), fixed)
        return f"PREPARE {self.name} (bigint[], date) AS {written}"

    def _text(self):
        if connection.vendor not in self.texts:
            self.texts[connection.vendor] = self._made()
        return self.texts[connection.vendor]

    def _made(self):
        rows = self.question.model.objects.order_by()
        asked = rows.annotate(answer=self.question.on(Today())).values_list("pk", "answer")
        sql, params = asked.query.get_compiler(connection=connection).as_sql()
        key = f'"{rows.model._meta.db_table}"."{rows.model._meta.pk.column}"'
        return f"{sql} WHERE {key} {AMONG[connection.vendor]}", params
