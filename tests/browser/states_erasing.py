"""Erasing, terms, and who looked."""

import datetime as dt

from django.utils import timezone

from participants.erasing import actions, retention
from participants.events.actions import was_read
from tests.browser.states import State
from tests.factories import CohortFactory, EnrolmentFactory, PopFactory, RoleFactory


def asked():
    person = EnrolmentFactory().participant
    actions.ask(person, by=person)
    return person


def long_over():
    """A cohort of which something goes soon, and who coordinates it."""
    ends_on = retention.years_after(timezone.localdate(), -2) + dt.timedelta(days=20)
    cohort = CohortFactory(starts_on=ends_on - dt.timedelta(days=200), ends_on=ends_on)
    EnrolmentFactory(cohort=cohort)
    retention.run()
    return cohort, RoleFactory(coordinator=True, cohort=cohort).user


def keeping():
    cohort, by = long_over()
    person = EnrolmentFactory(cohort=cohort, participant__name="Samira Aalbers-van den Heuvel")
    actions.ask(person.participant, by=by, reason="Vroeg erom aan de telefoon")
    return by, "/bewaren/"


def terms():
    cohort, by = long_over()
    return by, f"/bewaren/{cohort.pk}/"


def held():
    cohort, by = long_over()
    retention.set_subsidised(cohort, True, by=by)
    retention.hold(cohort, by=by, reason="De accountant van de gemeente is nog bezig")
    return by, f"/bewaren/{cohort.pk}/"


def on_request():
    cohort, by = long_over()
    retention.set_subsidised(cohort, True, by=by)
    return by, f"/wissen/{cohort.enrolments.get().participant_id}/"


def looked():
    enrolment = EnrolmentFactory()
    trainer = RoleFactory(cohort=enrolment.cohort).user
    was_read([enrolment, enrolment, PopFactory(enrolment=enrolment)], by=trainer)
    return enrolment.participant, "/mijn-gegevens/wie-keek/"


def watched():
    cohort = CohortFactory()
    people = EnrolmentFactory.create_batch(12, cohort=cohort)
    was_read(people, by=RoleFactory(cohort=cohort).user)
    was_read(people[:1], by=RoleFactory(cohort=cohort).user)
    was_read(people[:1], by=RoleFactory().user)
    return RoleFactory(administrator=True).user, "/mijn-gegevens/wie-keek-waar/"


STATES = [
    State("erasing, asking", lambda: (EnrolmentFactory().participant, "/mijn-gegevens/wissen/")),
    State("erasing, asked", lambda: (asked(), "/mijn-gegevens/wissen/")),
    State("erasing, the banner elsewhere", lambda: (asked(), "/mijn-gegevens/")),
    State("erasing, on request", on_request),
    State("keeping, something goes soon", keeping),
    State("keeping, one cohort", terms),
    State("keeping, one cohort that is held", held),
    State("looking, one's own page", looked),
    State("looking, watching over it", watched),
]
