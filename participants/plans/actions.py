"""What can happen to a plan; each act stands in the module of who does it."""

from participants.plans.completing import complete, endorsements_of, reopen
from participants.plans.endorsing import endorse, record_paper_endorsement, unendorse
from participants.plans.writing import add_version, give_feedback, plan_for, plan_of, share

__all__ = [
    "add_version",
    "complete",
    "endorse",
    "endorsements_of",
    "give_feedback",
    "plan_for",
    "plan_of",
    "record_paper_endorsement",
    "reopen",
    "share",
    "unendorse",
]
