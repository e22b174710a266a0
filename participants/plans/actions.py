"""What can happen to a plan; each act stands in the module of who does it."""

from participants.plans.completing import complete, endorsements_of, reopen
from participants.plans.endorsing import (
    endorse,
    record_paper_endorsement,
    unendorse,
    withdraw_paper_endorsement,
)
from participants.plans.goals import (
    add_goal,
    change_goal,
    move_goal,
    remove_goal,
    restore_goal,
    set_goal_state,
)
from participants.plans.remarks import give_feedback
from participants.plans.sharing import share, unshare
from participants.plans.together import write_section
from participants.plans.writing import add_version, plan_for, plan_of, save_draft

__all__ = [
    "add_goal",
    "add_version",
    "change_goal",
    "complete",
    "endorse",
    "endorsements_of",
    "give_feedback",
    "move_goal",
    "plan_for",
    "plan_of",
    "record_paper_endorsement",
    "remove_goal",
    "reopen",
    "restore_goal",
    "save_draft",
    "set_goal_state",
    "share",
    "unendorse",
    "unshare",
    "withdraw_paper_endorsement",
    "write_section",
]
