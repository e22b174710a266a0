"""Hours: their owner acts; trainers, assessors and coordinators of the cohort see and review."""

from tests.access import Rule, everybody
from tests.factories import PlacementFactory, TrainingChoiceFactory
from tests.participants.hours.scene import attached, photo

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


def worked(world):
    return {"kind": "work", "placement": world.placement.pk}


def studied(world):
    return {
        "kind": "study",
        "training_choice": world.choice.pk,
        "training": world.choice.training_id,
    }


def api_work(world):
    return api_entry(world) | worked(world)


def api_study(world):
    return api_entry(world) | studied(world)


def for_somebody(kind):
    return lambda world: api_entry(world) | kind(world) | {"note": "Van de lijst van maart"}


TYPED = {"day": "other", "date": "2025-03-04", "minutes": "1:00", "description": "Geoefend"}


def typed_study(world):
    """Who has chosen a training is asked which."""
    if not world.member_enrolment.training_choices.exists():
        TrainingChoiceFactory(enrolment=world.member_enrolment, training=world.training)
    return TYPED | {"kind": "study", "training_choice": world.choice.pk}


def typed_work(world):
    """Who has two learning places is asked where."""
    outside = world.outsider.enrolments.get()
    for enrolment in (world.enrolment, world.member_enrolment, outside):
        if enrolment.placements.count() < 2:
            PlacementFactory.create_batch(2, enrolment=enrolment)
    return TYPED | {"kind": "work", "placement": world.placement.pk}


def typed_for(world):
    return typed_study(world) | {"note": "Van de lijst van maart"}


def typed_slip(world):
    entry = world.entry
    return {"line": [entry.pk], f"seen-{entry.pk}": entry.changed_at.isoformat(), "file": photo()}


def proof(world):
    """A proof that the participant hung on the entry of the World."""
    return attached(world.entry)


def a_slip(world):
    return {"entries": [world.entry.pk], "file": photo()}


def person(world):
    return {"pk": world.enrolment.pk}


def week(world):
    return {"pk": world.enrolment.pk, "week": "2025-W10"}


def upload(world):
    return {"proof": photo()}


JSON = {"content_type": "application/json"}

