"""Weeks of Amsterdam: nine o'clock is nine o'clock, also when the clock has moved."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from participants.messages import weeks

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
TUESDAY_AT_NINE = (2, 9)


def at(text):
    return dt.datetime.fromisoformat(text).replace(tzinfo=AMSTERDAM)


@pytest.mark.parametrize(
    ("moment", "monday"),
    [
        ("2025-03-02 23:59", "2025-02-24"),
        ("2025-03-03 00:00", "2025-03-03"),
        ("2025-03-30 23:59", "2025-03-24"),  # the day on which summer time begins
        ("2025-03-31 00:00", "2025-03-31"),
        ("2025-10-26 23:59", "2025-10-20"),  # the day on which it ends
        ("2025-10-27 00:00", "2025-10-27"),
        ("2024-12-31 12:00", "2024-12-30"),
    ],
)
def test_a_week_begins_on_monday_at_midnight_in_amsterdam(moment, monday):
    assert weeks.week_of(at(moment).astimezone(dt.UTC)) == dt.date.fromisoformat(monday)


@pytest.mark.parametrize(
    ("monday", "utc"),
    [("2025-03-24", 8), ("2025-03-31", 7), ("2025-10-20", 7), ("2025-10-27", 8)],
)
def test_mail_goes_at_nine_on_the_clock_of_amsterdam(monday, utc):
    opening = weeks.opens_at(dt.date.fromisoformat(monday), TUESDAY_AT_NINE)
    assert opening.astimezone(dt.UTC).hour == utc
    assert opening.astimezone(AMSTERDAM).hour == 9


@pytest.mark.parametrize(
    ("moment", "is_open", "monday"),
    [
        ("2025-03-03 12:00", False, "2025-03-03"),
        ("2025-03-04 08:59", False, "2025-03-03"),
        ("2025-03-04 09:00", True, "2025-03-03"),
        ("2025-03-05 08:59", True, "2025-03-03"),
        ("2025-03-05 09:00", False, "2025-03-10"),
        ("2025-03-09 23:59", False, "2025-03-10"),
    ],
)
def test_it_may_go_for_a_day_and_then_the_next_week_comes(moment, is_open, monday):
    assert weeks.is_open(at(moment), TUESDAY_AT_NINE) is is_open
    assert weeks.next_week_to_mail(at(moment), TUESDAY_AT_NINE) == dt.date.fromisoformat(monday)
