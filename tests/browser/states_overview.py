"""Pages about a whole cohort and about one person: empty, full, with long names, shielded."""

import datetime as dt

from django.utils import timezone

from participants.events.actions import decided
from tests.browser.states import State
from tests.factories import (
    AttendanceFactory,
    CohortFactory,
    EnrolmentFactory,
    ExemptionFactory,
    FinalInterviewFactory,
    GopFactory,
    HourEntryFactory,
    LearningTrackFactory,
    PauseFactory,
    PopFactory,
    RoleFactory,
    SessionFactory,
    ready_enrolment,
)

LONG = "Wilhelmina Francisca Oyelaran van den Heuvel-Beukenrodestein"


def cohort_of_today(**facts):
    today = timezone.localdate()
    named = {"name": "Lichting van het najaar, tweede groep"} | facts
    return CohortFactory(
        starts_on=today - dt.timedelta(days=90), ends_on=today + dt.timedelta(days=90), **named
    )


def in_all_states(cohort=None):
    """A cohort with one person who is ready, one on the way, one who pauses and one who stopped."""
    cohort = cohort or cohort_of_today()
    today = timezone.localdate()
    people = [
        EnrolmentFactory(cohort=cohort, participant__name=name)
        for name in (LONG, "Abel Oduya", "Bo Pinas")
    ]
    ready_enrolment(people[1])
    on_the_way(people[0], today)
    PauseFactory(enrolment=people[2], confirmed=True, starts_on=today, ends_on=None)
    EnrolmentFactory(cohort=cohort, stopped=True, ends_on=today)
    SessionFactory(cohorts=[cohort], date=today - dt.timedelta(days=3))
    return people[0]


def on_the_way(enrolment, today):
    decided("admitted", enrolment, by=enrolment.decided_by)
    for days, facts in enumerate([{"approved": True}, {}, {"returned": True, "kind": "study"}]):
        HourEntryFactory(enrolment=enrolment, date=today - dt.timedelta(days=days), **facts)
    AttendanceFactory(
        enrolment=enrolment,
        session=SessionFactory(closed=True, cohorts=[enrolment.cohort], date=today),
    )
    ExemptionFactory(enrolment=enrolment, reason="Al aangetoond in een ander traject. " * 9)
    PopFactory(enrolment=enrolment, status="shared")
    FinalInterviewFactory(enrolment=enrolment, planned_at=timezone.now())


def seen_by(role, address, make=in_all_states):
    def state():
        enrolment = make()
        user = RoleFactory(cohort=enrolment.cohort, **{role: True} if role else {}).user
        return user, address.format(pk=enrolment.pk, cohort=enrolment.cohort_id)

    return state


def own(address):
    def state():
        enrolment = in_all_states()
        return enrolment.participant, address.format(pk=enrolment.pk)

    return state


def empty(address):
    def state():
        cohort = cohort_of_today()
        GopFactory(cohort=cohort)
        return RoleFactory(coordinator=True, cohort=cohort).user, address.format(cohort=cohort.pk)

    return state


def shielded():
    """Small cohorts, as an administrator sees them."""
    track = LearningTrackFactory(name="Leerlijn voor vertrouwenspersonen in de informele zorg")
    for name, people in [("Kleine groep", 3), ("Gewone groep", 9), ("Grote groep", 20)]:
        cohort = cohort_of_today(track=track, name=name)
        EnrolmentFactory.create_batch(people, cohort=cohort)
    in_all_states()
    return RoleFactory(administrator=True).user, "/cijfers/"


COHORT, PERSON = "/lichtingen/{cohort}/", "/deelnames/{pk}/"
STATES = [
    State("overview: with figures", seen_by("coordinator", f"{COHORT}?ordering=-werk")),
    State("overview: as a picture", seen_by("coordinator", f"{COHORT}?vorm=beeld")),
    State("overview: nobody yet", empty(COHORT)),
    State("overview: all people", seen_by("coordinator", "/mensen/?search=a")),
    State("overview: all people, nobody fits", seen_by("", "/mensen/?search=xyz")),
    State("overview: cohort, coordinator", seen_by("coordinator", f"{COHORT}stand/")),
    State("overview: cohort, trainer", seen_by("", f"{COHORT}stand/")),
    State("overview: cohort, empty", empty(f"{COHORT}stand/")),
    State("overview: a year", seen_by("coordinator", "/cijfers/")),
    State("overview: a year, shielded", shielded),
    State("overview: accounting", seen_by("coordinator", f"{COHORT}verantwoording/")),
    State("overview: accounting, nobody", empty(f"{COHORT}verantwoording/")),
    State(
        "overview: accounting, wrong dates",
        empty(f"{COHORT}verantwoording/?van=2026-03-02&tot=2026-03-01&steekproef=0"),
    ),
    State("overview: numbers", seen_by("coordinator", f"{COHORT}nummers/")),
    State("overview: person", seen_by("coordinator", PERSON)),
    State("overview: time line", seen_by("coordinator", f"{PERSON}tijdlijn/")),
    State("overview: time line, own", own(f"{PERSON}tijdlijn/?volgorde=oud")),
]
