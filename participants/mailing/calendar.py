"""Meetings and talks as iCalendar (RFC 5545): one to go with a mail, or all of them as a feed.

What is written here leaves the house and stays in calendars of others. So it holds what, when
and where, and the address of our page; no names of others and no link to join online.
"""

import datetime as dt
import unicodedata
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.utils import timezone
from icalendar import Calendar, Timezone
from icalendar import Event as Component

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
PRODUCT = "-//Leerlijn//Agenda//NL"
MIMETYPE = "text/calendar; charset=utf-8"
# Clock times move on the last Sundays of March and October, as they do since 1996.
ZONE = """BEGIN:VTIMEZONE
TZID:Europe/Amsterdam
BEGIN:DAYLIGHT
DTSTART:19960331T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
TZNAME:CEST
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:19961027T030000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
TZNAME:CET
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
END:STANDARD
END:VTIMEZONE
"""


@dataclass(frozen=True)
class Entry:
    """One thing in a calendar.

    ``starts_at`` is a moment, or a date for what lasts the whole day. ``uid`` stays the same
    for as long as it is the same thing, and ``sequence`` grows when it moves or is called off.
    """

    uid: str
    starts_at: dt.datetime | dt.date
    minutes: int
    title: str
    place: str = ""
    url: str = ""
    sequence: int = 0
    cancelled: bool = False
    changed_at: dt.datetime | None = None


def event(
    uid: str,
    starts_at: dt.datetime | dt.date,
    minutes: int,
    title: str,
    place: str = "",
    url: str = "",
    sequence: int = 0,
    cancelled: bool = False,
) -> bytes:
    """An .ics file with one thing, to go with a mail; the same ``uid`` later changes it."""
    entry = Entry(uid, starts_at, minutes, title, place, url, sequence, cancelled, timezone.now())
    calendar = _calendar([entry])
    calendar.add("method", "PUBLISH")
    return calendar.to_ical()


def feed(entries: list[Entry], name: str, *, hours: int = 4) -> bytes:
    """A calendar called ``name`` to subscribe to; programs are asked to look every ``hours``."""
    calendar = _calendar(entries)
    calendar.add("x-wr-calname", _cleaned(name))
    calendar.add("x-wr-timezone", AMSTERDAM.key)
    again = dt.timedelta(hours=hours)
    calendar.add("refresh-interval", again, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", f"PT{hours}H")
    return calendar.to_ical()


def _calendar(entries):
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", PRODUCT)
    calendar.add("calscale", "GREGORIAN")
    calendar.add_component(Timezone.from_ical(ZONE.replace("\n", "\r\n")))
    for entry in entries:
        calendar.add_component(_component(entry))
    return calendar


def _component(entry):
    component = Component()
    component.add("uid", _cleaned(entry.uid))
    # Without METHOD this is the moment of the last change; so a feed says the same twice.
    changed_at = (entry.changed_at or timezone.now()).astimezone(dt.UTC)
    component.add("dtstamp", changed_at)
    component.add("last-modified", changed_at)
    component.add("sequence", entry.sequence)
    component.add("status", "CANCELLED" if entry.cancelled else "CONFIRMED")
    component.add("summary", _cleaned(entry.title))
    starts_at, ends_at = _from_to(entry)
    component.add("dtstart", starts_at)
    component.add("dtend", ends_at)
    if entry.place:
        component.add("location", _cleaned(entry.place))
    if entry.url:
        component.add("url", entry.url)
    return component


def _from_to(entry):
    if not isinstance(entry.starts_at, dt.datetime):
        return entry.starts_at, entry.starts_at + dt.timedelta(days=1)
    starts_at = entry.starts_at.astimezone(dt.UTC)
    ends_at = starts_at + dt.timedelta(minutes=entry.minutes)
    return starts_at.astimezone(AMSTERDAM), ends_at.astimezone(AMSTERDAM)


def _cleaned(text):
    """``text`` on one line, without characters that steer instead of show."""
    shown = (" " if unicodedata.category(sign)[0] in "CZ" else sign for sign in text)
    return " ".join("".join(shown).split())
