"""Where Django finds the models; each lives in its slice."""

from participants.accounts.models import Role, User
from participants.enrolments.models import CriterionKey, Enrolment, Exemption, Pause
from participants.events.models import Event
from participants.files.models import StoredFile
from participants.hours.models import HourEntry
from participants.interviews.models import FinalInterview, InterviewItem, Rating, Seat
from participants.placements.models import LearningPlace, Placement
from participants.plans.models import DevelopmentPlan, Endorsement, Feedback, PlanVersion
from participants.sessions.models import Attendance, Session
from participants.tracks.models import Cohort, InterviewCriterion, LearningTrack
from participants.trainings.models import Training, TrainingChoice

__all__ = [
    "Attendance",
    "Cohort",
    "CriterionKey",
    "DevelopmentPlan",
    "Endorsement",
    "Enrolment",
    "Event",
    "Exemption",
    "Feedback",
    "FinalInterview",
    "HourEntry",
    "InterviewCriterion",
    "InterviewItem",
    "LearningPlace",
    "LearningTrack",
    "Pause",
    "PlanVersion",
    "Placement",
    "Rating",
    "Role",
    "Seat",
    "Session",
    "StoredFile",
    "Training",
    "TrainingChoice",
    "User",
]
