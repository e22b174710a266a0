"""Pages that only tell something: for anyone, logged in or not."""

from tests.access import Rule

RULES = [
    Rule("help", everyone=200),
    Rule("privacy", everyone=200),
    Rule("accessibility", everyone=200),
]
