"""What the database refuses about meetings and registers, whoever asks."""

import datetime as dt

import pytest
from django.db import IntegrityError

from tests.factories import AttendanceFactory, SessionFactory, UserFactory
from tests.factories.cohorts import MOMENT

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("name", "facts"),
    [
        ("a_meeting_lasts_one_minute_to_sixteen_hours", {"minutes": 0}),
        ("a_meeting_lasts_one_minute_to_sixteen_hours", {"minutes": 961}),
        ("a_meeting_is_cancelled_by_someone_or_stands", {"cancelled_at": MOMENT}),
        ("a_register_is_closed_by_someone_or_open", {"closed_at": MOMENT}),
        ("a_moved_meeting_says_when_it_was_to_be", {"moved_at": MOMENT}),
        ("a_moved_meeting_says_when_it_was_to_be", {"was_on": dt.date(2025, 2, 3)}),
        ("a_moved_meeting_says_when_it_was_to_be", {"was_in": "De Brug"}),
    ],
)
def test_the_database_refuses_a_meeting_that_cannot_be(name, facts):
    with pytest.raises(IntegrityError, match=name):
        SessionFactory(**facts)


@pytest.mark.parametrize(
    ("name", "facts"),
    [
        ("minutes_belong_to_who_was_there", {"absent": True, "minutes": 10}),
        ("only_who_was_there_took_part", {"absent": True, "actively_participated": True}),
        ("catching_up_says_what_when_and_who_accepted", {"caught_up_on": dt.date(2025, 2, 11)}),
        ("catching_up_says_what_when_and_who_accepted", {"caught_up_what": "Opdracht"}),
        ("attendance_fits_in_sixteen_hours", {"minutes": 961}),
    ],
)
def test_the_database_refuses_a_row_that_cannot_be(name, facts):
    with pytest.raises(IntegrityError, match=name):
        AttendanceFactory(**facts)


def test_the_database_refuses_catching_up_that_nobody_accepted():
    with pytest.raises(IntegrityError, match="catching_up_says"):
        AttendanceFactory(caught_up=True, caught_up_accepted_by=None)


def test_the_database_knows_one_row_a_person_a_meeting():
    row = AttendanceFactory()
    with pytest.raises(IntegrityError, match="one_row_a_person_a_meeting|UNIQUE"):
        AttendanceFactory(session=row.session, enrolment=row.enrolment, recorded_by=UserFactory())
