"""Messages and reminders: own ones, written by trainers and coordinators, texts by coordinators."""

from django.utils import timezone

from tests.access import Rule, everybody

WRITERS = {"trainer": 200, "coordinator": 200}
MAY_NOT_WRITE = {"assessor": 403, "other_assessor": 403}


def cohort(world):
    return {"cohort_pk": world.cohort.pk}


def enrolment(world):
    return {"enrolment_pk": world.enrolment.pk}


def delivery(world):
    return {"pk": world.delivery.pk}


def sent(world):
    return {"pk": world.delivery.message_id}


def held(world):
    return {"pk": world.held_reminder.pk}


def piece(world):
    return {"cohort_pk": world.cohort.pk, "key": "quiet"}


def a_message(world):
    return {
        "wie": [world.enrolment.pk],
        "subject": "De zaal",
        "text": "We zijn in zaal 2.",
        "form_id": "5f0f7d4e-3c55-4f5c-9a39-6d1d7c4d0a11",
        "step": "send",
    }


def days_off(world):
    return {"cohort_pk": world.cohort.pk, "pk": world.days_off.pk}


def a_break(world):
    return {"name": "Kerst", "starts_on": "2025-05-05", "ends_on": "2025-05-09"}


STAFF = {"trainer": 403, "assessor": 403, "other_assessor": 403}
RULES = [
    Rule("messages:list", allow=everybody(200)),
    Rule("messages:read", args=delivery, allow={"participant": 200}),
    Rule("messages:choice", allow=everybody(200)),
    Rule(
        "messages:choice",
        "post",
        data=lambda world: {"which": "reminders", "on": "no"},
        allow=everybody(302),
    ),
    Rule("messages:write", args=cohort, allow=WRITERS),
    Rule(
        "messages:write",
        "post",
        args=cohort,
        data=a_message,
        allow={"trainer": 302, "coordinator": 302},
    ),
    Rule("messages:sent", args=sent, allow=WRITERS),
    Rule("messages:texts", args=cohort, allow={"coordinator": 200}),
    Rule("messages:text", args=piece, allow={"coordinator": 200}),
    Rule(
        "messages:text",
        "post",
        args=piece,
        data=lambda world: {"text": "Wat deed je?"},
        allow={"coordinator": 302},
    ),
    Rule("messages:restore-text", "post", args=piece, allow={"coordinator": 302}),
    Rule("messages:called", args=enrolment, allow={**WRITERS, **MAY_NOT_WRITE}),
    Rule(
        "messages:called",
        "post",
        args=enrolment,
        data=lambda world: {"on": timezone.localdate().isoformat()},
        allow={"trainer": 302, "coordinator": 302, **MAY_NOT_WRITE},
    ),
    Rule("outgoing:page", allow={"coordinator": 200}, others=403),
    Rule(
        "outgoing:hold",
        "post",
        args=enrolment,
        allow={**STAFF, "participant": 403, "coordinator": 302},
    ),
    Rule(
        "outgoing:release",
        "post",
        args=held,
        allow={**STAFF, "participant": 403, "coordinator": 302},
    ),
    Rule(
        "pace:calendar",
        args=cohort,
        allow={"trainer": 200, "assessor": 200, "other_assessor": 200, "coordinator": 200},
    ),
    Rule("pace:calendar", "post", args=cohort, data=a_break, allow={**STAFF, "coordinator": 302}),
    Rule("pace:remove-break", "post", args=days_off, allow={**STAFF, "coordinator": 302}),
]
