"""Clock times of one day in Amsterdam. Lengths are counted in UTC: a DST night has its own."""

import datetime as dt

from django.utils import timezone


def minutes_between(day, starts_at, ends_at):
    """Whole minutes from one clock time to a later one; zero or less when it is not later."""
    return round((moment(day, ends_at) - moment(day, starts_at)).total_seconds() / 60)


def end_time(day, starts_at, minutes):
    """The clock time ``minutes`` after ``starts_at``; perhaps that of the next day."""
    end = moment(day, starts_at) + dt.timedelta(minutes=minutes)
    return timezone.localtime(end).time()


def moment(day, time):
    """The clock time ``time`` of that day, in UTC."""
    return dt.datetime.combine(day, time, timezone.get_default_timezone()).astimezone(dt.UTC)
