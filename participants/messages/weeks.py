"""Weeks begin on Monday at midnight in Amsterdam; the weekly mails go at a fixed hour of them."""

import datetime as dt

from django.utils import timezone

WINDOW = dt.timedelta(days=1)  # so long a weekly mail may still go, when nobody was there to send


def week_of(moment):
    """The Monday of the week of a date or an aware moment."""
    day = timezone.localdate(moment) if isinstance(moment, dt.datetime) else moment
    return day - dt.timedelta(days=day.weekday())


def opens_at(week, at):
    """When mail goes in the week of this Monday; ``at`` is (day of the week from 1, hour)."""
    weekday, hour = at
    day = week + dt.timedelta(days=weekday - 1)
    # On the clock of Amsterdam: nine o'clock stays nine o'clock when the clock moved.
    return timezone.make_aware(dt.datetime.combine(day, dt.time(hour)))


def is_open(moment, at):
    """Whether the weekly mail may go at ``moment``."""
    opening = opens_at(week_of(moment), at)
    return opening <= moment < opening + WINDOW


def next_week_to_mail(moment, at):
    """The Monday of the week of which the mail is still to go, or is going now."""
    week = week_of(moment)
    over = moment >= opens_at(week, at) + WINDOW
    return week + dt.timedelta(days=7) if over else week
