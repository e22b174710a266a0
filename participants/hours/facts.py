"""What the rules ask the database about hours: all of it in one question (docs/adr/0050).

It is asked with the enrolments of the person locked, and after that: what a statement reads that
had to wait for a lock is from before the wait.
"""

import datetime as dt
import json
from dataclasses import dataclass

from django.db import models
from django.db.models.functions import Coalesce

from participants.enrolments.models import Pause
from participants.hours.models import HourEntry
from participants.once import Told
from participants.placements.models import Placement
from participants.statements import Gathered, Statement
from participants.tracks.models import Cohort


@dataclass(frozen=True)
class Facts:
    """What there is around one entry, on its day."""

    pauses: list  # (first day, last day or None) of those that are confirmed
    places: set  # the keys of all placements of the enrolment
    places_that_day: list  # of those, the ones that run on the day
    standing: list  # (key, minutes, key that it corrects) of all that the person did that day
    sent: int | None  # the entry that the same ``client_id`` made before


def about(entry):
    """The Facts around ``entry``, saved or not; its enrolment gets its cohort as it is now."""
    enrolment = entry.enrolment
    [row] = Cohort.objects.raw(
        *AROUND.about(
            enrolment=enrolment.pk,
            person=enrolment.participant_id,
            cohort=enrolment.cohort_id,
            day=entry.date,
            client_id=entry.client_id,
        )
    )
    enrolment.cohort = row
    return Facts(
        pauses=[(_day(first), last and _day(last)) for first, last in json.loads(row.pauses)],
        places={key for (key,) in json.loads(row.places)},
        places_that_day=[key for (key,) in json.loads(row.places_that_day)],
        standing=json.loads(row.standing),
        sent=row.sent,
    )


_day = dt.date.fromisoformat
TOLD = {
    "enrolment": models.BigIntegerField(),
    "person": models.BigIntegerField(),
    "cohort": models.BigIntegerField(),
    "day": models.DateField(),
    "client_id": models.UUIDField(),
}


def _around():
    """The cohort of an enrolment, with all else; of itself what the rules and their pages read."""
    enrolment, person, cohort, day, sent = (Told(name, field) for name, field in TOLD.items())
    pauses = Pause.objects.confirmed().filter(enrolment=enrolment)
    places = Placement.objects.filter(enrolment=enrolment)
    # Not by the index on days: of today the statistics of PostgreSQL know nobody yet, and it would
    # go over what everybody wrote down.
    theirs = HourEntry.objects.standing().filter(enrolment__participant=person)
    that_day = theirs.alias(day=Coalesce("date", "date")).filter(day=day)
    before = HourEntry.objects.filter(enrolment=enrolment, client_id=sent).order_by()
    read = Cohort.objects.only("starts_on", "ends_on", "late_entry_days", "contact_name")
    return (
        read.filter(pk=cohort)
        .order_by()
        .annotate(
            pauses=Gathered(pauses, "starts_on", "ends_on"),
            places=Gathered(places, "pk"),
            places_that_day=Gathered(places.active(on=day), "pk"),
            standing=Gathered(that_day, "pk", "minutes", "corrects"),
            sent=models.Subquery(before.values("pk")),
        )
    )


AROUND = Statement("around_hours", _around, TOLD)
