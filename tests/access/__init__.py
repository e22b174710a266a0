"""The permission matrix as data: one Rule per route and method, every actor in every rule.

``tests/test_access.py`` runs each cell and fails on a route that has no rule. A slice keeps
its rules in ``tests/access/<slice>.py`` as a list ``RULES``.

    Rule("hours:edit", args=lambda w: {"pk": w.entry.pk}, allow={"participant": 200})
    Rule("hours:approve", "post", args=..., allow={"trainer": 302, "participant": 403})

An actor that no rule names gets ``others`` (404: it is not there for you), an anonymous one
302 to the login page, or 401 in the API. Who is halfway gets what a stranger gets, but is led to
the second factor, and gets 403 in the API. Actors: see ``tests/access/world.py``.

Who comes in no more, or never had an account, gets what an anonymous one gets, at every door: no
rule can say otherwise. See ``tests/access/stage.py``.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

ACTORS = [
    "anonymous",
    "participant",  # whose things they are
    "member",  # another participant of the same cohort
    "outsider",  # a participant of another cohort
    "trainer",
    "assessor",  # of the cohort, with a seat in the interview
    "other_assessor",  # of the cohort, without a seat
    "other_trainer",  # of another cohort
    "coordinator",
    "administrator",
    "halfway",  # staff of everything, whose session has no second factor yet
]
STRANGERS = [
    "supervisor",  # in a browser that proved the code of the participant's supervisor
    "deactivated",  # had every role, and a session when the account was closed
    "locked",  # has every role, and guessed too often to be let in
    "erased",  # had every role, and a session when they were erased
]


def nothing(world):
    return {}


@dataclass(frozen=True)
class Rule:
    """What each actor gets from one route by one method."""

    route: str
    method: str = "get"
    args: Callable = nothing  # of the World: the arguments of the address
    data: Callable = nothing  # of the World: what is sent
    allow: dict = field(default_factory=dict)  # actor: status
    others: int = 404
    anonymous: int | None = None  # None: to the login page, or 401 in the API
    halfway: int | None = None  # None: to the second factor, or 403 in the API
    supervisor: int | None = None  # None: as anonymous
    everyone: int | None = None  # one status for all actors, anonymous too
    content_type: str | None = None

    def status_for(self, actor):
        if actor == "supervisor" and self.supervisor:
            return self.supervisor
        if self.everyone:
            return self.everyone
        in_api = self.route.startswith("api:")
        if actor == "halfway":
            return self.halfway or self.anonymous or (403 if in_api else 302)
        if actor == "anonymous" or actor in STRANGERS:
            return self.anonymous or (401 if in_api else 302)
        return self.allow.get(actor, self.others)

    def is_open_to(self, actor):
        """Whether the rule names what this actor gets, who is not in yet."""
        return bool(self.everyone or self.anonymous or (actor == "halfway" and self.halfway))

    def is_for(self, actor):
        """Whether this actor gets what was asked for, or may do it."""
        return self.is_open_to(actor) or (
            actor not in ("anonymous", "halfway", *STRANGERS) and self.status_for(actor) < 400
        )

    def __str__(self):
        return f"{self.method} {self.route}"


def everybody(status, **exceptions):
    """``allow`` for all who are logged in, but for the exceptions."""
    return {**{actor: status for actor in ACTORS if actor != "anonymous"}, **exceptions}
