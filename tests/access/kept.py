"""What is being typed: each for oneself; the script is told who is no longer logged in."""

from tests.access import Rule, everybody

RULES = [
    Rule("kept:keep", allow=everybody(204), anonymous=401),
    Rule(
        "kept:keep",
        "post",
        data=lambda world: {"kept-key": "hours-new", "description": "Meegelopen"},
        allow=everybody(204),
        anonymous=401,
    ),
]
