"""The least valid thing of each kind, plus named states (style.md, 8).

Fixed dates around the cohort of 2025: tests that need "today" freeze it or pass their own.
"""

from tests.factories.cohorts import (
    CohortFactory,
    EnrolmentFactory,
    ExemptionFactory,
    InterviewCriterionFactory,
    LearningTrackFactory,
    PauseFactory,
    RoleFactory,
    UserFactory,
)
from tests.factories.interviews import (
    EvidenceItemFactory,
    FinalInterviewFactory,
    InterviewItemFactory,
    ObjectionFactory,
    RatingFactory,
    SeatFactory,
)
from tests.factories.letting_hear import (
    BounceFactory,
    CohortBreakFactory,
    DeliveryFactory,
    MessageFactory,
    PhoneCallFactory,
    ReminderFactory,
    ReminderTextFactory,
)
from tests.factories.meetings import CalendarFeedFactory, SessionProofFactory
from tests.factories.plans import (
    EndorsementFactory,
    FeedbackFactory,
    GopFactory,
    LearningGoalFactory,
    PlanVersionFactory,
    PopFactory,
)
from tests.factories.ready import ready_enrolment
from tests.factories.work import (
    AttendanceFactory,
    ChecklistItemFactory,
    HourEntryFactory,
    LearningPlaceFactory,
    PlacementFactory,
    SessionFactory,
    SupervisorFactory,
    TickFactory,
    TrainingChoiceFactory,
    TrainingDateFactory,
    TrainingFactory,
)

__all__ = [
    "AttendanceFactory",
    "BounceFactory",
    "CalendarFeedFactory",
    "ChecklistItemFactory",
    "BounceFactory",
    "CohortBreakFactory",
    "CohortFactory",
    "DeliveryFactory",
    "EndorsementFactory",
    "EnrolmentFactory",
    "EvidenceItemFactory",
    "ExemptionFactory",
    "FeedbackFactory",
    "FinalInterviewFactory",
    "GopFactory",
    "HourEntryFactory",
    "InterviewCriterionFactory",
    "InterviewItemFactory",
    "LearningGoalFactory",
    "LearningPlaceFactory",
    "LearningTrackFactory",
    "MessageFactory",
    "ObjectionFactory",
    "PauseFactory",
    "PhoneCallFactory",
    "PlacementFactory",
    "PlanVersionFactory",
    "PopFactory",
    "RatingFactory",
    "ReminderFactory",
    "ReminderTextFactory",
    "RoleFactory",
    "SeatFactory",
    "SessionFactory",
    "SessionProofFactory",
    "SupervisorFactory",
    "TickFactory",
    "TrainingChoiceFactory",
    "TrainingDateFactory",
    "TrainingFactory",
    "UserFactory",
    "ready_enrolment",
]
