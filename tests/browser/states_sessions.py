"""Lessons of who takes part and of staff, the register in each state, and what goes with it."""

import datetime as dt

from django.utils import timezone

from participants.kept import keep
from tests.browser.states import State
from tests.factories import (
    AttendanceFactory,
    CalendarFeedFactory,
    CohortFactory,
    EnrolmentFactory,
    PauseFactory,
    RoleFactory,
    SessionFactory,
    SessionProofFactory,
    UserFactory,
)

LONG = "Maria-Fernanda Wilhelmina van der Grinten-Oyelaran de Bruin"
LINK = "https://samen.example/les"


def day(days):
    return timezone.localdate() + dt.timedelta(days=days)


def cohort():
    return CohortFactory(starts_on=day(-90), ends_on=day(90))


def enrolled(name="Marisol Martina", **facts):
    facts.setdefault("cohort", cohort())
    return EnrolmentFactory(participant__name=name, **facts)


def group(size=24):
    """(trainer, people) of one cohort."""
    own = cohort()
    people = [enrolled(f"Noor Voorbeeld {turn}", cohort=own) for turn in range(size - 1)]
    return RoleFactory(cohort=own).user, [*people, enrolled(LONG, cohort=own)]


def meeting(enrolment, days, **facts):
    return SessionFactory(cohorts=[enrolment.cohort], date=day(days), **facts)


# Who takes part


def nothing_planned():
    return enrolled().participant, "/lessen/"


def full():
    person = enrolled()
    meeting(person, 3, title="Grenzen stellen in het buurthuis", place="De Brug", online_link=LINK)
    meeting(person, 10, cancelled=True)
    moved = {"moved_at": timezone.now(), "was_on": day(12), "was_at": dt.time(9), "was_in": "Zaal"}
    meeting(person, 17, **moved)
    meeting(person, -1)
    for facts in ({}, {"absent": True}, {"absent": True, "status": "excused"}, {"caught_up": True}):
        session = meeting(person, -8, closed=True)
        AttendanceFactory(session=session, enrolment=person, **facts)
    return person


def full_page():
    return full().participant, "/lessen/"


def today_online():
    person = enrolled()
    meeting(person, 0, online_link=LINK)
    return person.participant, "/lessen/"


def with_address():
    person = enrolled()
    CalendarFeedFactory(user=person.participant)
    return person.participant, "/lessen/?agenda=open"


def one_online():
    person = enrolled()
    session = meeting(person, 3, online_link=LINK, place="De Brug")
    return person.participant, session.get_absolute_url()


# Staff


def staff_list():
    trainer, people = group(2)
    meeting(people[0], -1, title="Nog invullen")
    meeting(people[0], 5)
    meeting(people[0], -9, closed=True)
    return trainer, "/lessen/"


def staff_empty():
    return group(1)[0], "/lessen/"


def register(make=None, days=-1):
    def made():
        trainer, people = group()
        session = meeting(people[0], days)
        if make:
            make(session, people, trainer)
        return trainer, f"/lessen/{session.pk}/lijst/"

    return made


def half_filled(session, people, trainer):
    PauseFactory(enrolment=people[0], confirmed=True, starts_on=session.date, ends_on=None)
    AttendanceFactory(session=session, enrolment=people[1])
    AttendanceFactory(session=session, enrolment=people[2], status="partly", minutes=45)
    AttendanceFactory(session=session, enrolment=people[3], caught_up=True)
    AttendanceFactory(session=session, enrolment=people[4], absent=True, status="excused")
    AttendanceFactory(
        session=session, enrolment=people[5], actively_participated=False, minutes=120
    )


def kept(session, people, trainer):
    fields = {
        "version": ["0"],
        f"p{people[0].pk}-status": ["partly"],
        f"p{people[0].pk}-minutes": ["45"],
    }
    keep(trainer, f"register-{session.pk}", fields)


def nobody(session, people, trainer):
    session.cohorts.set([RoleFactory(user=trainer, cohort=cohort()).cohort])


def detail():
    trainer, people = group(3)
    session = meeting(people[0], -1, place="Huis van de Wijk Zuiderlicht")
    return trainer, session.get_absolute_url()


def proofs():
    trainer, people = group(3)
    session = meeting(people[0], -1)
    SessionProofFactory(session=session, added_by=trainer)
    SessionProofFactory(session=session, added_by=UserFactory(name=LONG))
    return trainer, f"/lessen/{session.pk}/getekend/"


def removing():
    trainer, people = group(1)
    proof = SessionProofFactory(session=meeting(people[0], -1), added_by=trainer)
    return trainer, f"/lessen/getekend/{proof.pk}/weg/"


def catching_up():
    trainer, people = group(1)
    for days in (-8, -15, -22):
        session = meeting(people[0], days, closed=True, title=LONG)
        AttendanceFactory(session=session, enrolment=people[0], absent=True)
    return trainer, f"/lessen/inhalen/{people[0].pk}/"


def nothing_missed():
    trainer, people = group(1)
    return trainer, f"/lessen/inhalen/{people[0].pk}/"


def at(address):
    def made():
        trainer, people = group(1)
        pk = meeting(people[0], 5).pk
        return trainer, address.format(pk=pk)

    return made


STATES = [
    State("lessons, nothing planned", nothing_planned),
    State("lessons, of every kind", full_page),
    State("lessons, online today", today_online),
    State("lessons, with an address for the calendar", with_address),
    State("lessons, one that is online", one_online),
    State("lessons of staff", staff_list),
    State("lessons of staff, none", staff_empty),
    State("register, empty", register()),
    State("register, half filled", register(half_filled)),
    State("register, kept while typing", register(kept)),
    State("register, before the day", register(days=5)),
    State("register, of nobody", register(nobody)),
    State("meeting of staff", detail),
    State("meeting, planned anew", at("/lessen/nieuw/")),
    State("meeting, changed", at("/lessen/{pk}/wijzig/")),
    State("meeting, called off", at("/lessen/{pk}/vervalt/")),
    State("series of meetings", at("/lessen/reeks/")),
    State("signed list", proofs),
    State("signed list, removed", removing),
    State("catching up", catching_up),
    State("catching up, nothing missed", nothing_missed),
]