RULES = [
    Rule("hours:list", allow=everybody(200)),
    Rule("hours:new", allow=everybody(200)),
    Rule("hours:new", "post", data=typed_study, allow=everybody(200, participant=302)),
    Rule("hours:new", "post", data=typed_work, allow=everybody(200, participant=302)),
    Rule("hours:detail", args=of("entry"), allow=seen(200, participant=200)),
    Rule("hours:detail", args=of("draft_entry"), allow={"participant": 200}),
    Rule("hours:edit", args=of("entry"), allow=seen(403, participant=200)),
    Rule(
        "hours:edit", "post", args=of("entry"), data=typed_study, allow=seen(403, participant=302)
    ),
    Rule("hours:submit", "post", args=of("returned_entry"), allow=seen(403, participant=302)),
    Rule("hours:withdraw", "post", args=of("entry"), allow=seen(403, participant=302)),
    Rule("hours:restore", args=of("withdrawn_entry"), allow=seen(403, participant=200)),
    Rule("hours:restore", "post", args=of("withdrawn_entry"), allow=seen(403, participant=302)),
    Rule("hours:correct", args=of("approved_entry"), allow=seen(403, participant=200)),
    Rule(
        "hours:correct",
        "post",
        args=of("approved_entry"),
        data=typed_study,
        allow=seen(403, participant=302),
    ),
    Rule("hours:queue", others=403, allow={**seen(200), "other_trainer": 200}),
    Rule("hours:queue", "post", data=answer, others=403, allow={**seen(302), "other_trainer": 404}),
    Rule("hours:this-week", allow=everybody(302)),
    Rule("hours:week", args=lambda w: {"name": "2025-W10"}, allow=everybody(200)),
    Rule("hours:statement", args=person, allow=seen(200, participant=200)),
    Rule("hours:new-for", args=person, allow=seen(200, participant=403)),
    Rule("hours:new-for", "post", args=person, data=typed_for, allow=seen(302, participant=403)),
    Rule("hours:slip", args=week, allow=seen(200, participant=403)),
    Rule("hours:slip", "post", args=week, data=typed_slip, allow=seen(302, participant=403)),
    Rule("hours:take-back", "post", args=of("approved_entry"), allow=seen(302, participant=403)),
    Rule("hours:proof", args=lambda w: {"pk": proof(w).pk}, allow=seen(200, participant=200)),
    Rule(
        "hours:add-proof", "post", args=of("entry"), data=upload, allow=seen(403, participant=302)
    ),
    Rule(
        "hours:remove-proof",
        "post",
        args=lambda w: {"pk": proof(w).pk},
        allow=seen(403, participant=302),
    ),
    Rule("api:hours-slips", "post", data=a_slip, allow=seen(201, participant=403)),
    Rule("api:hours-proofs", args=of("entry"), allow=seen(200, participant=200)),
    Rule(
        "api:hours-proofs",
        "post",
        args=of("entry"),
        data=lambda w: {"file": photo()},
        allow=seen(403, participant=201),
    ),
    Rule(
        "api:hours-proof",
        args=lambda w: {"pk": w.entry.pk, "proof": proof(w).pk},
        allow=seen(200, participant=200),
    ),
    Rule(
        "api:hours-proof",
        "delete",
        args=lambda w: {"pk": w.entry.pk, "proof": proof(w).pk},
        allow=seen(403, participant=204),
    ),
    Rule("api:hours-list", allow=everybody(200)),
    Rule("api:hours-list", "post", data=api_work, others=400, allow={"participant": 201}, **JSON),
    Rule("api:hours-list", "post", data=api_study, others=400, allow={"participant": 201}, **JSON),
    Rule("api:hours-detail", args=of("entry"), allow=seen(200, participant=200)),
    Rule("api:hours-detail", args=of("draft_entry"), allow={"participant": 200}),
    # A training or place that is not your own does not exist: 400, as for any unknown id.
    Rule(
        "api:hours-detail",
        "patch",
        args=of("entry"),
        data=lambda world: studied(world) | {"minutes": 90},
        allow=seen(400, participant=200),
        **JSON,
    ),
    Rule(
        "api:hours-detail",
        "patch",
        args=of("draft_entry"),
        data=worked,
        allow={"participant": 200},
        **JSON,
    ),
    Rule("api:hours-submit", "post", args=of("returned_entry"), allow=seen(403, participant=200)),
    Rule("api:hours-withdraw", "post", args=of("entry"), allow=seen(403, participant=200)),
    Rule("api:hours-restore", "post", args=of("withdrawn_entry"), allow=seen(403, participant=200)),
    Rule(
        "api:hours-correct",
        "post",
        args=of("approved_entry"),
        data=studied,
        allow=seen(400, participant=201),
        **JSON,
    ),
    Rule(
        "api:hours-correct",
        "post",
        args=of("approved_entry"),
        data=worked,
        allow=seen(400, participant=201),
        **JSON,
    ),
    Rule("api:hours-approve", "post", args=of("entry"), allow=seen(200, participant=403)),
    # Only who gave the approval takes it back; nobody of these did.
    Rule(
        "api:hours-take-back", "post", args=of("approved_entry"), allow=seen(400, participant=403)
    ),
    Rule(
        "api:hours-for-somebody",
        "post",
        data=for_somebody(worked),
        others=400,
        allow=seen(201, participant=400),
        **JSON,
    ),
    Rule(
        "api:hours-for-somebody",
        "post",
        data=for_somebody(studied),
        others=400,
        allow=seen(201, participant=400),
        **JSON,
    ),
    Rule(
        "api:hours-return",
        "post",
        args=of("entry"),
        data=lambda world: {"reason": "Welke training was dit?"},
        allow=seen(200, participant=403),
        **JSON,
    ),
]
