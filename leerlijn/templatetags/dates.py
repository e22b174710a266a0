"""Days and times as people say them, in Dutch and in the time of Amsterdam.

Every filter takes a date or an aware datetime and gives "" for None.
"""

import datetime as dt

from django import template
from django.utils import timezone

register = template.Library()

MONTHS = (
    "januari februari maart april mei juni juli augustus september oktober november december"
).split()
SHORT_MONTHS = "jan feb mrt apr mei jun jul aug sep okt nov dec".split()
LONG_WAIT_DAYS = 7
DAYS = "maandag dinsdag woensdag donderdag vrijdag zaterdag zondag".split()


@register.filter
def long_date(moment):
    """ "4 november 2026"."""
    day = _day(moment)
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}" if day else ""


@register.filter
def day_date(moment):
    """ "woensdag 4 november"; with the year when it is not this year."""
    day = _day(moment)
    if not day:
        return ""
    year = "" if day.year == timezone.localdate().year else f" {day.year}"
    return f"{DAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]}{year}"


@register.filter
def short_date(moment):
    """ "wo 4 nov"; with the year when it is not this year."""
    day = _day(moment)
    if not day:
        return ""
    year = "" if day.year == timezone.localdate().year else f" {day.year}"
    return f"{DAYS[day.weekday()][:2]} {day.day} {SHORT_MONTHS[day.month - 1]}{year}"


@register.filter
def period(start, end):
    """ "26 november 2026 tot en met 8 juli 2027"; "vanaf …" without an end."""
    if not end:
        return f"vanaf {long_date(start)}" if start else ""
    return f"{long_date(start)} tot en met {long_date(end)}"


@register.filter
def clock(moment):
    """ "15.00 uur" for a datetime or a time."""
    if moment is None:
        return ""
    if isinstance(moment, dt.datetime) and timezone.is_aware(moment):
        moment = timezone.localtime(moment)
    return f"{moment.hour:02}.{moment.minute:02} uur"


@register.filter
def days_waiting(moment):
    """ "Wacht 9 dagen", counted in calendar days; "Vandaag binnengekomen" on the day itself."""
    day = _day(moment)
    if not day:
        return ""
    days = (timezone.localdate() - day).days
    if days < 1:
        return "Vandaag binnengekomen"
    return f"Wacht {days} {'dag' if days == 1 else 'dagen'}"


@register.filter
def waits_long(moment):
    """Whether something waits for a week or longer: then it asks for attention."""
    day = _day(moment)
    return bool(day) and (timezone.localdate() - day).days >= LONG_WAIT_DAYS


def _day(moment):
    if isinstance(moment, dt.datetime):
        return timezone.localtime(moment).date() if timezone.is_aware(moment) else moment.date()
    return moment
