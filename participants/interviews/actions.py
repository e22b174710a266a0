"""What can happen to a final interview; the rooms behind this door are the modules below."""

from participants.interviews.agreeing import agree, finalise
from participants.interviews.amending import amend
from participants.interviews.filing import file_goal, file_pages, file_text, take_out
from participants.interviews.objecting import decide, make_objection, reply
from participants.interviews.planning import (
    add_third,
    leave_one,
    not_held,
    plan,
    replace_assessor,
    replan,
)
from participants.interviews.rating import declare_independent, rate

__all__ = [
    "add_third",
    "agree",
    "amend",
    "decide",
    "declare_independent",
    "file_goal",
    "file_pages",
    "file_text",
    "finalise",
    "leave_one",
    "make_objection",
    "not_held",
    "plan",
    "rate",
    "replace_assessor",
    "replan",
    "reply",
    "take_out",
]
