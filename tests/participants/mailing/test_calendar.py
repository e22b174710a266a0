"""One thing as a file to go with a mail."""

import datetime as dt

import icalendar
import pytest

from participants.mailing.calendar import event

AT = dt.datetime(2027, 6, 15, 8, 0, tzinfo=dt.UTC)


def only(raw):
    calendar = icalendar.Calendar.from_ical(raw)
    assert calendar["method"] == "PUBLISH"
    [found] = calendar.events
    return found


def test_an_invitation_says_what_when_and_where():
    found = only(event("talk-1@x", AT, 40, "Eindgesprek", "De Brug", "https://x.example/1/"))
    assert (found["uid"], found["summary"], found["location"]) == (
        "talk-1@x",
        "Eindgesprek",
        "De Brug",
    )
    assert found.start == AT
    assert found.start.utcoffset() == dt.timedelta(hours=2)
    assert found.end - found.start == dt.timedelta(minutes=40)
    assert (found["status"], found["sequence"]) == ("CONFIRMED", 0)


def test_a_second_file_calls_it_off():
    found = only(event("talk-1@x", AT, 40, "Eindgesprek", sequence=2, cancelled=True))
    assert (found["status"], found["sequence"]) == ("CANCELLED", 2)
    assert "location" not in found and "url" not in found


@pytest.mark.parametrize(
    ("starts_at", "minutes"),
    [
        (dt.datetime(2027, 3, 28, 0, 30, tzinfo=dt.UTC), 120),  # the clock goes forward
        (dt.datetime(2027, 10, 31, 0, 30, tzinfo=dt.UTC), 120),  # and back
    ],
)
def test_it_lasts_as_long_as_it_really_takes(starts_at, minutes):
    found = only(event("x", starts_at, minutes, "Nacht"))
    lasted = found.end.astimezone(dt.UTC) - found.start.astimezone(dt.UTC)
    assert lasted == dt.timedelta(minutes=minutes)
