"""The figures of a year, over all cohorts and tracks."""

import datetime as dt

import pytest
import time_machine

from participants.overview.organisation import figures
from participants.tracks.models import Cohort
from tests.factories import (
    CohortFactory,
    EnrolmentFactory,
    HourEntryFactory,
    LearningTrackFactory,
    RoleFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def autumn():
    with time_machine.travel("2026-10-01T12:00:00+02:00"):
        yield


@pytest.fixture
def track():
    return LearningTrackFactory(name="Leerlijn Buurtteams")


def cohort_of(track, name, people, **facts):
    cohort = CohortFactory(track=track, name=name, **facts)
    for _turn in range(people):
        HourEntryFactory(enrolment=EnrolmentFactory(cohort=cohort), approved=True, minutes=60)
    return cohort


def rows(blocks):
    return {line.name: line for block in blocks for line in [*block.lines, block.total]}


def test_a_year_adds_up_over_cohorts_and_tracks(track):
    cohort_of(track, "Voorjaar", 5)
    cohort_of(track, "Najaar", 6)
    cohort_of(LearningTrackFactory(), "Zorg", 7)
    blocks, total = figures(Cohort.objects.all(), 2025, known=set())
    found = rows(blocks)
    assert found["Leerlijn Buurtteams"].people.began == 11
    assert found["Voorjaar"].work_minutes == 300
    assert (total.people.total, total.work_minutes) == (18, 18 * 60)


def test_hours_count_in_the_year_in_which_they_were_made(track):
    cohort = cohort_of(track, "Lang", 5, ends_on=dt.date(2026, 7, 1))
    HourEntryFactory(
        enrolment=cohort.enrolments.first(), approved=True, date=dt.date(2026, 1, 1), minutes=30
    )
    of_2025, of_2026 = (
        rows(figures(Cohort.objects.all(), year, known=set())[0])["Lang"] for year in (2025, 2026)
    )
    assert (of_2025.work_minutes, of_2025.people.began) == (300, 5)
    assert (of_2026.work_minutes, of_2026.people.began, of_2026.people.before) == (30, 0, 5)


@pytest.mark.parametrize(("people", "seen"), [(4, False), (5, True), (6, True)])
def test_an_administrator_sees_no_figures_over_fewer_than_five(client, track, people, seen):
    cohort_of(track, "Klein", people)
    cohort_of(track, "Groot", 20)
    client.force_login(RoleFactory(administrator=True).user)
    page = client.get("/cijfers/?jaar=2025").content.decode()
    # The large one hides too: it stood beside the total.
    assert page.count("Niet getoond: te weinig mensen") == (0 if seen else 2)
    assert (">20<" in page) is seen
    assert f"{people + 20}" in page


@pytest.mark.parametrize(("stopped", "seen"), [(0, True), (4, False), (5, True)])
def test_what_became_of_few_is_told_to_nobody_who_does_not_work_with_them(
    client, track, stopped, seen
):
    cohort, other = cohort_of(track, "Voorjaar", 10), cohort_of(track, "Najaar", 20)
    for group, many in ((cohort, stopped), (other, 6)):
        leaving = list(group.enrolments.values_list("pk", flat=True)[:many])
        group.enrolments.filter(pk__in=leaving).update(status="stopped", ends_on="2025-05-01")
    found = rows(figures(Cohort.objects.all(), 2025, known=set())[0])
    shown = {name: dict(found[name].broken_down)["Gestopt"] for name in ("Voorjaar", "Najaar")}
    # The other hides too: its figure stood beside the total.
    assert shown == ({"Voorjaar": stopped, "Najaar": 6} if seen else dict.fromkeys(shown))
    assert dict(found[track.name].broken_down)["Gestopt"] == stopped + 6
    client.force_login(RoleFactory(administrator=True).user)
    page = client.get("/cijfers/?jaar=2025").content.decode()
    assert ("niet getoond" in page) is not seen
    client.force_login(RoleFactory(coordinator=True).user)
    assert "niet getoond" not in client.get("/cijfers/?jaar=2025").content.decode()


def test_a_coordinator_sees_the_figures_of_the_own_small_cohort(client, track):
    cohort = cohort_of(track, "Klein", 3)
    client.force_login(RoleFactory(coordinator=True, cohort=cohort).user)
    page = client.get("/cijfers/?jaar=2025").content.decode()
    assert "Niet getoond" not in page and "3 uur" in page


def test_a_coordinator_of_one_cohort_reads_nothing_of_another(client, track):
    mine, other = cohort_of(track, "Van mij", 5), cohort_of(track, "Van een ander", 5)
    client.force_login(RoleFactory(coordinator=True, cohort=mine).user)
    page = client.get("/cijfers/?jaar=2025").content.decode()
    assert mine.name in page and other.name not in page


def test_a_year_without_a_page_is_not_there(client, track):
    cohort_of(track, "Voorjaar", 5)
    client.force_login(RoleFactory(coordinator=True).user)
    for year, status in [("2025", 200), ("2026", 200), ("2027", 404), ("2024", 404), ("x", 404)]:
        assert client.get(f"/cijfers/?jaar={year}").status_code == status
    assert "deed nog niemand mee" not in client.get("/cijfers/?jaar=2025").content.decode()


def test_as_many_queries_for_three_cohorts_as_for_one(track, django_assert_num_queries):
    for turn in range(3):
        cohort_of(LearningTrackFactory(), f"Lichting {turn}", 1)
        with django_assert_num_queries(5):
            assert len(figures(Cohort.objects.all(), 2025, known=set())[0]) == turn + 1
