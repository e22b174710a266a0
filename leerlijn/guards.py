"""Rules that the database keeps itself, whoever writes: the ORM, the admin, or plain SQL.

An app declares its guards and hands them to ``stand`` in its ``ready``. They are set after every
``migrate`` and lifted before one that changes something: SQLite makes a table anew to alter it
and drops its triggers without a word, PostgreSQL alters no column that a trigger mentions.
"""

from dataclasses import dataclass

from django.db import connections, transaction
from django.db.models.signals import post_migrate, pre_migrate

REFUSE = """
CREATE OR REPLACE FUNCTION leerlijn_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '%', TG_NAME USING ERRCODE = 'integrity_constraint_violation';
END $$
"""


@dataclass(frozen=True)
class Guard:
    """One trigger. Its name is a sentence; "" where a database has no need of it."""

    name: str
    table: str
    sqlite: str = ""
    postgresql: str = ""

    def lift(self, vendor):
        """The statement after which the rule is not kept."""
        where = f' ON "{self.table}"' if vendor == "postgresql" else ""
        return f'DROP TRIGGER IF EXISTS "{self.name}"{where}'

    def set(self, vendor):
        """The statements after which the rule is kept, whether or not it was."""
        wanted = getattr(self, vendor)
        return [self.lift(vendor), wanted] if wanted else []


def refuse(name, table, act, when="", *, sqlite=None, postgresql=None):
    """A Guard that lets ``act`` (UPDATE, DELETE) on a row fail with an IntegrityError.

    ``when`` is SQL about OLD and NEW, as PostgreSQL writes it; ``sqlite`` and ``postgresql`` are
    for where it differs. Without: always.
    """
    here = (when if sqlite is None else sqlite).replace("IS DISTINCT FROM", "IS NOT")
    there = when if postgresql is None else postgresql
    return Guard(
        name=name,
        table=table,
        sqlite=f'CREATE TRIGGER "{name}" BEFORE {act} ON "{table}"{_if(here)}'
        f" BEGIN SELECT RAISE(ABORT, '{name}'); END",
        postgresql=f'CREATE TRIGGER "{name}" BEFORE {act} ON "{table}" FOR EACH ROW{_if(there)}'
        " EXECUTE FUNCTION leerlijn_refuse()",
    )


def refuse_clearing(name, table):
    """A Guard against TRUNCATE, which PostgreSQL does not count as deleting."""
    return Guard(
        name=name,
        table=table,
        postgresql=f'CREATE TRIGGER "{name}" BEFORE TRUNCATE ON "{table}"'
        " EXECUTE FUNCTION leerlijn_refuse()",
    )


def refuse_replacing(name, table, same):
    """A Guard against ``INSERT OR REPLACE``, by which SQLite deletes and tells no trigger.

    ``same`` is SQL that finds the row that would go, as ``kept``.
    """
    return Guard(
        name=name,
        table=table,
        sqlite=f'CREATE TRIGGER "{name}" BEFORE INSERT ON "{table}"'
        f' WHEN EXISTS (SELECT 1 FROM "{table}" AS kept WHERE {same})'
        f" BEGIN SELECT RAISE(ABORT, '{name}'); END",
    )


def stand(app, guards):
    """Have ``guards`` kept from the next ``migrate`` on, for as long as ``app`` is installed."""
    tables = {guard.table for guard in guards}

    def lift_all(using, plan, **kwargs):
        if plan:
            execute(using, [guard.lift(connections[using].vendor) for guard in guards])

    def set_all(using, plan=None, **kwargs):
        if plan and not _is_whole(using, app, tables):
            return  # on the way to an older state
        vendor = connections[using].vendor
        statements = [each for guard in guards for each in guard.set(vendor)]
        execute(using, [REFUSE, *statements] if vendor == "postgresql" else statements)

    pre_migrate.connect(lift_all, sender=app, weak=False)
    post_migrate.connect(set_all, sender=app, weak=False)


def execute(using, statements):
    """Run ``statements`` on the database ``using``, all or none."""
    with transaction.atomic(using), connections[using].cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def _if(condition):
    return f" WHEN ({condition})" if condition else ""


def _is_whole(using, app, tables):
    """Whether each of ``tables`` has every column that its model in ``app`` has."""
    return all(
        {field.column for field in model._meta.local_concrete_fields}
        <= _columns(connections[using], model._meta.db_table)
        for model in app.get_models()
        if model._meta.db_table in tables
    )


def _columns(connection, table):
    with connection.cursor() as cursor:
        if table not in connection.introspection.table_names(cursor):
            return set()
        described = connection.introspection.get_table_description(cursor, table)
    return {column.name for column in described}
