import hashlib

from django.db import migrations

OLD = "authtoken_token"


def hash_tokens(apps, schema_editor):
    """Tokens that stood there readable go on working, and can be read no more."""
    connection = schema_editor.connection
    if OLD not in connection.introspection.table_names():
        return
    tokens = apps.get_model("participants", "ApiToken").objects.using(connection.alias)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT key, user_id FROM {OLD}")  # noqa: S608 - a name of ours
        tokens.bulk_create(
            tokens.model(
                user_id=user_id,
                name="Eerder gemaakt",
                start=key[:6],
                digest=hashlib.sha256(key.encode()).hexdigest(),
            )
            for key, user_id in cursor.fetchall()
        )
        cursor.execute(f"DROP TABLE {OLD}")


class Migration(migrations.Migration):
    """The package that kept tokens readable is gone; see participants.accounts.doors."""

    dependencies = [("participants", "0003_both_sides")]

    operations = [migrations.RunPython(hash_tokens, migrations.RunPython.noop)]
