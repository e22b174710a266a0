"""The API of meetings and registers: the contract, and the same refusals as the page."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import (
    AttendanceFactory,
    CohortFactory,
    EnrolmentFactory,
    RoleFactory,
    SessionFactory,
)

pytestmark = pytest.mark.django_db
SESSIONS = "/api/v1/sessions/"


@pytest.fixture
def api(client, cohort):
    """A client of a trainer of the cohort."""
    client.force_login(RoleFactory(cohort=cohort).user)
    return client


def put(api, session, version, *rows, **more):
    return api.put(
        f"{SESSIONS}{session.pk}/register/",
        {"version": version, "rows": rows, **more},
        content_type="application/json",
    )


def test_a_meeting_is_listed_with_its_facts(api, cohort):
    elsewhere = CohortFactory()
    session = SessionFactory(
        cohorts=[cohort, elsewhere], title="Les 8", place="De Brug", online_link="https://a.example"
    )
    SessionFactory()
    assert api.get(SESSIONS).json()["results"] == [
        {
            "id": session.pk,
            "cohorts": [cohort.pk],
            "kind": "lesson",
            "title": "Les 8",
            "date": "2025-02-04",
            "starts_at": "10:00:00",
            "minutes": 120,
            "place": "De Brug",
            "online_link": "https://a.example",
            "cancelled": False,
            "was_on": None,
        }
    ]


def test_the_online_link_stays_with_who_takes_part_and_staff(client, cohort):
    session = SessionFactory(cohorts=[cohort], online_link="https://a.example")
    client.force_login(EnrolmentFactory(cohort=cohort, applied=True).participant)
    assert client.get(f"{SESSIONS}{session.pk}/").json()["online_link"] is None


@pytest.mark.parametrize(
    ("asked", "titles"),
    [
        ("kind=intervision", ["Intervisie"]),
        ("date_after=2025-02-05", ["Intervisie"]),
        ("date_before=2025-02-04", ["Les"]),
        ("ordering=-date", ["Intervisie", "Les"]),
        ("cohort={cohort}", ["Les", "Intervisie"]),
    ],
)
def test_the_list_is_filtered_and_ordered(api, cohort, asked, titles):
    SessionFactory(cohorts=[cohort], title="Les")
    SessionFactory(
        cohorts=[cohort], title="Intervisie", kind="intervision", date=dt.date(2025, 3, 4)
    )
    found = api.get(f"{SESSIONS}?{asked.format(cohort=cohort.pk)}").json()["results"]
    assert [session["title"] for session in found] == titles


def test_a_cohort_of_others_and_one_that_is_not_there_answer_alike(api):
    answers = {api.get(f"{SESSIONS}?cohort={key}").content for key in [CohortFactory().pk, 999_999]}
    assert len(answers) == 1


def test_the_list_takes_as_many_queries_for_three_as_for_one(api, cohort):
    counts = []
    for size in (1, 2):
        SessionFactory.create_batch(size, cohorts=[cohort])
        with CaptureQueriesContext(connection) as queries:
            api.get(SESSIONS)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_a_register_that_nobody_filled_has_rows_without_status(api, cohort, samira):
    session = SessionFactory(cohorts=[cohort])
    assert api.get(f"{SESSIONS}{session.pk}/register/").json() == {
        "version": 0,
        "closed": False,
        "rows": [
            {
                "enrolment": samira.pk,
                "name": "Samira Aalbers",
                "status": None,
                "active": None,
                "minutes": None,
                "caught_up": None,
            }
        ],
    }


def test_what_get_gives_put_takes_back(api, cohort, samira):
    session = SessionFactory(cohorts=[cohort], closed=True)
    AttendanceFactory(session=session, enrolment=samira, caught_up=True)
    before = api.get(f"{SESSIONS}{session.pk}/register/").json()
    assert before["rows"][0]["caught_up"] == {"what": "De opdracht gemaakt", "on": "2025-02-11"}
    answer = put(api, session, before["version"], *before["rows"])
    assert answer.status_code == 200
    assert answer.json() == {**before, "version": 2}


def test_a_whole_register_is_put(api, cohort, samira):
    session = SessionFactory(cohorts=[cohort])
    row = {"enrolment": samira.pk, "status": "partly", "active": True, "minutes": 60}
    answer = put(api, session, 0, row)
    assert answer.json()["version"] == 1
    assert answer.json()["closed"] is True
    assert session.attendances.get().minutes == 60


def test_a_stale_version_is_a_conflict(api, cohort, samira):
    session = SessionFactory(cohorts=[cohort])
    row = {"enrolment": samira.pk, "status": "present"}
    put(api, session, 0, row)
    answer = put(api, session, 0, row)
    assert (answer.status_code, answer.json()["code"]) == (409, "changed")


def test_a_register_may_be_put_in_parts(api, cohort, samira):
    EnrolmentFactory(cohort=cohort)
    session = SessionFactory(cohorts=[cohort])
    row = {"enrolment": samira.pk, "status": "present"}
    assert put(api, session, 0, row).json()["code"] == "incomplete"
    assert put(api, session, 0, row, close=False).json()["closed"] is False


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ({"status": "partly"}, "minutes_missing"),
        ({"status": "partly", "minutes": 121}, "too_many_minutes"),
        ({"status": "somewhere"}, "invalid"),
        ({}, "invalid"),
        ({"status": "absent", "caught_up": {"what": "Opdracht"}}, "invalid"),
        ({"status": "absent", "caught_up": {"what": "X", "on": "2999-01-01"}}, "caught_up_later"),
    ],
)
def test_a_row_that_cannot_be_is_refused(api, cohort, samira, row, code):
    session = SessionFactory(cohorts=[cohort])
    answer = put(api, session, 0, {"enrolment": samira.pk, **row})
    assert (answer.status_code, answer.json()["code"]) == (400, code)


def test_ones_own_row_is_not_ones_to_send(client, cohort):
    trainer = RoleFactory(cohort=cohort).user
    own = EnrolmentFactory(cohort=cohort, participant=trainer)
    session = SessionFactory(cohorts=[cohort])
    client.force_login(trainer)
    assert put(client, session, 0, {"enrolment": own.pk, "status": "present"}).status_code == 403


def test_a_register_of_others_is_not_there(api):
    bodies = {
        api.get(f"{SESSIONS}{key}/register/").content for key in [SessionFactory().pk, 999_999]
    }
    assert len(bodies) == 1
