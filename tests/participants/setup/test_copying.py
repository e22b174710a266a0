"""A cohort after the example of another: everything but its people."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from participants.models import CohortBreak
from participants.setup import copying
from tests.factories import CohortFactory, EnrolmentFactory, RoleFactory, SessionFactory

# A year and 51 weeks further, on another day of the week than the example began.
NEW = {"name": "Lichting 9", "starts_on": dt.date(2026, 1, 7), "ends_on": dt.date(2026, 7, 10)}


@pytest.fixture
def coordinator(db):
    return RoleFactory(coordinator=True).user


@pytest.fixture
def example(db):
    cohort = CohortFactory(work_minutes=3000, contact_name="Noor Voorbeeld")
    SessionFactory(cohorts=[cohort], date=dt.date(2025, 3, 4), title="Grenzen stellen", closed=True)
    RoleFactory(cohort=cohort)
    EnrolmentFactory(cohort=cohort)
    CohortBreak.objects.create(
        cohort=cohort,
        name="Voorjaar",
        starts_on=dt.date(2025, 2, 15),
        ends_on=dt.date(2025, 2, 23),
    )
    return cohort


def test_a_copy_has_norms_meetings_free_days_and_team_but_no_people(example, coordinator):
    new = copying.copy(example, by=coordinator, **NEW)
    assert (new.track, new.work_minutes, new.contact_name) == (
        example.track,
        3000,
        "Noor Voorbeeld",
    )
    meeting = new.sessions.get()
    assert (meeting.title, meeting.closed_at, meeting.register_version) == (
        "Grenzen stellen",
        None,
        0,
    )
    assert [each.starts_on for each in new.breaks.all()] == [dt.date(2026, 2, 14)]
    assert [role.kind for role in new.roles.all()] == ["trainer"]
    assert not new.enrolments.exists()


def test_a_meeting_stays_on_its_day_of_the_week(example, coordinator):
    meeting = copying.copy(example, by=coordinator, **NEW).sessions.get()
    assert meeting.date == dt.date(2026, 3, 3)
    assert meeting.date.weekday() == dt.date(2025, 3, 4).weekday()


def test_what_was_called_off_or_left_out_is_not_copied(example, coordinator):
    SessionFactory(cohorts=[example], cancelled=True)
    left = SessionFactory(cohorts=[example])
    new = copying.copy(example, by=coordinator, without={left.pk}, **NEW)
    assert [each.title for each in new.sessions.all()] == ["Grenzen stellen"]


def test_a_new_day_outside_the_cohort_or_on_a_holiday_is_told_beforehand(example):
    SessionFactory(cohorts=[example], date=dt.date(2025, 4, 28))
    late = SessionFactory(cohorts=[example], date=dt.date(2025, 7, 15))
    new = copying.drafted(example, **NEW)
    told = {each.session: each.warnings for each in copying.meetings_of(example, new)}
    assert [bool(warnings) for warnings in told.values()] == [False, True, True]
    assert "is dan klaar" in told[late][0]


def test_a_team_is_left_behind_when_that_is_asked(example, coordinator):
    new = copying.copy(example, by=coordinator, with_team=False, **NEW)
    assert not new.roles.exists()


def test_a_name_that_is_taken_is_refused(example, coordinator):
    with pytest.raises(ValidationError):
        copying.copy(example, by=coordinator, **{**NEW, "name": example.name})


def test_only_who_coordinates_everything_starts_a_cohort(example):
    here = RoleFactory(kind="coordinator", cohort=example).user
    administrator = RoleFactory(administrator=True).user
    for user in (here, administrator):
        with pytest.raises(PermissionDenied):
            copying.copy(example, by=user, **NEW)
