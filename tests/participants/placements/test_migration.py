"""Supervisors became rows: nobody is lost on the way there, nor on the way back."""

import datetime as dt

import pytest
from django.db import connection, connections
from django.db.migrations.executor import MigrationExecutor

BEFORE = [("participants", "0001_initial")]
AFTER = [("participants", "0002_supervisors")]
# A name, an address and a telephone as they stood in three columns; the latest last.
OLD = [
    ("Karim Zonneveld", "Karim@buurtteam.example", ""),
    ("K. Zonneveld", "karim@BUURTTEAM.example", "06 0000 0001"),
    ("Hester Prins", "", "06 0000 0002"),
    ("Hester Prins", "", ""),
    ("", "", ""),
]


ALIAS = "as_it_was"


def migrate(targets):
    """Move the database there; the rows of each model as they are at that point."""
    MigrationExecutor(connections[ALIAS]).migrate(targets)
    apps = MigrationExecutor(connections[ALIAS]).loader.project_state(targets).apps
    return lambda name: apps.get_model("participants", name).objects.using(ALIAS)


@pytest.fixture
def empty_database(tmp_path, django_db_blocker, django_db_setup):
    """A database of its own: going back from today would take minutes."""
    in_a_file = connection.vendor == "sqlite"
    name = str(tmp_path / "old.sqlite3") if in_a_file else f"{connection.settings_dict['NAME']}_old"
    connections.settings[ALIAS] = connection.settings_dict | {"NAME": name}
    with django_db_blocker.unblock():
        if not in_a_file:
            with connection._nodb_cursor() as cursor:
                cursor.execute(f'DROP DATABASE IF EXISTS "{name}"')
                cursor.execute(f'CREATE DATABASE "{name}"')
        yield
        connections[ALIAS].close()
        if not in_a_file:
            connections[ALIAS].close_pool()
            with connection._nodb_cursor() as cursor:
                cursor.execute(f'DROP DATABASE "{name}"')
    del connections.settings[ALIAS]
    del connections[ALIAS]


def old_rows(rows):
    day = dt.date(2025, 2, 3)
    person = rows("User").create(email="noor@elders.example", name="Noor", name_key="n")
    track = rows("LearningTrack").create(name="Leerlijn")
    cohort = rows("Cohort").create(
        track=track, name="Een", starts_on=day, ends_on=day + dt.timedelta(days=200)
    )
    enrolment = rows("Enrolment").create(participant=person, cohort=cohort, starts_on=day)
    for number, (name, email, phone) in enumerate(OLD):
        place = rows("LearningPlace").create(organisation="De Brug", team=str(number))
        rows("Placement").create(
            enrolment=enrolment,
            place=place,
            supervisor_name=name,
            supervisor_email=email,
            supervisor_phone=phone,
            starts_on=day + dt.timedelta(days=number),
        )


def test_one_supervisor_per_address_and_one_per_placement_without(empty_database):
    old_rows(migrate(BEFORE))
    placements = migrate(AFTER)("Placement")
    rows = list(placements.order_by("starts_on").select_related("supervisor"))
    assert [row.supervisor.name for row in rows] == [
        "K. Zonneveld",
        "K. Zonneveld",
        "Hester Prins",
        "Hester Prins",
        "Begeleider",
    ]
    assert rows[0].supervisor_id == rows[1].supervisor_id
    assert rows[2].supervisor_id != rows[3].supervisor_id
    assert rows[0].supervisor.phone == "06 0000 0001"
    assert {row.supervisor.introduced_at for row in rows} == {None}

    back = migrate(BEFORE)("Placement")
    columns = back.order_by("starts_on").values_list(
        "supervisor_name", "supervisor_email", "supervisor_phone"
    )
    assert list(columns) == [
        ("K. Zonneveld", "karim@BUURTTEAM.example", "06 0000 0001"),
        ("K. Zonneveld", "karim@BUURTTEAM.example", "06 0000 0001"),
        ("Hester Prins", "", "06 0000 0002"),
        ("Hester Prins", "", ""),
        ("Begeleider", "", ""),
    ]
