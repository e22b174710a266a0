"""A hundred thousand people with sixty entries each, made by the database itself.

Each table is multiplied from one row that a factory made: every column that is not named here
has what that row has, so a new column needs no line. ``i`` is the number of a person (25 to a
cohort), ``j`` that of an entry or a meeting; the keys follow from both. One in ten is ready.
"""

from contextlib import contextmanager
from functools import cache

from django.core.management.color import no_style
from django.db import connection, transaction

from participants import models
from tests.factories import (
    AttendanceFactory,
    CohortFactory,
    EndorsementFactory,
    EnrolmentFactory,
    ExemptionFactory,
    FinalInterviewFactory,
    GopFactory,
    HourEntryFactory,
    PauseFactory,
    PopFactory,
)

A_COHORT, ENTRIES, MEETINGS = 25, 60, 10
BASE = 1_000_000  # above every key that the factories give
GROUP = f"{BASE} + i / {A_COHORT}"
PERSON = f"{BASE} + i"
SESSION = f"{BASE} + i / {A_COHORT} * {MEETINGS} + j"
FAR = 1000 * BASE  # the versions of groups, apart from those of people
TURN = "(i * 7 + j) % 20"  # of an entry: which of twenty fates
TABLES = (
    models.User,
    models.Cohort,
    models.Enrolment,
    models.HourEntry,
    models.Session,
    models.Session.cohorts.through,
    models.Attendance,
    models.DevelopmentPlan,
    models.PlanVersion,
    models.Endorsement,
    models.FinalInterview,
    models.Pause,
    models.Exemption,
)


def examples():
    """One row of each table, by its model."""
    enrolment = EnrolmentFactory(cohort=CohortFactory())
    pop, gop = (
        PopFactory(enrolment=enrolment, complete=True),
        GopFactory(cohort=enrolment.cohort, complete=True),
    )
    attendance = AttendanceFactory(enrolment=enrolment)
    return {
        models.User: enrolment.participant,
        models.Cohort: enrolment.cohort,
        models.Enrolment: enrolment,
        models.HourEntry: HourEntryFactory(enrolment=enrolment, approved=True),
        models.Session: attendance.session,
        models.Session.cohorts.through: attendance.session.cohorts.through.objects.get(
            session=attendance.session
        ),
        models.Attendance: attendance,
        models.Endorsement: EndorsementFactory(version=gop.completed_version, enrolment=enrolment),
        models.FinalInterview: FinalInterviewFactory(enrolment=enrolment, passed=True),
        models.Pause: PauseFactory(enrolment=enrolment, confirmed=True),
        models.Exemption: ExemptionFactory(enrolment=enrolment),
        "pop": pop,
        "gop": gop,
        "version": pop.completed_version,
    }


