"""Whatever is sent along with a request, nothing changes but what the schema declares.

Each act is done twice, in three encodings: as the permission matrix does it, and with every
field of every model beside it. Both must leave the same rows. A new act is in the matrix
(tests/test_access.py fails without), and so it is here.
"""

import re
import uuid
from urllib.parse import urlencode

import pytest
import time_machine
from django.apps import apps
from django.core.files.uploadedfile import UploadedFile
from django.db import connection, models, transaction
from django.urls import reverse
from drf_spectacular.generators import SchemaGenerator
from rest_framework.test import APIClient

from leerlijn.schema import operations_of
from tests.access import ACTORS
from tests.access.world import World
from tests.api.scene import NOON
from tests.test_access import RULES

WRITES = re.compile(r'\s*(?:INSERT INTO|UPDATE|DELETE FROM) "(\w+)"', re.IGNORECASE)
ENCODINGS = ["json", "form", "multipart"]
FORM = "application/x-www-form-urlencoded"
SENTENCE = "Onverwacht-xqz"
ACTS = [
    rule
    for rule in RULES
    if rule.route.startswith("api:")
    and rule.method in ("post", "put", "patch")
    and any(200 <= rule.status_for(actor) < 300 for actor in ACTORS)
]
OUR_MODELS = [*apps.get_app_config("participants").get_models()]
OUR_MODELS += apps.get_app_config("certificates").get_models()
TABLES = {model._meta.db_table: model for model in OUR_MODELS}
# Made anew by each request, whatever is sent: codes and what holds them, and keys of new rows in
# text (PostgreSQL gives out no key twice, also when all is undone).
CHANCE = {
    "key",
    "code",
    "hand_code",
    "sha256",
    "path",
    "facts",
    "pdf",
    "crc32",
    "subject",
    "arguments",
}


def unexpected(field):
    """Values that ``field`` could take, and should not from a stranger to the schema."""
    if field.choices:
        return [value for value, _label in field.flatchoices if value]
    for kind, value in SAMPLES:
        if isinstance(field, kind):
            return [value]
    return [SENTENCE]


SAMPLES = [
    (models.BooleanField, True),
    (models.DateTimeField, "1999-12-31T12:00:00+01:00"),
    (models.DateField, "1999-12-31"),
    (models.TimeField, "23:59:00"),
    (models.UUIDField, str(uuid.UUID(int=7))),
    (models.ForeignKey, 1),
    (models.IntegerField, 7),
    (models.ManyToManyField, 1),
]


def every_field():
    """``{name: [values]}`` of all fields of all our models, and of their columns."""
    found: dict[str, list] = {}
    for model in OUR_MODELS:
        for field in (*model._meta.fields, *model._meta.many_to_many):
            for name in {field.name, field.attname}:
                known = found.setdefault(name, [])
                known += [value for value in unexpected(field) if value not in known]
    return found


EVERY_FIELD = every_field()


@pytest.fixture(scope="session")
def declared():
    """What an address takes by a method, as the schema says: ``declared(method, address)``."""
    schema = SchemaGenerator().get_schema(public=True)
    components = schema["components"]["schemas"]

    def fields_of(method, address):
        for path, its_method, operation in operations_of(schema):
            if its_method == method and re.fullmatch(re.sub(r"{\w+}", "[^/]+", path), address):
                contents = operation.get("requestBody", {}).get("content", {}).values()
                named = [content["schema"]["$ref"].rpartition("/")[2] for content in contents]
                return {field for name in named for field in components[name]["properties"]}
        raise AssertionError(f"{method} {address} is not in the schema")

    return fields_of


@pytest.mark.django_db
@pytest.mark.parametrize("rule", ACTS, ids=str)
def test_no_field_but_the_declared_ones_changes_anything(rule, declared):
    with time_machine.travel(NOON, tick=False):
        world = World()
        address = reverse(rule.route, kwargs=rule.args(world))
        data = rule.data(world)
        actor = next(a for a in ACTORS if 200 <= rule.status_for(a) < 300)
        act = Act(rule.method, address, getattr(world, actor))
        known = declared(rule.method, address) | data.keys()
        for number, encoding in enumerate(ENCODINGS):
            if encoding != "multipart" and any(isinstance(v, UploadedFile) for v in data.values()):
                continue
            beside = {
                name: values[number % len(values)]
                for name, values in EVERY_FIELD.items()
                if name not in known
            }
            asked = act.leaves(data, encoding)
            assert act.leaves(beside | data, encoding) == asked


class Act:
    """One request that is made again and again, each time on the same rows."""

    def __init__(self, method, address, person):
        self.method, self.address, self.client = method, address, APIClient()
        self.client.force_authenticate(person)
        self.rows_before = {}

    def leaves(self, data, encoding):
        """The status of the answer, and what the rows then say; afterwards all is as it was."""
        touched = set()

        def watch(execute, sql, params, many, context):
            if wrote := WRITES.match(sql):
                touched.add(wrote[1])
            return execute(sql, params, many, context)

        savepoint = transaction.savepoint()
        with connection.execute_wrapper(watch):
            status = self.sent(data, encoding).status_code
        now = {table: rows_in(TABLES[table]) for table in touched & TABLES.keys()}
        transaction.savepoint_rollback(savepoint)
        return status, {table: self.said(table, rows) for table, rows in now.items()}

    def before(self, table):
        """The rows as they are without the request; read once."""
        if table not in self.rows_before:
            self.rows_before[table] = rows_in(TABLES[table])
        return self.rows_before[table]

    def sent(self, data, encoding):
        ask = getattr(self.client, self.method)
        if encoding == "json":
            return ask(self.address, data, format="json")
        # A form holds no lists of things; what it cannot say, it leaves out.
        data = {name: value for name, value in data.items() if flat(value)}
        for value in data.values():
            if isinstance(value, UploadedFile):
                value.seek(0)
        if encoding == "multipart":
            return ask(self.address, data, format="multipart")
        return ask(self.address, urlencode(data, doseq=True), content_type=FORM)

    def said(self, table, now):
        """What changed in ``table``: rows of before by their key, new ones in any order."""
        old = self.before(table)
        model = TABLES[table]
        changed = {
            key: self.linked(model, row)
            for key, row in now.items()
            if key in old and row != old[key]
        }
        new = [self.anew(model, row) for key, row in now.items() if key not in old]
        return changed, sorted(new, key=repr), old.keys() - now.keys()

    def anew(self, model, row):
        """A new row without what differs by chance."""
        by_chance = {
            field.attname
            for field in model._meta.fields
            if field.primary_key or field.name in CHANCE
        }
        linked = self.linked(model, row)
        return {name: value for name, value in linked.items() if name not in by_chance}

    def linked(self, model, row):
        """A row in which a key of another new row is "new"."""
        for field in model._meta.fields:
            if field.is_relation and field.related_model in OUR_MODELS:
                there = self.before(field.related_model._meta.db_table)
                value = row[field.attname]
                row[field.attname] = value if value is None or value in there else "new"
        return row


def rows_in(model):
    return {row[model._meta.pk.attname]: row for row in model._base_manager.values()}


def flat(value):
    return not isinstance(value, list | dict)
