"""What can happen to a final interview; the rooms behind this door are the modules below."""

from participants.interviews.agreeing import agree, finalise
from participants.interviews.planning import not_held, plan, replace_assessor, replan
from participants.interviews.rating import declare_independent, rate

__all__ = [
    "agree",
    "declare_independent",
    "finalise",
    "not_held",
    "plan",
    "rate",
    "replace_assessor",
    "replan",
]
