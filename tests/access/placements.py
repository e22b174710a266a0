"""Placements: participants see their own, staff those of their cohorts, coordinators decide."""

from tests.access import Rule, everybody
from tests.factories import LearningPlaceFactory

# Who sees the enrolment, but does not place anybody (nor themselves).
MAY_NOT = dict.fromkeys(["participant", "trainer", "assessor", "other_assessor"], 403)


def enrolment(world):
    return {"enrolment_pk": world.enrolment.pk}


def placement(world):
    return {"pk": world.placement.pk}


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
]
