"""Saving the register of a large meeting against one bare insert of the same rows."""

from django.db import connection

from participants.models import Attendance, Enrolment, User
from participants.sessions.actions import save_register
from participants.sessions.register import Mark
from tests.bench.timing import medians
from tests.factories import CohortFactory, RoleFactory, SessionFactory
from tests.factories.cohorts import MOMENT

PEOPLE, TURNS = 2000, 15
COLUMNS = (
    "session_id enrolment_id status actively_participated minutes"
    " caught_up_what recorded_by_id recorded_at"
).split()


def lines():
    """[(name, ratio, goal)], by the clock, for 2,000 people of whom nobody has a row yet.

    - register_save_2000: the action (lock, permission, judgement of every mark, closing, the
      decision row) against one INSERT of which the statement and the values lie ready
    - register_save_2000_orm: the same against ``bulk_create`` of the same rows
    """
    cohort = CohortFactory()
    by, people = RoleFactory(cohort=cohort).user, members(cohort)
    marks = [Mark(person.pk, "present") for person in people]
    ready = [values(session, people, by) for session in empty(cohort)]
    saved, inserted, created = iter(empty(cohort)), iter(ready), iter(empty(cohort))
    ours, bare, orm = medians(
        lambda: save_register(next(saved), marks, 0, by=by),
        lambda: insert(next(inserted)),
        lambda: bulk_create(next(created), people, by),
        turns=TURNS,
    )
    return [
        ("register_save_2000", ours / bare, 6),
        ("register_save_2000_orm", ours / orm, 1),
    ]


def empty(cohort):
    """Meetings without a register: one for each turn, and one to warm up."""
    return SessionFactory.create_batch(TURNS + 1, cohorts=[cohort])


def members(cohort):
    users = User.objects.bulk_create(
        User(email=f"lid{turn}@leerlijn.example", name=f"Noor {turn}", password="!")
        for turn in range(PEOPLE)
    )
    return Enrolment.objects.bulk_create(
        Enrolment(
            participant=user,
            cohort=cohort,
            status=Enrolment.Status.ACTIVE,
            starts_on=cohort.starts_on,
            decided_at=MOMENT,
            decided_by=users[0],
        )
        for user in users
    )


def values(session, people, by):
    moment = connection.ops.adapt_datetimefield_value(MOMENT)
    rows = ((session.pk, person.pk, "present", True, 120, "", by.pk, moment) for person in people)
    return [value for row in rows for value in row]


def insert(ready):
    with connection.cursor() as cursor:
        cursor.execute(STATEMENT, ready)


def bulk_create(session, people, by):
    Attendance.objects.bulk_create(
        Attendance(
            session=session,
            enrolment=person,
            status="present",
            actively_participated=True,
            minutes=120,
            recorded_by=by,
        )
        for person in people
    )


ROW = f"({', '.join(['%s'] * len(COLUMNS))})"
STATEMENT = (
    f"INSERT INTO {Attendance._meta.db_table} ({', '.join(COLUMNS)})"
    f" VALUES {', '.join([ROW] * PEOPLE)}"
)
