"""The accounting (verantwoording) of a cohort to a funder: totals, and a sample by number.

Nobody is named. A participant number is the key of an enrolment, so it stays the same in every
accounting and means nothing outside this house; a coordinator finds the person with it. Who is in
the sample follows from a seed that stands beside it: the funder can pick it, and the same seed
gives the same people again.
"""

import hashlib

from django.utils import timezone

from participants.enrolments.models import Enrolment
from participants.overview import periods
from participants.overview.periods import Period
from participants.sessions.models import Session

SAMPLE_SIZE, LARGEST_SAMPLE = 10, 100
STATES = {"here": "doet mee", "stopped": "gestopt", "completed": "afgerond"}
KINDS = {
    Session.Kind.LESSON: "Lessen",
    Session.Kind.INTERVISION: "Intervisie",
    Session.Kind.EVENT: "Andere bijeenkomsten",
}


def number(key):
    """The participant number of the enrolment with this key: "D00042"."""
    return f"D{key:05}"


def usual_seed(cohort, period):
    """What the sample is drawn with when nobody picked something: of this cohort and period."""
    return f"{cohort.pk}-{period.first:%Y%m%d}-{period.last:%Y%m%d}"


def facts(cohort, period, *, seed="", size=SAMPLE_SIZE):
    """All that the accounting says, as ``paper.accounting`` and ``accounting_sheets`` take it.

    The days of ``period`` that are still to come are left out.
    """
    period = period.so_far()
    seed = seed or usual_seed(cohort, period)
    enrolments = Enrolment.objects.filter(cohort=cohort)
    counted = periods.by_cohort(enrolments, period).get(cohort.pk, periods.Counted())
    return {
        "track": cohort.track.name,
        "cohort": cohort.name,
        "provider": cohort.track.provider,
        "period_start": period.first.isoformat(),
        "period_end": period.last.isoformat(),
        "made_on": timezone.localdate().isoformat(),
        "people": _people(counted.people),
        "hours": _hours(counted),
        "presence": [_presence(kind, counted) for kind in KINDS],
        "sample": {
            "seed": seed,
            "out_of": counted.people.total,
            "rows": _sample(enrolments, period, seed, size),
        },
    }


def _people(people):
    return [
        ("Deden al mee toen de periode begon", people.before),
        ("Begonnen in de periode", people.began),
        ("Gestopt in de periode", people.stopped),
        ("Afgerond met een certificaat in de periode", people.completed),
        ("Deden nog mee toen de periode eindigde", people.at_the_end),
        ("Hadden in de periode een pauze", people.paused),
    ]


def _hours(counted):
    return [
        ("Werk op de leerplek", counted.work_minutes),
        ("Studie, zelf opgeschreven", counted.own_study_minutes),
        ("Studie in lessen en andere bijeenkomsten", counted.met_minutes),
    ]


def _presence(kind, counted):
    meetings, presence = counted.of_kind(kind)
    return {
        "kind": KINDS[kind],
        "planned": meetings.planned,
        "registered": meetings.registered,
        "rows": presence.rows,
        "there": presence.there,
        "caught_up": presence.caught_up,
    }


def _sample(enrolments, period, seed, size):
    """The rows of the sample, by number; four queries, whatever the size."""
    people = periods.taking_part(enrolments, period)
    keys = drawn(people.order_by().values_list("pk", flat=True), seed, size)
    approved = {
        (row["enrolment"], row["kind"]): row["total"]
        for row in periods.approved(keys, period, "enrolment", "kind")
    }
    present = {row["enrolment"]: row for row in periods.presence(keys, period, "enrolment")}
    chosen = people.filter(pk__in=keys).order_by("pk").values_list("pk", "starts_on", "outcome")
    return [_row(*person, approved, present.get(person[0], {})) for person in chosen]


def drawn(keys, seed, size):
    """The ``size`` of ``keys`` that come first when all are put in the order of the seed."""
    return sorted(keys, key=lambda key: _lot(seed, key))[:size]


def _lot(seed, key):
    return hashlib.sha256(f"{seed}/{number(key)}".encode()).hexdigest()


def _row(key, starts_on, outcome, approved, present):
    return {
        "key": key,
        "number": number(key),
        "starts_on": starts_on.isoformat(),
        "state": STATES[outcome],
        "work": approved.get((key, "work"), 0),
        "study": approved.get((key, "study"), 0) + present.get("minutes", 0),
        "there": present.get("there", 0) + present.get("caught_up", 0),
        "rows": present.get("rows", 0),
    }


def whole(cohort):
    """The Period of all that ``cohort`` could hold up to today."""
    return Period.of_cohort(cohort).so_far()
