from django.utils import timezone

from tests.access import Rule, everybody


def one(world):
    return {"number": world.certificate.number}


def group(world):
    return {"pk": world.cohort.pk}


def code(world):
    return {"code": world.certificate.code}


def reason(world):
    return {"reason": "Te vroeg gemaakt"}


def name(world):
    return {"name": "Marisol M. Martina"}


def chosen(world):
    day = timezone.localdate().isoformat()
    return {"enrolments": [world.enrolment.pk], "award_date": day}


def own(world):
    return {"pk": world.enrolment.pk}


def short(world):
    return {"shown": "short"}


OFFICE = {"coordinator": 200}
HOLDER = {"participant": 200, "coordinator": 200}

RULES = [
    # Who coordinates nothing sees an empty register.
    Rule("certificates:register", allow=everybody(200)),
    Rule("certificates:cohort", args=group, allow=OFFICE),
    Rule("certificates:issue", args=group, data=chosen, allow=OFFICE),
    Rule("certificates:issue", "post", args=group, data=chosen, allow={"coordinator": 302}),
    Rule("certificates:export-zip", "post", args=group, allow={"coordinator": 302}),
    Rule("certificates:export-pdf", "post", args=group, allow={"coordinator": 302}),
    Rule("certificates:detail", args=one, allow=OFFICE),
    Rule("certificates:pdf", args=one, allow=HOLDER),
    Rule("certificates:revoke", args=one, allow=OFFICE),
    Rule("certificates:revoke", "post", args=one, data=reason, allow={"coordinator": 302}),
    Rule("certificates:correct", args=one, allow=OFFICE),
    Rule("certificates:correct", "post", args=one, data=name, allow={"coordinator": 302}),
    Rule("certificates:mine", allow=everybody(200)),
    Rule("certificates:show", "post", args=one, data=short, allow={"participant": 302}),
    Rule("certificates:name-preview", "post", args=own, allow={"participant": 200}),
    Rule("certificates:check-form", everyone=200),
    Rule("certificates:check-form", "post", everyone=200),
    Rule("certificates:check-file", "post", everyone=200),
    Rule("certificates:check", args=code, everyone=200),
    Rule("api:check", args=code, everyone=200),
    Rule("api:certificates-list", allow=everybody(200)),
    # Staff of the cohort see the enrolment but may not issue; to others it is not there.
    Rule(
        "api:certificates-list",
        "post",
        data=lambda world: {"enrolment": world.enrolment.pk},
        content_type="application/json",
        allow={
            "coordinator": 400,
            "participant": 403,
            "trainer": 403,
            "assessor": 403,
            "other_assessor": 403,
        },
    ),
    Rule("api:certificates-detail", args=one, allow=HOLDER),
    Rule("api:certificates-pdf", args=one, allow=HOLDER),
    Rule(
        "api:certificates-revoke",
        "post",
        args=one,
        data=reason,
        content_type="application/json",
        allow={"coordinator": 200, "participant": 403},
    ),
    Rule(
        "api:certificates-show",
        "post",
        args=one,
        data=short,
        content_type="application/json",
        allow={"participant": 200, "coordinator": 403},
    ),
    Rule(
        "api:certificates-correct",
        "post",
        args=one,
        data=name,
        content_type="application/json",
        allow={"coordinator": 201, "participant": 403},
    ),
]
