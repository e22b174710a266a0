"""Pages of hours in every state: empty, half-way, with what came back, and the pile of staff."""

import datetime as dt

from django.utils import timezone

from participants import kept
from tests.browser.states import State
from tests.factories import (
    CohortFactory,
    EnrolmentFactory,
    HourEntryFactory,
    PlacementFactory,
    RoleFactory,
)
from tests.participants.hours.scene import attached, by_slip

LONG = "Meegelopen op het spreekuur van de wijkbeheerder, koffiegezet en nagepraat"


def enrolment_of_today():
    today = timezone.localdate()
    begun = today - dt.timedelta(days=90)
    cohort = CohortFactory(starts_on=begun, ends_on=today + dt.timedelta(days=90))
    return EnrolmentFactory(cohort=cohort, starts_on=begun)


def written(enrolment, days=0, **facts):
    day = timezone.localdate() - dt.timedelta(days=days)
    known = {"submitted_at": timezone.now(), "description": LONG}
    return HourEntryFactory(enrolment=enrolment, date=day, **known | facts)


def in_every_state(enrolment=None):
    """Entries of one person: of each kind and state, one with a file and one from staff."""
    enrolment = enrolment or enrolment_of_today()
    place = PlacementFactory(enrolment=enrolment)
    written(enrolment, approved=True, placement=place)
    written(enrolment, 1, kind="study", returned=True)
    written(enrolment, 1, draft=True, submitted_at=None)
    written(enrolment, 2, withdrawn=True)
    trainer = RoleFactory(cohort=enrolment.cohort).user
    written(enrolment, written_by=trainer, written_note="Van de papieren lijst")
    attached(written(enrolment, 3), "heel-lange-naam-van-een-foto-van-een-rooster.jpg")
    return enrolment


def own(address, make=in_every_state):
    def state():
        enrolment = make()
        entry = enrolment.hours.order_by("-pk").first()
        facts = {"pk": entry.pk if entry else 0, "enrolment": enrolment.pk}
        return enrolment.participant, address.format(**facts)

    return state


def of_status(status, address):
    def state():
        enrolment = in_every_state()
        entry = enrolment.hours.filter(status=status).first()
        return enrolment.participant, address.format(pk=entry.pk)

    return state


def half_typed():
    enrolment = enrolment_of_today()
    kept.keep(enrolment.participant, "hours-new", {"kind": ["work"], "description": ["Half af"]})
    return enrolment.participant, "/uren/nieuw/"


def withdrawn_just_now():
    enrolment = in_every_state()
    entry = enrolment.hours.restorable().get()
    return enrolment.participant, f"/uren/?ingetrokken={entry.pk}"


def for_staff(address, make=in_every_state):
    def state():
        enrolment = make()
        trainer = RoleFactory(cohort=enrolment.cohort).user
        written(enrolment, 4, approved=True, reviewed_by=trainer, reviewed_at=timezone.now())
        entry = enrolment.hours.awaiting_review().first()
        facts = {"pk": entry.pk if entry else 0, "enrolment": enrolment.pk}
        week = (entry.date if entry else timezone.localdate()).strftime("%G-W%V")
        return trainer, address.format(**facts, week=week)

    return state


def nothing_waits():
    return RoleFactory().user, "/nakijken/"


def approved_by_paper():
    enrolment = in_every_state()
    trainer = RoleFactory(cohort=enrolment.cohort).user
    entry = written(enrolment, 5)
    by_slip([entry], trainer)
    return trainer, f"/uren/{entry.pk}/"


STATES = [
    State("hours, none yet", own("/uren/", enrolment_of_today)),
    State("hours, in every state", own("/uren/")),
    State("hours, withdrawn just now", withdrawn_just_now),
    State("hours, this week empty", lambda: own("/uren/week/", enrolment_of_today)()),
    State("hours, this week", own("/uren/week/")),
    State("hours, new", own("/uren/nieuw/")),
    State("hours, new and half typed", half_typed),
    State("hours, one with a file", own("/uren/{pk}/")),
    State("hours, one returned", of_status("returned", "/uren/{pk}/")),
    State("hours, one approved", of_status("approved", "/uren/{pk}/")),
    State("hours, one returned, completed", of_status("returned", "/uren/{pk}/wijzig/")),
    State("hours, one corrected", of_status("approved", "/uren/{pk}/verbeter/")),
    State("hours, put back", of_status("withdrawn", "/uren/{pk}/zet-terug/")),
    State("hours, statement", own("/uren/staat/{enrolment}/")),
    State("hours, pile empty", nothing_waits),
    State("hours, pile full", for_staff("/nakijken/")),
    State("hours, one to review", for_staff("/uren/{pk}/")),
    State("hours, one approved by paper", approved_by_paper),
    State("hours, signed paper", for_staff("/nakijken/papier/{enrolment}/{week}/")),
    State("hours, for somebody", for_staff("/uren/voor/{enrolment}/")),
]
