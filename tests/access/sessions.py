"""Meetings: the cohort sees them, trainers and coordinators plan, all its staff fill registers."""

from tests.access import Rule, everybody

FILL = {"trainer": 200, "assessor": 200, "other_assessor": 200, "coordinator": 200}
SEE = {**FILL, "participant": 200, "member": 200, "administrator": 200}
ONLY_FILL = {**FILL, "participant": 403, "member": 403, "administrator": 403}


def only_plan(status):
    others = dict.fromkeys(
        ["participant", "member", "assessor", "other_assessor", "administrator"], 403
    )
    return {"trainer": status, "coordinator": status, **others}


def session(world):
    return {"pk": world.session.pk}


def a_plan(world):
    return {
        "kind": "lesson",
        "title": "Grenzen stellen",
        "cohorts": [world.cohort.pk],
        "date": "2025-03-18",
        "starts_at": "10:00",
        "ends_at": "12:30",
    }


def typed_register(world):
    return {"version": "0", f"p{world.enrolment.pk}-status": "present"}


def sent_register(world):
    rows = [{"enrolment": world.enrolment.pk, "status": "present"}]
    return {"version": 0, "rows": rows}


RULES = [
    Rule("sessions:list", allow=everybody(200)),
    Rule("sessions:mine", allow=everybody(200)),
    Rule("sessions:detail", args=session, allow=SEE),
    Rule(
        "sessions:new", allow={"trainer": 200, "other_trainer": 200, "coordinator": 200}, others=403
    ),
    Rule(
        "sessions:new",
        "post",
        data=a_plan,
        # The trainer of another cohort may plan, but not for this one.
        allow={"trainer": 302, "coordinator": 302, "other_trainer": 200},
        others=403,
    ),
    Rule("sessions:edit", args=session, allow=only_plan(200)),
    Rule("sessions:edit", "post", args=session, data=a_plan, allow=only_plan(302)),
    Rule("sessions:cancel", args=session, allow=only_plan(200)),
    Rule("sessions:cancel", "post", args=session, allow=only_plan(302)),
    Rule("sessions:register", args=session, allow=ONLY_FILL),
    Rule(
        "sessions:register",
        "post",
        args=session,
        data=typed_register,
        allow={**ONLY_FILL, **dict.fromkeys(FILL, 302)},
    ),
    Rule("api:sessions-list", allow=everybody(200)),
    Rule("api:sessions-detail", args=session, allow=SEE),
    Rule("api:sessions-register", args=session, allow=ONLY_FILL),
    Rule(
        "api:sessions-register",
        "put",
        args=session,
        data=sent_register,
        content_type="application/json",
        allow=ONLY_FILL,
    ),
]
