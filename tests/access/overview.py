"""The first screen, the cohort table, the page of a person and what is decided there."""

from tests.access import Rule, everybody
from tests.factories import RoleFactory

STAFF = {"trainer": 200, "assessor": 200, "other_assessor": 200, "coordinator": 200}
ASKED_BY_COORDINATOR = {**dict.fromkeys(STAFF, 403), "coordinator": 200}
DECIDED_BY_COORDINATOR = {**dict.fromkeys(STAFF, 403), "coordinator": 302}
REASON = {"reason": "Past goed bij de groep"}


def cohort(world):
    return {"pk": world.cohort.pk}


def person(world):
    return {"pk": world.enrolment.pk}


def applicant(world):
    return {"pk": world.application.pk}


def stopped(world):
    rows = type(world.enrolment).objects.filter(pk=world.enrolment.pk)
    rows.update(status="stopped", ends_on="2025-03-03")
    return {"pk": world.enrolment.pk}


def pause(world):
    return {"pk": world.enrolment.pk, "part_pk": world.pause.pk}


def exemption(world):
    return {"pk": world.enrolment.pk, "part_pk": world.exemption.pk}


def team_role(world):
    return {"pk": world.cohort.pk, "role_pk": RoleFactory(cohort=world.cohort).pk}


def about_applicant(route, data):
    """A question about somebody who applied: for others than coordinators nobody did."""
    return [
        Rule(f"overview:{route}", args=applicant, allow={"coordinator": 200}),
        Rule(f"overview:{route}", "post", args=applicant, data=data, allow={"coordinator": 302}),
    ]


def decision(route, args, data=lambda world: {}):
    """A question that coordinators see and answer, and other staff may not."""
    return [
        Rule(f"overview:{route}", args=args, allow=ASKED_BY_COORDINATOR),
        Rule(f"overview:{route}", "post", args=args, data=data, allow=DECIDED_BY_COORDINATOR),
    ]


RULES = [
    Rule(
        "overview:begin",
        allow=everybody(302, participant=200, member=200, outsider=200),
    ),
    Rule("overview:waiting", allow={**STAFF, "other_trainer": 200}, others=403),
    Rule("overview:more", allow=everybody(200)),
    Rule("overview:cohorts", allow=everybody(200)),
    Rule("overview:cohort", args=cohort, allow=STAFF),
    Rule("overview:everybody", allow={**STAFF, "other_trainer": 200}, others=403),
    Rule("overview:organisation", allow={"coordinator": 200, "administrator": 200}, others=403),
    Rule("overview:stand", args=cohort, allow=STAFF),
    Rule("overview:accounting", args=cohort, allow=ASKED_BY_COORDINATOR),
    Rule("overview:numbers", args=cohort, allow=ASKED_BY_COORDINATOR),
    Rule("overview:timeline", args=person, allow={**STAFF, "participant": 200}),
    Rule("overview:timeline", args=applicant, allow={"coordinator": 200}),
    Rule("overview:team", args=cohort, allow=STAFF),
    Rule(
        "overview:team",
        "post",
        args=cohort,
        data=lambda w: {"name": "Jo", "email": "jo@leerlijn.example", "kind": "trainer"},
        allow=DECIDED_BY_COORDINATOR,
    ),
    Rule("overview:leave-team", args=team_role, allow=ASKED_BY_COORDINATOR),
    Rule("overview:leave-team", "post", args=team_role, allow=DECIDED_BY_COORDINATOR),
    Rule("overview:person", args=person, allow=STAFF),
    *about_applicant("admit", lambda w: REASON),
    *about_applicant("decline", lambda w: REASON),
    Rule("overview:person", args=applicant, allow={"coordinator": 200}),
    *decision("stop", person, lambda w: {"last_day": "2025-04-01"}),
    *decision("resume", lambda w: {"pk": w.stopped.pk}),
    *decision("entries-until", person, lambda w: {"day": "2025-09-01"}),
    *decision("record-name", person, lambda w: {"name": "Noor Voorbeeld", "how": "per telefoon"}),
    *decision("exempt", person, lambda w: {"criterion": "pop", **REASON}),
    *decision("withdraw-exemption", exemption),
    *decision("confirm-pause", pause),
    *decision("end-pause", pause, lambda w: {"last_day": "2025-03-28"}),
    *decision("drop-pause", pause),
    Rule("overview:pause", args=person, allow=STAFF),
    Rule(
        "overview:pause",
        "post",
        args=person,
        data=lambda w: {"starts_on": "2025-05-05", "ends_on": "2025-05-12"},
        allow=dict.fromkeys(STAFF, 302),
    ),
    # One's own name and pauses
    Rule("enrolments:name", args=person, allow={"participant": 200}),
    Rule(
        "enrolments:name",
        "post",
        args=person,
        data=lambda w: {"name": "Noor Voorbeeld"},
        allow={"participant": 302},
    ),
    Rule("enrolments:pause", args=person, allow={"participant": 200}),
    Rule(
        "enrolments:pause",
        "post",
        args=person,
        data=lambda w: {"starts_on": "2025-05-05"},
        allow={"participant": 302},
    ),
    Rule(
        "enrolments:drop-pause",
        "post",
        args=lambda w: {"pk": w.pause.pk},
        allow={"participant": 302},
    ),
    # New people
    Rule("enrolments:add", args=cohort, allow=ASKED_BY_COORDINATOR),
    Rule(
        "enrolments:add",
        "post",
        args=cohort,
        data=lambda w: {"name": "Jo Nieuw", "email": "jo@leerlijn.example", "admit": "now"},
        allow=DECIDED_BY_COORDINATOR,
    ),
    Rule("enrolments:import", args=cohort, allow=ASKED_BY_COORDINATOR),
    Rule("enrolments:import", "post", args=cohort, allow=ASKED_BY_COORDINATOR),
    Rule("enrolments:invite", "post", args=cohort, allow=DECIDED_BY_COORDINATOR),
    # The API
    Rule("api:me", allow=everybody(200)),
    Rule("api:cohorts-list", allow=everybody(200)),
    Rule(
        "api:cohorts-detail",
        args=cohort,
        allow={**STAFF, "participant": 200, "member": 200, "administrator": 200},
    ),
    Rule("api:enrolments-list", allow=everybody(200)),
    Rule(
        "api:enrolments-list",
        "post",
        data=lambda w: {
            "cohort": w.cohort.pk,
            "name": "Jo Nieuw",
            "email": w.outsider.email,
            "admitted": True,
        },
        content_type="application/json",
        allow={
            **dict.fromkeys([*STAFF, "participant", "member", "administrator"], 403),
            "coordinator": 201,
        },
        others=400,
    ),
    *(
        Rule(
            f"api:enrolments-{act}",
            "post",
            args=args,
            data=lambda w, data=data: data,
            content_type="application/json",
            allow={**ASKED_BY_COORDINATOR, "participant": 403},
        )
        for act, args, data in [
            ("stop", person, {"last_day": "2025-03-03"}),
            ("resume", stopped, {}),
            ("entries-until", person, {"until": "2025-12-01"}),
            ("record-name", person, {"name": "Noor Vos", "how": "per telefoon"}),
        ]
    ),
    Rule(
        "api:enrolments-confirm-name",
        "post",
        args=person,
        data=lambda w: {"name": "Noor Vos"},
        content_type="application/json",
        allow={**dict.fromkeys(STAFF, 403), "participant": 200},
    ),
    Rule("api:enrolments-detail", args=person, allow={**STAFF, "participant": 200}),
    Rule("api:enrolments-progress", args=person, allow={**STAFF, "participant": 200}),
]
