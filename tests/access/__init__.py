"""The permission matrix as data: one Rule per route and method, every actor in every rule.

``tests/test_access.py`` runs each cell and fails on a route that has no rule. A slice keeps
its rules in ``tests/access/<slice>.py`` as a list ``RULES``.

    Rule("hours:edit", args=lambda w: {"pk": w.entry.pk}, allow={"participant": 200})
    Rule("hours:approve", "post", args=..., allow={"trainer": 302, "participant": 403})

An actor that no rule names gets ``others`` (404: it is not there for you), an anonymous one
302 to the login page, or 401 in the API. Actors: see ``tests/access/world.py``.
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
    everyone: int | None = None  # one status for all actors, anonymous too
    content_type: str | None = None

    def status_for(self, actor):
        if self.everyone:
            return self.everyone
        if actor == "anonymous":
            return self.anonymous or (401 if self.route.startswith("api:") else 302)
        return self.allow.get(actor, self.others)

    def __str__(self):
        return f"{self.method} {self.route}"


def everybody(status, **exceptions):
    """``allow`` for all who are logged in, but for the exceptions."""
    return {**{actor: status for actor in ACTORS if actor != "anonymous"}, **exceptions}
