"""What does not grow with the number of people, and what an hour may cost."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from participants import progress, sheets
from participants.hours import actions
from participants.models import Enrolment, HourEntry, User
from tests.factories import (
    CohortFactory,
    EnrolmentFactory,
    PlacementFactory,
    RoleFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
MANY = 1000


def take_part(number):
    """So many people in one cohort, written at once; nothing is known of them yet."""
    cohort, by = CohortFactory(), UserFactory()
    people = User.objects.bulk_create(
        User(email=f"mens{n}-{cohort.pk}@leerlijn.example", name=f"Noor {n}", password="!")
        for n in range(number)
    )
    Enrolment.objects.bulk_create(
        Enrolment(
            participant=person,
            cohort=cohort,
            status=Enrolment.Status.ACTIVE,
            starts_on=cohort.starts_on,
            decided_at=by.joined_at,
            decided_by=by,
        )
        for person in people
    )
    return cohort


def test_one_query_answers_for_one_and_for_a_thousand(django_assert_num_queries):
    take_part(MANY)
    with django_assert_num_queries(1):
        found = [progress.lines(person) for person in progress.of(Enrolment.objects.all())]
    assert len(found) == MANY


def test_the_list_of_everybody_asks_the_same_for_one_and_for_a_thousand(client):
    client.force_login(RoleFactory(coordinator=True).user)
    counts = []
    for number in (1, MANY):
        take_part(number)
        with CaptureQueriesContext(connection) as asked:
            assert client.get("/mensen/").status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_a_list_with_more_than_a_thousand_rows_of_one_day_comes_to_an_end(client):
    enrolment = EnrolmentFactory()
    HourEntry.objects.bulk_create(
        HourEntry(enrolment=enrolment, kind="study", date=dt.date(2025, 3, 3), minutes=1)
        for _turn in range(1401)
    )
    client.force_login(enrolment.participant)
    seen, address = [], "/api/v1/hours/?page_size=200"
    while address and len(seen) < 2000:
        page = client.get(address).json()
        seen += [row["id"] for row in page["results"]]
        address = page["next"]
    assert (len(seen), len(set(seen))) == (1401, 1401)


def test_logging_an_hour_takes_three_queries_at_most():
    enrolment = PlacementFactory().enrolment
    content = {"kind": "work", "date": dt.date(2025, 3, 3), "minutes": 90}
    assert connection.features.supports_json_field  # Django asks the database once, in a process
    with CaptureQueriesContext(connection) as asked:
        actions.log(enrolment, by=enrolment.participant, description="Spreekuur", **content)
    statements = [one["sql"] for one in asked if "SAVEPOINT" not in one["sql"]]
    assert len(statements) <= 3, statements


def test_a_file_is_made_piece_by_piece():
    read = []

    def rows():
        for number in range(3 * sheets.ROWS_A_PIECE):
            read.append(number)
            yield [number, "=1+1"]

    pieces = sheets.as_csv(["nummer", "tekst"], rows())
    next(pieces)
    assert len(read) <= sheets.ROWS_A_PIECE
