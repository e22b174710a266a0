"""Applying, deciding about it, moving on, and the statement for who stops."""

import datetime as dt

from django.utils import timezone

from certificates import participation
from participants.models import Cohort, Enrolment
from tests.access import Rule, everybody
from tests.access.overview import (
    ASKED_BY_COORDINATOR,
    DECIDED_BY_COORDINATOR,
    about_applicant,
    cohort,
    decision,
    person,
)
from tests.factories import CohortFactory
from tests.factories.applications import ApplicationFactory

YES = {"did_training": "True", "has_experience": "False"}
STRANGER = {**YES, "name": "Jo Nieuw", "email": "jo.nieuw@leerlijn.example"}


def open_cohort(world):
    today = timezone.localdate()
    facts = {"applications_until": today, "ends_on": today + dt.timedelta(days=90)}
    Cohort.objects.filter(pk=world.cohort.pk).update(**facts)
    return {"pk": world.cohort.pk}


def link(world):
    return {"token": ApplicationFactory().token}


def paused(world):
    moment = {"confirmed_at": timezone.now(), "confirmed_by": world.coordinator}
    type(world.pause).objects.filter(pk=world.pause.pk).update(**moment)
    return {"pk": world.pause.pk}


def stopped(world):
    rows = Enrolment.objects.filter(pk=world.enrolment.pk)
    rows.update(status="stopped", ends_on=dt.date(2025, 4, 1))
    return {"pk": world.enrolment.pk}


def statement(world):
    enrolment = Enrolment.objects.get(**stopped(world))
    return {"pk": participation.make_statement(enrolment, by=world.participant).pk}


def destination(world):
    later = timezone.localdate() + dt.timedelta(days=30)
    there = CohortFactory(
        track=world.cohort.track, starts_on=later, ends_on=later + dt.timedelta(days=200)
    )
    return {"cohort": there.pk, "reason": "Later verder"}


OWN_OR_OFFICE = {"participant": 200, "coordinator": 200}

RULES = [
    # For anyone
    Rule("enrolments:apply-where", everyone=200),
    # Who is in this cohort already is shown where they stand.
    Rule(
        "enrolments:apply",
        args=open_cohort,
        allow=everybody(200, participant=302, member=302),
        anonymous=200,
    ),
    Rule(
        "enrolments:apply",
        "post",
        args=open_cohort,
        data=lambda w: STRANGER,
        allow=everybody(302),
        anonymous=302,
    ),
    Rule("enrolments:application-sent", everyone=200),
    Rule("enrolments:application-confirmed", everyone=200),
    Rule("enrolments:confirm-application", args=link, everyone=200),
    Rule("enrolments:confirm-application", "post", args=link, allow=everybody(302), anonymous=302),
    # One's own
    Rule("enrolments:application", args=person, allow={"participant": 200}),
    Rule("enrolments:end-pause", args=paused, allow={"participant": 200}),
    Rule(
        "enrolments:end-pause",
        "post",
        args=paused,
        data=lambda w: {"last_day": "2025-03-10"},
        allow={"participant": 302},
    ),
    # The office
    Rule("enrolments:applications", args=cohort, allow=ASKED_BY_COORDINATOR),
    Rule("enrolments:open-applications", args=cohort, allow=ASKED_BY_COORDINATOR),
    Rule(
        "enrolments:open-applications",
        "post",
        args=cohort,
        data=lambda w: {"until": "2025-05-01"},
        allow=DECIDED_BY_COORDINATOR,
    ),
    *about_applicant("intake", lambda w: {"text": "Belde terug op dinsdag."}),
    Rule("overview:decisions", args=person, allow=ASKED_BY_COORDINATOR),
    *decision("move", person, destination),
    # The statement for who stopped
    Rule("certificates:statement", args=stopped, allow=OWN_OR_OFFICE),
    Rule(
        "certificates:statement",
        "post",
        args=stopped,
        allow={"participant": 302, "coordinator": 302},
    ),
    Rule("certificates:statement-pdf", args=statement, allow=OWN_OR_OFFICE),
]
