"""Dates and durations as paper words them. Always Dutch: it is frozen text."""

import datetime as dt

MONTHS = (
    "januari februari maart april mei juni juli augustus september oktober november december"
).split()


def long_date(iso):
    """From "2027-07-08": "8 juli 2027"."""
    date = dt.date.fromisoformat(iso)
    return f"{date.day} {MONTHS[date.month - 1]} {date.year}"


def short_date(iso):
    """From "2027-07-08": "08-07-2027", of one width for a column."""
    return dt.date.fromisoformat(iso).strftime("%d-%m-%Y")


def period(start, end):
    return f"{long_date(start)} tot en met {long_date(end)}"


def clock(minutes):
    """Whole minutes as hours and minutes for a column: 95 is "1:35"."""
    return f"{minutes // 60}:{minutes % 60:02}"
