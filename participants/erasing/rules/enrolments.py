"""What hangs on an enrolment; what leans on something else goes before it."""

from django.db.models import Q

from participants.confirmations.models import ConfirmationLine
from participants.enrolments.applications import IntakeNote
from participants.enrolments.models import Exemption, Pause
from participants.erasing.registry import of_enrolments
from participants.events.models import Event
from participants.hours.models import HourEntry
from participants.hours.proofs import HourProof
from participants.interviews.afterwards import Amendment, InterviewReply, Objection
from participants.interviews.evidence import EvidenceItem
from participants.interviews.items import InterviewItem, Rating
from participants.interviews.models import FinalInterview, Seat
from participants.messages.models import Delivery, PhoneCall, Reminder
from participants.placements.checklist import Tick
from participants.placements.models import Placement
from participants.plans.goal import LearningGoal
from participants.plans.models import DevelopmentPlan, Endorsement, Feedback, PlanVersion
from participants.sessions.models import Attendance
from participants.trainings.models import TrainingChoice

# A register of an app above says itself when what was decided about it goes.
OF_REGISTERS = Q(subject__startswith="certificate:") | Q(
    subject__startswith="participationstatement:"
)

of_enrolments(EvidenceItem)
of_enrolments(Amendment, "item__interview__enrolment")
of_enrolments(Objection, "interview__enrolment")
of_enrolments(InterviewReply, "interview__enrolment")
of_enrolments(Rating, "seat__interview__enrolment")
of_enrolments(InterviewItem, "interview__enrolment")
of_enrolments(Seat, "interview__enrolment")
of_enrolments(FinalInterview)

of_enrolments(Feedback, "version__plan__enrolment", instead={"answers": None})
of_enrolments(Feedback, "version__plan__enrolment")
of_enrolments(Endorsement)
of_enrolments(LearningGoal, "plan__enrolment")
of_enrolments(
    DevelopmentPlan,
    instead={
        "status": DevelopmentPlan.Status.DRAFT,
        "completed_version": None,
        "completed_at": None,
        "completed_by": None,
    },
)
of_enrolments(PlanVersion, "plan__enrolment")
of_enrolments(DevelopmentPlan)

of_enrolments(IntakeNote)
of_enrolments(Delivery)
of_enrolments(Reminder)
of_enrolments(PhoneCall)

of_enrolments(HourProof, "entry__enrolment")
of_enrolments(ConfirmationLine, "entry__enrolment", is_accounted=True)
of_enrolments(HourEntry, instead={"corrects": None}, is_accounted=True)
of_enrolments(HourEntry, is_accounted=True)
of_enrolments(Attendance, is_accounted=True)
of_enrolments(Tick, "placement__enrolment", is_accounted=True)
of_enrolments(Placement, is_accounted=True)
of_enrolments(TrainingChoice, is_accounted=True)
of_enrolments(Exemption, is_accounted=True)
of_enrolments(Pause, is_accounted=True)
of_enrolments(Event, where=~OF_REGISTERS, is_accounted=True)
