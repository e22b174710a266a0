"""Where Django finds the models; each lives in its slice."""

from participants.accounts.cards import CardCode, LoginCard
from participants.accounts.doors import ApiToken, Device, EmailChange
from participants.accounts.models import Role, User
from participants.agenda.models import CalendarFeed
from participants.bounces.models import Bounce
from participants.confirmations.models import ConfirmationLine, ConfirmationRequest
from participants.enrolments.applications import Application, IntakeNote
from participants.enrolments.models import CriterionKey, Enrolment, Exemption, Pause
from participants.erasing.models import Erased, Expiry, Keeping
from participants.events.models import Event
from participants.exports.models import Export
from participants.files.models import StoredFile
from participants.hours.models import HourEntry
from participants.hours.proofs import HourProof
from participants.interviews.afterwards import Amendment, InterviewReply, Objection
from participants.interviews.evidence import EvidenceItem
from participants.interviews.items import InterviewItem, Rating
from participants.interviews.models import FinalInterview, Seat
from participants.kept.models import KeptInput
from participants.mailing.models import Posting
from participants.messages.models import (
    Delivery,
    MailChoice,
    Message,
    PhoneCall,
    Reminder,
    ReminderText,
)
from participants.placements.checklist import ChecklistItem, Tick
from participants.placements.models import LearningPlace, Placement, Supervisor
from participants.plans.goal import LearningGoal
from participants.plans.models import DevelopmentPlan, Endorsement, Feedback, PlanVersion
from participants.receipts.models import Receipt
from participants.sessions.models import Attendance, Session
from participants.sessions.proofs import SessionProof
from participants.setup.models import NormsChange
from participants.tracks.models import (
    Cohort,
    CohortBreak,
    CohortCriterion,
    InterviewCriterion,
    LearningTrack,
)
from participants.trainings.models import Training, TrainingChoice, TrainingDate

__all__ = [
    "Bounce",
    "ApiToken",
    "Device",
    "EmailChange",
    "Amendment",
    "Application",
    "Attendance",
    "CalendarFeed",
    "CardCode",
    "Cohort",
    "ChecklistItem",
    "CohortBreak",
    "CohortCriterion",
    "ConfirmationLine",
    "ConfirmationRequest",
    "CriterionKey",
    "Delivery",
    "DevelopmentPlan",
    "Endorsement",
    "Enrolment",
    "Erased",
    "Event",
    "EvidenceItem",
    "Exemption",
    "Expiry",
    "Export",
    "Feedback",
    "FinalInterview",
    "HourEntry",
    "HourProof",
    "IntakeNote",
    "InterviewCriterion",
    "InterviewItem",
    "InterviewReply",
    "Keeping",
    "KeptInput",
    "LearningGoal",
    "LearningPlace",
    "LearningTrack",
    "LoginCard",
    "MailChoice",
    "NormsChange",
    "Message",
    "Pause",
    "Objection",
    "PhoneCall",
    "PlanVersion",
    "Placement",
    "Posting",
    "Rating",
    "Receipt",
    "Reminder",
    "ReminderText",
    "Role",
    "Seat",
    "Session",
    "SessionProof",
    "StoredFile",
    "Tick",
    "Supervisor",
    "Training",
    "TrainingChoice",
    "TrainingDate",
    "User",
]
