import django.db.models.deletion
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models


def to_supervisors(apps, schema_editor):
    """One supervisor per address; without an address one per placement."""
    here = schema_editor.connection.alias
    placements = apps.get_model("participants", "Placement").objects.using(here)
    supervisors = apps.get_model("participants", "Supervisor").objects.using(here)
    by_address = {}
    # The latest placement first: its name and telephone are the newest.
    for placement in placements.order_by("-starts_on", "-pk").iterator():
        address = placement.supervisor_email.strip().lower()
        supervisor = by_address.get(address) if address else None
        if supervisor is None:
            supervisor = supervisors.create(
                name=placement.supervisor_name.strip() or "Begeleider",
                email=placement.supervisor_email.strip(),
                phone=placement.supervisor_phone,
            )
            if address:
                by_address[address] = supervisor
        elif placement.supervisor_phone and not supervisor.phone:
            supervisor.phone = placement.supervisor_phone
            supervisor.save(update_fields=["phone"])
        placements.filter(pk=placement.pk).update(supervisor=supervisor)
    check_references_now(schema_editor)


def to_three_columns(apps, schema_editor):
    """Each placement names its supervisor itself again."""
    here = schema_editor.connection.alias
    placements = apps.get_model("participants", "Placement").objects.using(here)
    for placement in placements.select_related("supervisor").iterator():
        placements.filter(pk=placement.pk).update(
            supervisor_name=placement.supervisor.name,
            supervisor_email=placement.supervisor.email,
            supervisor_phone=placement.supervisor.phone,
        )
    check_references_now(schema_editor)


def check_references_now(schema_editor):
    """PostgreSQL alters no table of which a reference is still to be checked."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")


class Migration(migrations.Migration):
    """Supervisors become rows of their own; see participants.placements."""

    dependencies = [("participants", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="Supervisor",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=120, verbose_name="naam")),
                (
                    "email",
                    models.EmailField(blank=True, max_length=254, verbose_name="e-mailadres"),
                ),
                ("phone", models.CharField(blank=True, max_length=30, verbose_name="telefoon")),
                ("introduced_at", models.DateTimeField(blank=True, null=True)),
                (
                    "introduced_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("stopped_at", models.DateTimeField(blank=True, null=True)),
                (
                    "successor_name",
                    models.CharField(
                        blank=True, max_length=120, verbose_name="naam van de opvolger"
                    ),
                ),
                (
                    "successor_email",
                    models.EmailField(
                        blank=True, max_length=254, verbose_name="e-mail van de opvolger"
                    ),
                ),
                ("browsers_forgotten", models.PositiveSmallIntegerField(default=0)),
            ],
            options={
                "verbose_name": "begeleider op een leerplek",
                "verbose_name_plural": "begeleiders op de leerplekken",
                "ordering": ["name", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        django.db.models.functions.text.Lower("email"),
                        condition=models.Q(("email", ""), _negated=True),
                        name="an_address_is_of_one_supervisor",
                        violation_error_message="Dit adres hoort al bij een andere begeleider.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True),
                        name="supervisor_has_a_name",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("introduced_at", None), ("introduced_by", None)),
                            models.Q(
                                ("introduced_at__isnull", False),
                                ("introduced_by__isnull", False),
                                models.Q(("email", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="supervisor_is_introduced_by_someone_at_an_address",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("stopped_at__isnull", False),
                            models.Q(("successor_email", ""), ("successor_name", "")),
                            _connector="OR",
                        ),
                        name="only_who_stops_names_a_successor",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="placement",
            name="supervisor",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="placements",
                to="participants.supervisor",
                verbose_name="begeleider op de leerplek",
            ),
        ),
        # A default, so that the way back can add the column to rows that are there.
        migrations.AlterField(
            model_name="placement",
            name="supervisor_name",
            field=models.CharField(
                default="", max_length=120, verbose_name="begeleider op de leerplek"
            ),
        ),
        migrations.RunPython(to_supervisors, to_three_columns),
        migrations.RemoveField(model_name="placement", name="supervisor_name"),
        migrations.RemoveField(model_name="placement", name="supervisor_email"),
        migrations.RemoveField(model_name="placement", name="supervisor_phone"),
        migrations.AlterField(
            model_name="placement",
            name="supervisor",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="placements",
                to="participants.supervisor",
                verbose_name="begeleider op de leerplek",
            ),
        ),
    ]
