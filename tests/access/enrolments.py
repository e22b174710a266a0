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


def pause(world):
    return {"pk": world.pause.pk}


def applicant(world):
    return {"pk": world.application.pk}


def exemption(world):
    return {"pk": world.exemption.pk}


JSON = "application/json"
MAY_NOT = dict.fromkeys(["trainer", "assessor", "other_assessor"], 403)
STAFF = dict.fromkeys([*MAY_NOT, "coordinator"], 200)
ONLY_COORDINATOR = {**MAY_NOT, "participant": 403, "coordinator": 200}

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
    Rule("api:pauses-list", allow=everybody(200)),
    Rule("api:pauses-detail", args=pause, allow={**STAFF, "participant": 200}),
    # An enrolment that you cannot see does not exist: 400, as for any unknown id.
    Rule(
        "api:pauses-list",
        "post",
        data=lambda w: {"enrolment": w.enrolment.pk, "starts_on": "2025-05-05"},
        content_type=JSON,
        allow={**dict.fromkeys(STAFF, 201), "participant": 201},
        others=400,
    ),
    Rule(
        "api:pauses-detail",
        "delete",
        args=pause,
        allow={**MAY_NOT, "participant": 204, "coordinator": 204},
    ),
    Rule("api:pauses-confirm", "post", args=pause, allow=ONLY_COORDINATOR),
    Rule(
        "api:pauses-end",
        "post",
        args=pause,
        data=lambda w: {"on": "2025-03-20"},
        content_type=JSON,
        allow=ONLY_COORDINATOR,
    ),
    Rule("api:exemptions-list", allow=everybody(200)),
    Rule("api:exemptions-detail", args=exemption, allow={**STAFF, "participant": 200}),
    Rule(
        "api:exemptions-list",
        "post",
        data=lambda w: {
            "enrolment": w.enrolment.pk,
            "criterion": "study",
            "minutes": 600,
            "reason": "Volgde dit al eerder",
        },
        content_type=JSON,
        allow={**ONLY_COORDINATOR, "coordinator": 201},
        others=400,
    ),
    Rule("api:exemptions-withdraw", "post", args=exemption, allow=ONLY_COORDINATOR),
    Rule(
        "api:enrolments-admit",
        "post",
        args=applicant,
        data=lambda w: {"reason": "Past bij de groep"},
        content_type=JSON,
        allow={"coordinator": 200},
    ),
    Rule(
        "api:enrolments-decline",
        "post",
        args=applicant,
        data=lambda w: {"reason": "De groep is vol"},
        content_type=JSON,
        allow={"coordinator": 200},
    ),
]
