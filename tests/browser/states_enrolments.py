"""Applying, deciding about it, moving on and stopping."""

import datetime as dt

from django.utils import timezone

from certificates import participation
from participants.enrolments import actions, intake
from tests.browser.states import State
from tests.factories import (
    CohortFactory,
    EnrolmentFactory,
    ExemptionFactory,
    HourEntryFactory,
    PauseFactory,
    PlacementFactory,
    RoleFactory,
    TrainingChoiceFactory,
)
from tests.factories.applications import ApplicationFactory, open_cohort

PHONE = {"contact_phone": "06 0000 0000", "contact_when": "op maandag"}


def running():
    today = timezone.localdate()
    month = dt.timedelta(days=30)
    return CohortFactory(starts_on=today - 3 * month, ends_on=today + 3 * month)


def by_coordinator(make):
    """``make`` gives an address; a coordinator of everything looks."""

    def scene():
        coordinator = RoleFactory(coordinator=True).user
        return coordinator, make(coordinator)

    return scene


def where():
    open_cohort(**PHONE)
    return None, "/aanmelden/"


def nowhere():
    open_cohort(applications_until=timezone.localdate() - dt.timedelta(days=1), **PHONE)
    return None, "/aanmelden/"


def form():
    return None, f"/aanmelden/{open_cohort(**PHONE).pk}/"


def form_with_account():
    return EnrolmentFactory().participant, form()[1]


def closed():
    cohort = open_cohort(applications_until=timezone.localdate() - dt.timedelta(days=1), **PHONE)
    return None, f"/aanmelden/{cohort.pk}/"


def link():
    return None, f"/aanmelden/bevestig/{ApplicationFactory().token}/"


def applied():
    enrolment = EnrolmentFactory(cohort=open_cohort(**PHONE), applied=True)
    return enrolment.participant, f"/aanmelding/{enrolment.pk}/"


def declined():
    enrolment = EnrolmentFactory(
        cohort=open_cohort(**PHONE), status="declined", decision_reason="De groep is vol."
    )
    return enrolment.participant, f"/aanmelding/{enrolment.pk}/"


def sooner_back():
    day = timezone.localdate()
    pause = PauseFactory(enrolment__cohort=running(), starts_on=day, ends_on=None, confirmed=True)
    return pause.enrolment.participant, f"/pauzes/{pause.pk}/einde/"


def ask_pause():
    enrolment = EnrolmentFactory(cohort=running())
    return enrolment.participant, f"/pauze/{enrolment.pk}/"


def more_with_all():
    enrolment = EnrolmentFactory(cohort=running())
    ExemptionFactory(enrolment=enrolment)
    today = timezone.localdate()
    PauseFactory(enrolment=enrolment, starts_on=today, ends_on=None, confirmed=True)
    PauseFactory(enrolment=enrolment)
    return enrolment.participant, "/meer/"


def applications(coordinator):
    cohort = open_cohort()
    EnrolmentFactory.create_batch(2, cohort=cohort, applied=True)
    ApplicationFactory(cohort=cohort)
    return f"/lichtingen/{cohort.pk}/aanmeldingen/"


def no_applications(coordinator):
    return f"/lichtingen/{CohortFactory().pk}/aanmeldingen/"


def until_when(coordinator):
    return f"/lichtingen/{open_cohort().pk}/aanmelden-tot/"


def applicant(coordinator):
    enrolment = EnrolmentFactory(cohort=open_cohort(), applied=True)
    intake.note(enrolment, "Belde terug op dinsdag.", by=coordinator)
    return f"/deelnames/{enrolment.pk}/"


def question(what, **facts):
    def make(coordinator):
        return f"/deelnames/{EnrolmentFactory(cohort=running(), **facts).pk}/{what}/"

    return make


def person_with_everything(coordinator):
    enrolment = EnrolmentFactory(cohort=running(), participant__phone="06 0000 0000")
    HourEntryFactory(enrolment=enrolment)
    PlacementFactory(enrolment=enrolment)
    TrainingChoiceFactory(enrolment=enrolment)
    actions.exempt(enrolment, "work", by=coordinator, reason="Eerder gedaan", minutes=600)
    actions.exempt(enrolment, "pop", by=coordinator, reason="Eerder gedaan")
    PauseFactory(enrolment=enrolment)
    PauseFactory(enrolment=enrolment, confirmed=True, starts_on=dt.date(2025, 5, 5), ends_on=None)
    return f"/deelnames/{enrolment.pk}/"


def decisions(coordinator):
    return f"{person_with_everything(coordinator)}besluiten/"


def move_choices(coordinator):
    enrolment = EnrolmentFactory(cohort=running())
    open_cohort(track=enrolment.cohort.track)
    return f"/deelnames/{enrolment.pk}/verplaatsen/"


def move_preview(coordinator):
    enrolment = EnrolmentFactory(cohort=running())
    there = open_cohort(track=enrolment.cohort.track)
    ExemptionFactory(enrolment=enrolment, minutes=600)
    return f"/deelnames/{enrolment.pk}/verplaatsen/?cohort={there.pk}"


def stopped(**facts):
    enrolment = EnrolmentFactory(stopped=True, **facts)
    HourEntryFactory(enrolment=enrolment, approved=True)
    return enrolment


def person_stopped(coordinator):
    return f"/deelnames/{stopped().pk}/"


def statement(coordinator):
    enrolment = stopped()
    participation.make_statement(enrolment, by=coordinator)
    return f"/bewijs/{enrolment.pk}/"


def own_statement():
    enrolment = stopped()
    return enrolment.participant, f"/bewijs/{enrolment.pk}/"


STATES = [
    State("enrolment: where to apply", where),
    State("enrolment: nowhere to apply", nowhere),
    State("enrolment: application form", form),
    State("enrolment: application form with an account", form_with_account),
    State("enrolment: applications closed", closed),
    State("enrolment: look in your mail", lambda: (None, "/aanmelden/verstuurd/")),
    State("enrolment: the mailed link", link),
    State("enrolment: a link that works no more", lambda: (None, "/aanmelden/bevestig/x/"), 404),
    State("enrolment: confirmed", lambda: (None, "/aanmelden/bevestigd/")),
    State("enrolment: own application", applied),
    State("enrolment: own application declined", declined),
    State("enrolment: ask for a pause", ask_pause),
    State("enrolment: back sooner", sooner_back),
    State("enrolment: more, with exemption and pauses", more_with_all),
    State("enrolment: applications", by_coordinator(applications)),
    State("enrolment: no applications", by_coordinator(no_applications)),
    State("enrolment: applications until", by_coordinator(until_when)),
    State("enrolment: applicant", by_coordinator(applicant)),
    State("enrolment: intake notes", by_coordinator(question("intake"))),
    State("enrolment: decline", by_coordinator(question("niet-toelaten", applied=True))),
    State("enrolment: pause for somebody", by_coordinator(question("pauze"))),
    State("enrolment: stop", by_coordinator(question("stoppen"))),
    State("enrolment: exemption", by_coordinator(question("vrijstelling"))),
    State("enrolment: person with everything", by_coordinator(person_with_everything)),
    State("enrolment: decisions", by_coordinator(decisions)),
    State("enrolment: move, choose", by_coordinator(move_choices)),
    State("enrolment: move, preview", by_coordinator(move_preview)),
    State("enrolment: move, nowhere", by_coordinator(question("verplaatsen"))),
    State("enrolment: person who stopped", by_coordinator(person_stopped)),
    State("enrolment: statement", by_coordinator(statement)),
    State("enrolment: own statement", own_statement),
]
