"""Trainings: participants choose for themselves, trainers and coordinators answer proposals."""

from participants.models import TrainingChoice
from tests.access import Rule, everybody

JSON = "application/json"
# Who sees the choices of somebody else, without being that person.
STAFF_MAY_NOT = dict.fromkeys(["trainer", "assessor", "other_assessor", "coordinator"], 403)


def only_own(status):
    return {**STAFF_MAY_NOT, "participant": status}


def only_answer(status):
    return {**STAFF_MAY_NOT, "participant": 403, "trainer": status, "coordinator": status}


def choice(world):
    return {"pk": world.choice.pk}


def dropped(world):
    TrainingChoice.objects.filter(pk=world.choice.pk).update(status="dropped")
    return {"pk": world.choice.pk}


def followed(world):
    TrainingChoice.objects.filter(pk=world.choice.pk).update(status="completed")
    return {"pk": world.choice.pk}


def proposal(world):
    return {"pk": world.proposal.pk}


def for_participant(world):
    return {"enrolment": world.enrolment.pk}


def sent_choice(world):
    return {"enrolment": world.enrolment.pk, "training": world.training.pk}


def sent_proposal(world):
    return {"enrolment": world.enrolment.pk, "title": "Rouw en verlies", "reason": "Voor mijn werk"}


ANSWERERS = {"trainer": 200, "other_trainer": 200, "coordinator": 200}
PARTICIPANTS = {"participant": 200, "member": 200, "outsider": 200}

RULES = [
    Rule("trainings:list", allow=everybody(200)),
    Rule(
        "trainings:choose",
        "post",
        args=lambda w: {"pk": w.training.pk},
        data=for_participant,
        allow=only_own(302),
    ),
    Rule("trainings:propose", allow=PARTICIPANTS, others=403),
    # Somebody else's enrolment is not among the choices of the form.
    Rule(
        "trainings:propose",
        "post",
        data=sent_proposal,
        allow={**PARTICIPANTS, "participant": 302},
        others=403,
    ),
    Rule("trainings:drop", args=choice, allow=only_own(200)),
    Rule("trainings:drop", "post", args=choice, allow=only_own(302)),
    Rule("trainings:restore", "post", args=dropped, allow=only_own(302)),
    Rule("trainings:complete", "post", args=choice, allow=only_own(302)),
    Rule("trainings:reopen", "post", args=followed, allow=only_own(302)),
    Rule("trainings:proposals", allow=ANSWERERS, others=403),
    Rule(
        "trainings:answer",
        "post",
        args=proposal,
        data=lambda w: {f"v{w.proposal.pk}-verdict": "accept"},
        allow=only_answer(302),
    ),
    Rule("trainings:answer", "post", args=proposal, allow=only_answer(200)),
    Rule("trainings:answer", args=proposal, allow=only_answer(200)),
    Rule("api:trainings-list", allow=everybody(200)),
    Rule(
        "api:trainings-detail",
        args=lambda w: {"pk": w.training.pk},
        allow=everybody(200, outsider=404, other_trainer=404),
    ),
    Rule("api:training-choices-list", allow=everybody(200)),
    Rule(
        "api:training-choices-detail",
        args=choice,
        allow=everybody(200, member=404, outsider=404, other_trainer=404, administrator=404),
    ),
    # An enrolment that you cannot see does not exist: 400, as for any unknown id.
    Rule(
        "api:training-choices-list",
        "post",
        data=sent_choice,
        content_type=JSON,
        allow=only_own(201),
        others=400,
    ),
    Rule("api:training-choices-drop", "post", args=choice, allow=only_own(200)),
    Rule("api:training-choices-restore", "post", args=dropped, allow=only_own(200)),
    Rule("api:training-choices-complete", "post", args=choice, allow=only_own(200)),
    Rule("api:training-choices-reopen", "post", args=followed, allow=only_own(200)),
    Rule("api:training-choices-accept", "post", args=proposal, allow=only_answer(200)),
    Rule(
        "api:training-choices-decline",
        "post",
        args=proposal,
        data=lambda w: {"answer": "Deze lijkt op de les van maart."},
        content_type=JSON,
        allow=only_answer(200),
    ),
]
