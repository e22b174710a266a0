"""Placements: participants see their own, staff those of their cohorts, coordinators decide."""

from tests.access import Rule, everybody
from tests.factories import LearningPlaceFactory

# Who sees the enrolment, but does not place anybody (nor themselves).
MAY_NOT = dict.fromkeys(["participant", "trainer", "assessor", "other_assessor"], 403)


# Who sees the supervisor, whose address the participant does not.
STAFF_MAY_NOT = {actor: status for actor, status in MAY_NOT.items() if actor != "participant"}


def enrolment(world):
    return {"enrolment_pk": world.enrolment.pk}


def placement(world):
    return {"pk": world.placement.pk}


def supervisor(world):
    return {"pk": world.placement.supervisor_id}


def a_placement(world):
    return {
        "place": LearningPlaceFactory().pk,
        "supervisor_name": "Karim Zonneveld",
        "form": "volunteer",
        "starts_on": "2025-02-03",
    }


RULES = [
    Rule("placements:list", allow=everybody(200)),
    Rule("placements:new", allow={"coordinator": 200}, others=403),
    Rule(
        "placements:new",
        "post",
        data=lambda w: {"organisation": "Buurtwerk De Brug", "team": "Buurtteam Oosterhoek"},
        allow={"coordinator": 302},
        others=403,
    ),
    Rule("placements:place", args=enrolment, allow={**MAY_NOT, "coordinator": 200}),
    Rule(
        "placements:place",
        "post",
        args=enrolment,
        data=a_placement,
        allow={**MAY_NOT, "coordinator": 302},
    ),
    Rule("placements:end", args=placement, allow={**MAY_NOT, "coordinator": 200}),
    Rule(
        "placements:end",
        "post",
        args=placement,
        data=lambda w: {"on": "2025-05-30"},
        allow={**MAY_NOT, "coordinator": 302},
    ),
    Rule("placements:other-supervisor", args=placement, allow={**MAY_NOT, "coordinator": 200}),
    Rule(
        "placements:other-supervisor",
        "post",
        args=placement,
        data=lambda w: {"name": "Lidia Costa", "email": "lidia@buurtteam.example"},
        allow={**MAY_NOT, "coordinator": 302},
    ),
    Rule("placements:supervisor", args=supervisor, allow={**STAFF_MAY_NOT, "coordinator": 200}),
    Rule(
        "placements:supervisor",
        "post",
        args=supervisor,
        data=lambda w: {"name": "Lidia Costa", "email": "lidia@buurtteam.example"},
        allow={**STAFF_MAY_NOT, "coordinator": 302},
    ),
]
