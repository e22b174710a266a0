"""Mail that did not arrive: for coordinators, of their own cohorts."""

from tests.access import Rule


def bounce(world):
    return {"pk": world.bounce.pk}


RULES = [
    Rule("bounces:page", allow={"coordinator": 200}, others=403),
    Rule("bounces:solve", "post", args=bounce, allow={"coordinator": 302}),
]
