"""Erasing, terms, and who looked: everybody for themselves, the office for others."""

from tests.access import Rule, everybody

PEOPLE = {"coordinator": 200, "administrator": 200}
DONE = {"coordinator": 302, "administrator": 302}
KEEPERS = {"coordinator": 200, "administrator": 200}


def person(world):
    return {"pk": world.participant.pk}


def cohort(world):
    return {"pk": world.cohort.pk}


def why(world):
    return {"reason": "Vroeg erom"}


RULES = [
    Rule("erasing:own", allow=everybody(200)),
    Rule("erasing:own", "post", allow=everybody(302)),
    Rule("erasing:undo-own", "post", allow=everybody(302)),
    Rule("erasing:person", args=person, allow=PEOPLE),
    Rule("erasing:person", "post", args=person, data=why, allow=DONE),
    Rule("erasing:undo", "post", args=person, allow=DONE),
    Rule("erasing:keeping", allow=KEEPERS, others=403),
    Rule(
        "erasing:find",
        "post",
        data=lambda w: {"email": w.participant.email},
        allow=DONE,
        others=403,
    ),
    Rule("erasing:cohort", args=cohort, allow=KEEPERS),
    Rule("erasing:cohort", "post", args=cohort, data=why, allow=DONE),
    Rule("erasing:subsidy", "post", args=cohort, data=lambda w: {"subsidised": "yes"}, allow=DONE),
    Rule("erasing:release", "post", args=cohort, allow=DONE),
    Rule("mydata:looked", allow=everybody(200)),
    Rule("mydata:watch", allow=KEEPERS, others=403),
]
