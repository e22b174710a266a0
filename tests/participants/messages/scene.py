"""Cohorts of 2025 with a contact, and the moment at which their mail goes."""

import datetime as dt

from participants.models import Reminder, Role
from tests.factories import CohortFactory, EnrolmentFactory, HourEntryFactory, RoleFactory

# Tuesday 4 March 2025, half past nine in Amsterdam: half an hour after the mail went open.
TUESDAY = dt.datetime(2025, 3, 4, 8, 30, tzinfo=dt.UTC)
WEEK = dt.date(2025, 3, 3)


def cohort_with_contact(**facts):
    """Nothing is said about hours or pace in it, unless a test asks."""
    quiet = {"quiet_days": 0, "talk_behind_minutes": 0}
    contact = {"contact_name": "Karima Zahir", "contact_phone": "020 555 01 23"}
    return CohortFactory(**{**quiet, **contact, **facts})


def someone(cohort=None, name="Noor Voorbeeld", **facts):
    """Somebody about whom there is nothing to say."""
    return EnrolmentFactory(cohort=cohort or cohort_with_contact(), participant__name=name, **facts)


def somebody_with_returned_hours(cohort=None, **facts):
    enrolment = someone(cohort, **facts)
    HourEntryFactory(enrolment=enrolment, returned=True)
    HourEntryFactory._meta.model.objects.update(
        created_at=TUESDAY - dt.timedelta(days=40), submitted_at=TUESDAY - dt.timedelta(days=40)
    )
    return enrolment


def staff(cohort, kind=Role.Kind.COORDINATOR):
    return RoleFactory(cohort=cohort, kind=kind).user


def told(enrolment):
    """The points of the reminder of this week; None when there is none."""
    found = Reminder.objects.sent().filter(enrolment=enrolment, week=WEEK).first()
    return found and found.points