class Crowd:
    """People of whom there can come more; ``size`` says how many there are."""

    def __init__(self):
        self.like = examples()
        self.size = 0

    def grow(self, size):
        """Let there be ``size`` people in all, and tell the database what came of it."""
        if size <= self.size:
            return
        people = (self.size, size)
        with unguarded(), transaction.atomic():
            self.add_people(people)
            self.add_meetings(people)
            self.add_plans(people)
            self.add_hours(people)
        self.size = size
        with connection.cursor() as cursor:
            for statement in connection.ops.sequence_reset_sql(no_style(), TABLES):
                cursor.execute(statement)
            # Of every table: what was not looked at is planned for as if it were empty, or huge.
            cursor.execute("VACUUM ANALYZE" if on_postgresql() else "ANALYZE")

    def add_people(self, people):
        self.multiply(models.User, people, id=PERSON, **NAMED)
        self.multiply(
            models.Cohort,
            people,
            where=f"i % {A_COHORT} = 0",
            id=GROUP,
            name="'Groep ' || i",
        )
        self.multiply(models.Enrolment, people, id=PERSON, participant_id=PERSON, cohort_id=GROUP)
        self.multiply(models.Pause, people, where="i % 10 = 0", id=PERSON, enrolment_id=PERSON)
        self.multiply(
            models.Exemption,
            people,
            where="i % 20 IN (3, 5)",
            id=PERSON,
            enrolment_id=PERSON,
            criterion="CASE WHEN i % 20 = 3 THEN 'lessons' ELSE 'work' END",
            minutes="CASE WHEN i % 20 = 5 THEN 600 END",
        )

    def add_meetings(self, people):
        first = {"where": f"i % {A_COHORT} = 0", "times": MEETINGS}
        closed = f"j < {MEETINGS - 1}"
        self.multiply(
            models.Session,
            people,
            **first,
            id=SESSION,
            kind="CASE WHEN j % 5 < 3 THEN 'lesson' ELSE 'intervision' END",
            date=day("j * 7"),
            closed_at=f"CASE WHEN {closed} THEN t.closed_at END",
            closed_by_id=f"CASE WHEN {closed} THEN t.closed_by_id END",
        )
        self.multiply(
            models.Session.cohorts.through,
            people,
            **first,
            id=SESSION,
            session_id=SESSION,
            cohort_id=GROUP,
        )
        there = "(i + j) % 9 > 0"
        self.multiply(
            models.Attendance,
            people,
            where=closed,
            times=MEETINGS,
            id=f"{BASE} + i * {MEETINGS} + j",
            session_id=SESSION,
            enrolment_id=PERSON,
            status=f"CASE WHEN {there} THEN 'present' ELSE 'absent' END",
            actively_participated=there,
            minutes=f"CASE WHEN {there} THEN 120 ELSE 0 END",
        )

    def add_plans(self, people):
        done = "i % 4 <> 1"
        self.multiply(
            models.DevelopmentPlan,
            people,
            like="pop",
            id=PERSON,
            enrolment_id=PERSON,
            status=f"CASE WHEN {done} THEN 'complete' ELSE 'shared' END",
            completed_version_id=f"CASE WHEN {done} THEN {PERSON} END",
            completed_at=f"CASE WHEN {done} THEN t.completed_at END",
            completed_by_id=f"CASE WHEN {done} THEN t.completed_by_id END",
        )
        self.multiply(models.PlanVersion, people, like="version", id=PERSON, plan_id=PERSON)
        first, far = f"i % {A_COHORT} = 0", f"{FAR} + {GROUP}"
        self.multiply(
            models.DevelopmentPlan,
            people,
            like="gop",
            where=first,
            id=far,
            cohort_id=GROUP,
            completed_version_id=far,
        )
        self.multiply(models.PlanVersion, people, like="version", where=first, id=far, plan_id=far)
        self.multiply(
            models.Endorsement,
            people,
            where="i % 5 <> 2",
            id=PERSON,
            enrolment_id=PERSON,
            version_id=far,
        )
        self.multiply(
            models.FinalInterview, people, where="i % 2 = 0", id=PERSON, enrolment_id=PERSON
        )

    def add_hours(self, people):
        judged = f"{TURN} < 15 OR {TURN} = 18"
        self.multiply(
            models.HourEntry,
            people,
            times=ENTRIES,
            id=f"{BASE} + i * {ENTRIES} + j",
            enrolment_id=PERSON,
            kind="CASE WHEN j % 2 = 0 THEN 'study' ELSE 'work' END",
            date=day("j * 2"),
            minutes="CASE WHEN i % 8 = 0 THEN 180 ELSE 100 END + (i + j) % 60",
            status=f"CASE WHEN {TURN} < 15 THEN 'approved' WHEN {TURN} < 18 THEN 'submitted'"
            f" WHEN {TURN} = 18 THEN 'returned' ELSE 'draft' END",
            submitted_at=f"CASE WHEN {TURN} < 19 THEN t.submitted_at END",
            reviewed_at=f"CASE WHEN {judged} THEN t.reviewed_at END",
            reviewed_by_id=f"CASE WHEN {judged} THEN t.reviewed_by_id END",
            return_reason=f"CASE WHEN {TURN} = 18 THEN 'Welke training was dit?' ELSE '' END",
        )

    def multiply(self, model, people, like=None, times=1, where="1 = 1", **columns):
        """Rows of ``model`` for the numbers ``people`` (from, until): ``times`` for each of them.

        Its columns are as in the example, but for the SQL in ``columns``.
        """
        table, example = model._meta.db_table, self.like[like or model]
        names = [field.column for field in model._meta.local_concrete_fields]
        quoted = ", ".join(f'"{name}"' for name in names)
        values = ", ".join(columns.get(name, f't."{name}"') for name in names)
        with connection.cursor() as cursor:
            cursor.execute(
                f"WITH RECURSIVE people(i) AS (SELECT {people[0]} UNION ALL SELECT i + 1"
                f" FROM people WHERE i < {people[1] - 1}), things(j) AS (SELECT 0 UNION ALL"
                f" SELECT j + 1 FROM things WHERE j < {times - 1})"
                f" INSERT INTO {table} ({quoted})"
                f" SELECT {values} FROM people, things, {table} t"
                f" WHERE t.id = {example.pk} AND ({where})"
            )


@cache
def crowd():
    """The one of this run: several measurements share its people."""
    return Crowd()


NAMED = {
    "email": "'mens' || i || '@leerlijn.example'",
    "name": "'Noor ' || i * 7919 % 1000003",
    "name_key": "'noor ' || i * 7919 % 1000003",
}


def on_postgresql():
    return connection.vendor == "postgresql"


def day(number):
    """SQL for the day that is so many days after the third of February 2025."""
    if on_postgresql():
        return f"DATE '2025-02-03' + {number}"
    return f"date('2025-02-03', '+' || ({number}) || ' days')"


@contextmanager
def unguarded():
    """Without looking up each foreign key, and with the indexes of the hours made afterwards."""
    if not on_postgresql():
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute("SET maintenance_work_mem = '512MB'")
        cursor.execute(
            "SELECT indexname, indexdef FROM pg_indexes WHERE tablename = %s"
            " AND indexdef NOT LIKE 'CREATE UNIQUE%%'",
            [models.HourEntry._meta.db_table],
        )
        indexes = cursor.fetchall()
        for name, _definition in indexes:
            cursor.execute(f'DROP INDEX "{name}"')
    yield
    with connection.cursor() as cursor:
        for _name, definition in indexes:
            cursor.execute(definition)
        cursor.execute("RESET maintenance_work_mem")
        cursor.execute("SET session_replication_role = DEFAULT")
