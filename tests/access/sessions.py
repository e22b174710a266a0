"""Meetings: the cohort sees them, trainers and coordinators plan, all its staff fill registers."""

from tests.access import Rule, everybody
from tests.factories.cohorts import MOMENT
from tests.participants.sessions.reading import photo

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


def sent_plan(world):
    facts = a_plan(world)
    del facts["ends_at"]
    return {**facts, "minutes": 150}


def typed_register(world):
    marks = {f"p{enrolment.pk}-status": "present" for enrolment in world.session.people()}
    return {"version": "0", **marks}


def sent_register(world):
    people = world.session.people()
    rows = [{"enrolment": enrolment.pk, "status": "present"} for enrolment in people]
    return {"version": 0, "rows": rows}


def person(world):
    return {"enrolment_pk": world.enrolment.pk}


def a_series(world):
    return {**a_plan(world), "weeks": "1", "times": "2", "day": ["2025-03-18"], "step": "plan"}


def a_missed_meeting(world):
    """A closed register in which the person of ``person`` is missing."""
    world.attendance.session.attendances.update(
        status="absent", actively_participated=False, minutes=0
    )
    world.session.__class__.objects.update(closed_at=MOMENT, closed_by=world.stranger)
    return {"sessions": [world.session.pk], "what": "Opdracht", "on": "2025-03-04"}


def sent_catching_up(world):
    return {"enrolment": world.enrolment.pk, **a_missed_meeting(world)}


def a_proof(world):
    """Of the trainer, who may take it away again."""
    return {"pk": world.proof.pk}


def a_photo(world):
    return {"files": photo()}


PLANNERS = {"trainer": 200, "other_trainer": 200, "coordinator": 200}
RULES = [
    Rule("agenda:renew", "post", allow=everybody(302)),
    Rule("agenda:revoke", "post", allow=everybody(302)),
    Rule("agenda:feed", args=lambda w: {"secret": w.calendar.secret}, everyone=200),
    Rule("agenda:feed", args=lambda w: {"secret": "niet-bekend"}, everyone=404),
    Rule("sessions:series", allow=PLANNERS, others=403),
    Rule(
        "sessions:series",
        "post",
        data=a_series,
        allow={"trainer": 302, "coordinator": 302, "other_trainer": 200},
        others=403,
    ),
    # One's own enrolment is not there for oneself: nobody accepts what they caught up.
    Rule("sessions:catch-up", args=person, allow=FILL),
    Rule(
        "sessions:catch-up",
        "post",
        args=person,
        data=a_missed_meeting,
        allow=dict.fromkeys(FILL, 302),
    ),
    Rule("sessions:paper", args=session, allow=ONLY_FILL),
    Rule("sessions:proofs", args=session, allow=ONLY_FILL),
    Rule(
        "sessions:proofs",
        "post",
        args=session,
        data=a_photo,
        allow={**ONLY_FILL, **dict.fromkeys(FILL, 302)},
    ),
    Rule("sessions:proof", args=a_proof, allow=FILL),
    Rule("sessions:remove-proof", args=a_proof, allow={**dict.fromkeys(FILL, 403), "trainer": 200}),
    Rule(
        "sessions:remove-proof",
        "post",
        args=a_proof,
        allow={**dict.fromkeys(FILL, 403), "trainer": 302},
    ),
    Rule("api:sessions-proofs", args=session, allow=ONLY_FILL),
    Rule(
        "api:sessions-proofs",
        "post",
        args=session,
        data=lambda w: {"file": photo()},
        allow={**ONLY_FILL, **dict.fromkeys(FILL, 201)},
    ),
    Rule(
        "api:sessions-catch-up",
        "post",
        data=sent_catching_up,
        content_type="application/json",
        # Who sees the person but is not their staff: that is oneself.
        allow={**dict.fromkeys(FILL, 204), "participant": 403},
    ),
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
    # A cohort that you cannot see does not exist: 400, as for any unknown id.
    Rule(
        "api:sessions-list",
        "post",
        data=sent_plan,
        content_type="application/json",
        allow=only_plan(201),
        others=400,
    ),
    Rule(
        "api:sessions-series",
        "post",
        data=lambda w: {**sent_plan(w), "dates": ["2025-03-18", "2025-03-25"]},
        content_type="application/json",
        allow=only_plan(201),
        others=400,
    ),
    Rule(
        "api:sessions-detail",
        "patch",
        args=session,
        data=lambda w: {"title": "Anders", "cohorts": [w.cohort.pk]},
        content_type="application/json",
        allow=only_plan(200),
    ),
    Rule("api:sessions-cancel", "post", args=session, allow=only_plan(200)),
    Rule(
        "api:sessions-proof",
        "delete",
        args=lambda w: {"pk": w.proof.session_id, "proof": w.proof.pk},
        allow={**dict.fromkeys(ONLY_FILL, 403), "trainer": 204},
    ),
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
