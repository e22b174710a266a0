"""Free weeks, who left two mails without an answer, and a message of the trainer."""

import datetime as dt

from django.utils import timezone

from participants.messages import weeks
from participants.models import CohortBreak, Delivery, Message, Reminder

BREAK_BEGAN_DAYS_AGO, BREAK_DAYS = 70, 14


def make(demo, cohort, silent):
    """For ``cohort``; ``silent`` is the enrolment of who did not answer."""
    begun = demo.today - dt.timedelta(days=BREAK_BEGAN_DAYS_AGO)
    monday = weeks.week_of(begun)
    CohortBreak.objects.create(
        cohort=cohort,
        name="Vakantie",
        starts_on=monday,
        ends_on=monday + dt.timedelta(days=BREAK_DAYS - 1),
    )
    for weeks_ago in (2, 1):
        week = weeks.week_of(demo.today) - dt.timedelta(weeks=weeks_ago)
        Reminder.objects.create(
            participant=silent.participant,
            enrolment=silent,
            week=week,
            points=["quiet"],
            # After all that the demo writes down today: that would count as an answer.
            made_at=timezone.now(),
        )
    message = Message.objects.create(
        cohort=cohort,
        author=demo.people["trainer"],
        subject="De volgende les is in een andere zaal",
        text="We zijn de volgende keer in zaal 2.\nNeem je plan mee, dan kijken we er samen naar.",
    )
    Delivery.objects.bulk_create(
        Delivery(message=message, enrolment=enrolment)
        for enrolment in cohort.enrolments.active().order_by("pk")
    )
