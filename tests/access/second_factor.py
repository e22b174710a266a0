"""Choosing a second factor, and helping who lost theirs."""

from tests.access import Rule, everybody

BEGUN = everybody(302)
OFFICE = {"coordinator": 200, "administrator": 200}


def lost(world):
    return {"pk": world.assessor.pk}


RULES = [
    Rule("second_factor:begin", allow=BEGUN, halfway=200),
    Rule("second_factor:step", allow=BEGUN, halfway=200),
    Rule("second_factor:step", "post", data=lambda w: {"code": "0"}, allow=BEGUN, halfway=200),
    Rule("second_factor:paper", allow=everybody(200), halfway=200),
    Rule("second_factor:paper", "post", allow=everybody(200), halfway=200),
    Rule("second_factor:others", allow=OFFICE),
    Rule("second_factor:reset", args=lost, allow=OFFICE),
    Rule("second_factor:reset", "post", args=lost, data=lambda w: {"reason": ""}, allow=OFFICE),
]
