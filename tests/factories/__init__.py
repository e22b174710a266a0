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
    FinalInterviewFactory,
    InterviewItemFactory,
    RatingFactory,
    SeatFactory,
)
from tests.factories.plans import (
    EndorsementFactory,
    FeedbackFactory,
    GopFactory,
    PlanVersionFactory,
    PopFactory,
)
from tests.factories.ready import ready_enrolment
from tests.factories.work import (
    AttendanceFactory,
    HourEntryFactory,
    LearningPlaceFactory,
    PlacementFactory,
    SessionFactory,
    TrainingChoiceFactory,
    TrainingFactory,
)

__all__ = [
    "AttendanceFactory",
    "CohortFactory",
    "EndorsementFactory",
    "EnrolmentFactory",
    "ExemptionFactory",
    "FeedbackFactory",
    "FinalInterviewFactory",
    "GopFactory",
    "HourEntryFactory",
    "InterviewCriterionFactory",
    "InterviewItemFactory",
    "LearningPlaceFactory",
    "LearningTrackFactory",
    "PauseFactory",
    "PlacementFactory",
    "PlanVersionFactory",
    "PopFactory",
    "RatingFactory",
    "RoleFactory",
    "SeatFactory",
    "SessionFactory",
    "TrainingChoiceFactory",
    "TrainingFactory",
    "UserFactory",
    "ready_enrolment",
]
