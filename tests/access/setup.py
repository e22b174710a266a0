"""Setting up: the page for who arranges, norms by the cohort's coordinator, copies by the whole."""

from tests.access import Rule

COORDINATOR = {"trainer": 403, "assessor": 403, "other_assessor": 403, "coordinator": 200}


def cohort(world):
    return {"pk": world.cohort.pk}


RULES = [
    Rule("setup:page", allow={"coordinator": 200, "administrator": 200}, others=403),
    Rule("setup:norms", args=cohort, allow=COORDINATOR),
    Rule("setup:norms", "post", args=cohort, data=lambda w: {"step": "look"}, allow=COORDINATOR),
    Rule("setup:copy", args=cohort, allow=COORDINATOR),
    Rule("setup:copy", "post", args=cohort, data=lambda w: {"step": "look"}, allow=COORDINATOR),
]
