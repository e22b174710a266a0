"""Tokens of before, which stood readable in a table of a package, are hashed and the table goes."""

from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection

from participants.accounts import tokens
from tests.factories import UserFactory

KEY = "0123456789abcdef0123456789abcdef01234567"
migration = import_module("participants.migrations.0004_tokens_are_hashed")


@pytest.mark.django_db(transaction=True)
def test_a_token_of_before_goes_on_working_and_its_readable_copy_is_gone():
    user = UserFactory()
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE authtoken_token (key varchar(40), user_id bigint)")
        cursor.execute("INSERT INTO authtoken_token VALUES (%s, %s)", [KEY, user.pk])
    with connection.schema_editor() as editor:
        migration.hash_tokens(apps, editor)
    assert tokens.used(KEY).user == user
    assert "authtoken_token" not in connection.introspection.table_names()
    with connection.schema_editor() as editor:
        migration.hash_tokens(apps, editor)
