"""Taking along: coordinators of the cohort; a file only for who asked for it."""

from tests.access import Rule
from tests.factories import HourEntryFactory
from tests.factories.leaving import ExportFactory

STAFF = dict.fromkeys(["trainer", "assessor", "other_assessor"], 403)
COORDINATORS = {**STAFF, "coordinator": 200}
WHY = {"why": "meeting", "form": "csv"}


def cohort(world):
    return {"pk": world.cohort.pk}


def kind(key):
    def named(world):
        HourEntryFactory(enrolment=world.enrolment)
        return {"pk": world.cohort.pk, "kind": key}

    return named


def asked(world):
    return {"pk": ExportFactory(cohort=world.cohort, asked_by=world.coordinator).pk}


RULES = [
    Rule("exports:list", args=cohort, allow=COORDINATORS),
    *(
        Rule("exports:take", args=kind(key), allow=COORDINATORS)
        for key in ("overview", "hours", "attendance", "register", "accounting")
    ),
    Rule("exports:take", "post", args=kind("hours"), data=lambda w: WHY, allow=COORDINATORS),
    Rule("exports:made", args=asked, allow={"coordinator": 200}),
    Rule("exports:file", args=asked, allow={"coordinator": 302}),
    Rule("exports:go-on", "post", args=asked, allow={"coordinator": 302}),
]
