"""Logging an hour: the SQL of the whole act against the bare INSERT of the same row."""

from django.db import connection, transaction

from participants.hours import actions
from tests.bench.timing import medians
from tests.factories import EnrolmentFactory, PlacementFactory
from tests.factories.work import HourEntryFactory

GOAL = 2.0
KEPT = ("BEGIN", "SAVEPOINT", "RELEASE")


def lines():
    """[(name, ratio, goal)]: the statements of the act once more, in one transaction each."""
    enrolment = PlacementFactory(enrolment=EnrolmentFactory()).enrolment
    HourEntryFactory.create_batch(20, enrolment=enrolment, minutes=5)
    asked = statements(enrolment)
    insert = [one for one in asked if one[0].startswith("INSERT")]
    standing = list(enrolment.hours.values_list("pk", flat=True))
    # What the turns wrote goes again: a day holds sixteen hours, and not hundreds of entries.
    tidy = enrolment.hours.exclude(pk__in=standing).delete
    ours, _tidying, bare, _tidying = medians(
        lambda: run(asked), tidy, lambda: run(insert), tidy, turns=200
    )
    return [("log_hours_sql", ours / bare, GOAL)]


def statements(enrolment):
    """[(sql, params)] of handing in one entry."""
    found = []

    def note(execute, sql, params, many, context):
        if not sql.startswith(KEPT):
            found.append((sql, params))
        return execute(sql, params, many, context)

    day = enrolment.starts_on
    with connection.execute_wrapper(note):
        actions.log(
            enrolment,
            by=enrolment.participant,
            kind="work",
            date=day,
            minutes=15,
            description="Meegelopen op het spreekuur",
        )
    return found


def run(asked):
    with transaction.atomic(), connection.cursor() as cursor:
        for sql, params in asked:
            cursor.execute(sql, params)
            cursor.fetchall()  # SQLite has found no more than the first row before
