"""Days on which the Netherlands is free. Worked out, so that no list has to be kept up."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

FIXED = {
    (1, 1): _("Nieuwjaarsdag"),
    (5, 5): _("Bevrijdingsdag"),
    (12, 25): _("Eerste Kerstdag"),
    (12, 26): _("Tweede Kerstdag"),
}
FROM_EASTER = {
    -2: _("Goede Vrijdag"),
    0: _("Eerste Paasdag"),
    1: _("Tweede Paasdag"),
    39: _("Hemelvaartsdag"),
    49: _("Eerste Pinksterdag"),
    50: _("Tweede Pinksterdag"),
}


def name_of(day):
    """What holiday ``day`` is; "" when it is none."""
    if day == kings_day(day.year):
        return _("Koningsdag")
    return FIXED.get((day.month, day.day)) or FROM_EASTER.get((day - easter(day.year)).days, "")


def kings_day(year):
    """27 April, or the day before when that is a Sunday."""
    day = dt.date(year, 4, 27)
    return day - dt.timedelta(days=1) if day.weekday() == 6 else day


def easter(year):
    """Easter Sunday (the method of Meeus, Jones and Butcher)."""
    golden, (century, in_century) = year % 19, divmod(year, 100)
    (leaps, leaps_left), (quarters, quarters_left) = divmod(century, 4), divmod(in_century, 4)
    correction = (century - (century + 8) // 25 + 1) // 3
    moon = (19 * golden + century - leaps - correction + 15) % 30
    weekday = (32 + 2 * leaps_left + 2 * quarters - moon - quarters_left) % 7
    late = (golden + 11 * moon + 22 * weekday) // 451
    month, day = divmod(moon + weekday - 7 * late + 114, 31)
    return dt.date(year, month, day + 1)
