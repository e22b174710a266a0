"""How a cohort is doing: burn-up, what waits, meetings, plans, interviews, certificates."""

import datetime as dt

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from participants.models import Enrolment, HourEntry
from participants.overview import burnup
from participants.overview.stand import waiting
from tests.factories import (
    AttendanceFactory,
    CohortFactory,
    EnrolmentFactory,
    FinalInterviewFactory,
    HourEntryFactory,
    PauseFactory,
    RoleFactory,
    SessionFactory,
    ready_enrolment,
)

pytestmark = pytest.mark.django_db
TODAY = dt.date(2025, 3, 12)


@pytest.fixture(autouse=True)
def in_march():
    with time_machine.travel("2025-03-12T12:00:00+01:00"):
        yield


@pytest.fixture
def cohort():
    return CohortFactory()


@pytest.fixture
def shown(client, cohort):
    def shown(role="coordinator"):
        traits = {} if role == "trainer" else {role: True}
        client.force_login(RoleFactory(cohort=cohort, **traits).user)
        return " ".join(client.get(f"/lichtingen/{cohort.pk}/stand/").content.decode().split())

    return shown


def curves(cohort):
    found = burnup.curves(cohort, Enrolment.objects.filter(cohort=cohort).active())
    return {curve.kind: curve for curve in found}


def test_the_line_is_an_average_of_what_counts_up_to_each_day(cohort):
    first, second = EnrolmentFactory(cohort=cohort), EnrolmentFactory(cohort=cohort)
    HourEntryFactory(enrolment=first, approved=True, minutes=240, date=dt.date(2025, 1, 7))
    HourEntryFactory(enrolment=second, approved=True, minutes=60, date=TODAY)
    HourEntryFactory(enrolment=second, minutes=600, date=TODAY)  # waits, so it does not count
    by_day = {point.day: point.there for point in curves(cohort)["work"].points}
    assert by_day[dt.date(2025, 1, 6)] == 0
    assert by_day[dt.date(2025, 1, 20)] == 120
    assert by_day[TODAY] == 150
    assert by_day[cohort.ends_on] is None


def test_meetings_count_as_study_and_surplus_of_work_does_not(cohort):
    enrolment = EnrolmentFactory(cohort=cohort)
    HourEntryFactory(enrolment=enrolment, approved=True, minutes=960)
    AttendanceFactory(enrolment=enrolment, minutes=120)
    found = curves(cohort)
    assert (found["study"].now.there, found["work"].now.there) == (120, 960)


def test_hours_brought_along_from_before_the_first_day_count_from_the_first_point(cohort):
    HourEntryFactory(
        enrolment=EnrolmentFactory(cohort=cohort),
        approved=True,
        minutes=300,
        date=cohort.starts_on - dt.timedelta(days=30),
    )
    assert curves(cohort)["work"].points[0].there == 300


def test_the_planned_line_reaches_the_norm_on_the_last_day(cohort):
    EnrolmentFactory(cohort=cohort)
    last = curves(cohort)["work"].points[-1]
    assert (last.day, last.there) == (cohort.ends_on, None)
    assert cohort.work_minutes - 60 <= last.planned <= cohort.work_minutes


def test_an_average_is_cut_off_at_a_quarter_and_never_rounds_up(cohort):
    EnrolmentFactory(cohort=cohort)
    HourEntryFactory(enrolment=EnrolmentFactory(cohort=cohort), approved=True, minutes=119)
    assert curves(cohort)["work"].now.there == 45


@pytest.mark.parametrize("weeks", [1, 26, 27, 120])
def test_a_long_cohort_has_no_more_points_than_a_line_may_have(weeks):
    starts_on = dt.date(2025, 1, 6)
    cohort = CohortFactory(
        starts_on=starts_on, ends_on=starts_on + dt.timedelta(weeks=weeks, days=-1)
    )
    days = burnup.days_of(cohort)
    assert days[0] == starts_on and days[-1] >= cohort.ends_on
    assert len(days) <= burnup.MOST_POINTS + 2


def test_nothing_is_drawn_without_people_or_before_the_first_day(shown):
    later = CohortFactory(starts_on=dt.date(2025, 9, 1), ends_on=dt.date(2026, 7, 1))
    EnrolmentFactory(cohort=later)
    assert burnup.curves(later, Enrolment.objects.filter(cohort=later)) == []
    assert "Hier komt een lijn" in shown()


def test_what_waits_says_how_many_how_long_and_the_middle(cohort):
    enrolment = EnrolmentFactory(cohort=cohort)
    assert waiting(HourEntry.objects.all()) is None
    for days in (10, 3, 1):
        since = timezone.now() - dt.timedelta(days=days)
        HourEntryFactory(enrolment=enrolment, submitted_at=since, minutes=30)
    HourEntryFactory(enrolment=enrolment, approved=True)
    found = waiting(HourEntry.objects.all())
    assert (found.many, found.minutes, found.oldest_days, found.median_days) == (3, 90, 10, 3)


def test_the_page_tells_the_whole_of_the_cohort(cohort, shown):
    ready_enrolment(EnrolmentFactory(cohort=cohort))
    EnrolmentFactory(cohort=cohort, stopped=True, ends_on=dt.date(2025, 2, 1))
    paused = EnrolmentFactory(cohort=cohort)
    PauseFactory(enrolment=paused, confirmed=True, starts_on=TODAY, ends_on=None)
    SessionFactory(cohorts=[cohort], date=dt.date(2025, 2, 4), title="Luisteren zonder oordeel")
    page = shown()
    assert "<dt>Gestopt</dt> <dd>1</dd>" in page and "<dt>Pauze</dt> <dd>1</dd>" in page
    assert "<dt>Kan vandaag</dt> <dd>1</dd>" in page
    assert "<dt>Behaald</dt> <dd>1</dd>" in page
    assert "Luisteren zonder oordeel" in page
    assert "1 van de 2 mensen staat achter het plan." in page
    assert "Studie: gemiddeld 30 uur van de 60 uur." in page


def test_only_who_plans_interviews_reads_how_they_went(cohort, shown):
    FinalInterviewFactory(enrolment=EnrolmentFactory(cohort=cohort))
    assert "Eindgesprekken" in shown("coordinator")
    for role in ("trainer", "assessor"):
        assert "Eindgesprekken" not in shown(role)
        assert "Maak een verantwoording" not in shown(role)


def test_as_many_queries_for_three_people_as_for_one(client, cohort):
    client.force_login(RoleFactory(coordinator=True, cohort=cohort).user)
    counts = []
    for _turn in range(3):
        enrolment = ready_enrolment(EnrolmentFactory(cohort=cohort))
        HourEntryFactory(enrolment=enrolment)
        SessionFactory(cohorts=[cohort])
        with CaptureQueriesContext(connection) as queries:
            assert client.get(f"/lichtingen/{cohort.pk}/stand/").status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[2], counts


def test_where_nobody_takes_part_nothing_is_counted(cohort, shown):
    EnrolmentFactory(cohort=cohort, stopped=True)
    text = shown()
    assert "Nu doet niemand mee." in text
    assert "0 van" not in text and "<progress" not in text
