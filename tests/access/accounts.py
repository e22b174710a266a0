"""Helping somebody in, and the ways in that are ours."""

from tests.access import Rule, everybody

HELPERS = {"coordinator": 200, "administrator": 200}
DONE = {"coordinator": 302, "administrator": 302}
KNOWN = {"how": "called", "why": "Wachtwoord van de mail kwijt."}


def person(world):
    return {"pk": world.participant.pk}


def colleague(world):
    return {"pk": world.administrator.pk}


RULES = [
    Rule("card-login", allow=everybody(302), anonymous=200),
    Rule("card-login", "post", allow=everybody(302), anonymous=200),
    Rule("reauthenticate-by-code", allow=everybody(200)),
    Rule("reauthenticate-by-code", "post", data=lambda w: {"code": "0"}, allow=everybody(302)),
    Rule("lost-mailbox:people", allow=HELPERS, others=403),
    Rule("lost-mailbox:person", args=person, allow=HELPERS),
    Rule("lost-mailbox:person", args=colleague),  # an administrator, and nobody their own
    Rule("lost-mailbox:address", args=person, allow=HELPERS),
    Rule(
        "lost-mailbox:address",
        "post",
        args=person,
        data=lambda w: KNOWN | {"email": "nieuw@leerlijn.example"},
        allow=DONE,
    ),
    Rule("lost-mailbox:card", args=person, allow=HELPERS),
    Rule("lost-mailbox:card", "post", args=person, data=lambda w: KNOWN, allow=HELPERS),
    Rule("lost-mailbox:end-card", "post", args=person, allow=DONE),
]
