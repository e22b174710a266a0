"""Hours: their owner acts; trainers, assessors and coordinators of the cohort see and review."""

from tests.access import Rule, everybody

REVIEWERS = ("trainer", "assessor", "other_assessor", "coordinator")


def of(name):
    """The address of one of the entries of the World."""
    return lambda world: {"pk": getattr(world, name).pk}


def seen(status, **own):
    """``own`` for the participant, ``status`` for who reviews; 404 for the rest."""
    return {**dict.fromkeys(REVIEWERS, status), **own}


def answer(world):
    entry = world.entry
    return {
        "entry": entry.pk,
        f"r{entry.pk}-answer": "ok",
        f"r{entry.pk}-seen": entry.changed_at.isoformat(),
    }


def api_entry(world):
    return {
        "enrolment": world.enrolment.pk,
        "kind": "work",
        "date": "2025-03-04",
        "minutes": 60,
        "description": "Meegelopen",
    }


JSON = {"content_type": "application/json"}

RULES = [
    Rule("hours:list", allow=everybody(200)),
    Rule("hours:new", allow=everybody(200)),
    Rule("hours:new", "post", allow=everybody(200)),
    Rule("hours:detail", args=of("entry"), allow=seen(200, participant=200)),
    Rule("hours:detail", args=of("draft_entry"), allow={"participant": 200}),
    Rule("hours:edit", args=of("entry"), allow=seen(403, participant=200)),
    Rule("hours:edit", "post", args=of("entry"), allow=seen(403, participant=200)),
    Rule("hours:submit", "post", args=of("returned_entry"), allow=seen(403, participant=302)),
    Rule("hours:withdraw", "post", args=of("entry"), allow=seen(403, participant=302)),
    Rule("hours:restore", args=of("withdrawn_entry"), allow=seen(403, participant=200)),
    Rule("hours:restore", "post", args=of("withdrawn_entry"), allow=seen(403, participant=302)),
    Rule("hours:correct", args=of("approved_entry"), allow=seen(403, participant=200)),
    Rule("hours:correct", "post", args=of("approved_entry"), allow=seen(403, participant=200)),
    Rule("hours:queue", others=403, allow={**seen(200), "other_trainer": 200}),
    Rule("hours:queue", "post", data=answer, others=403, allow={**seen(302), "other_trainer": 404}),
    Rule("api:hours-list", allow=everybody(200)),
    Rule("api:hours-list", "post", data=api_entry, others=400, allow={"participant": 201}, **JSON),
    Rule("api:hours-detail", args=of("entry"), allow=seen(200, participant=200)),
    Rule("api:hours-detail", args=of("draft_entry"), allow={"participant": 200}),
    Rule(
        "api:hours-detail",
        "patch",
        args=of("entry"),
        data=lambda world: {"minutes": 90},
        allow=seen(403, participant=200),
        **JSON,
    ),
    Rule("api:hours-submit", "post", args=of("returned_entry"), allow=seen(403, participant=200)),
    Rule("api:hours-withdraw", "post", args=of("entry"), allow=seen(403, participant=200)),
    Rule("api:hours-restore", "post", args=of("withdrawn_entry"), allow=seen(403, participant=200)),
    Rule("api:hours-correct", "post", args=of("approved_entry"), allow=seen(403, participant=201)),
    Rule("api:hours-approve", "post", args=of("entry"), allow=seen(200, participant=403)),
    Rule(
        "api:hours-return",
        "post",
        args=of("entry"),
        data=lambda world: {"reason": "Welke training was dit?"},
        allow=seen(200, participant=403),
        **JSON,
    ),
]
