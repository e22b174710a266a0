import datetime as dt

import factory
from factory.django import DjangoModelFactory

from participants.interviews.models import Value
from participants.models import (
    EvidenceItem,
    FinalInterview,
    InterviewItem,
    LearningGoal,
    Objection,
    Rating,
    Seat,
)
from tests.factories.cohorts import (
    MOMENT,
    EnrolmentFactory,
    InterviewCriterionFactory,
    UserFactory,
)
from tests.factories.plans import PopFactory


class FinalInterviewFactory(DjangoModelFactory):
    """A planned interview without seats; ``passed`` and ``not_yet`` are final."""

    class Meta:
        model = FinalInterview

    class Params:
        finalised = factory.Trait(
            status=FinalInterview.Status.FINAL,
            assessor_count=2,
            finalised_at=MOMENT,
            finalised_by=factory.SubFactory(UserFactory),
        )
        passed = factory.Trait(finalised=True, result=FinalInterview.Result.PASS)
        not_yet = factory.Trait(finalised=True, result=FinalInterview.Result.NOT_YET)

    enrolment = factory.SubFactory(EnrolmentFactory)
    planned_at = dt.datetime(2025, 6, 17, 8, 0, tzinfo=dt.UTC)
    place = "Huis van de Wijk"
    planned_by = factory.SubFactory(UserFactory)


class SeatFactory(DjangoModelFactory):
    class Meta:
        model = Seat

    class Params:
        rated = factory.Trait(rated_at=MOMENT)

    interview = factory.SubFactory(FinalInterviewFactory)
    assessor = factory.SubFactory(UserFactory)
    independent_at = MOMENT


class InterviewItemFactory(DjangoModelFactory):
    class Meta:
        model = InterviewItem

    interview = factory.SubFactory(FinalInterviewFactory)
    criterion = factory.SubFactory(
        InterviewCriterionFactory, track=factory.SelfAttribute("..interview.enrolment.cohort.track")
    )
    position = factory.SelfAttribute("criterion.position")
    title = factory.SelfAttribute("criterion.title")
    required = True


class RatingFactory(DjangoModelFactory):
    class Meta:
        model = Rating

    seat = factory.SubFactory(SeatFactory)
    item = factory.SubFactory(
        InterviewItemFactory, interview=factory.SelfAttribute("..seat.interview")
    )
    value = Value.SUFFICIENT


class GoalFactory(DjangoModelFactory):
    class Meta:
        model = LearningGoal

    plan = factory.SubFactory(PopFactory)
    position = 1
    what = "Vaker nee zeggen"


class EvidenceItemFactory(DjangoModelFactory):
    """A goal of one's own POP in the interview file."""

    class Meta:
        model = EvidenceItem

    enrolment = factory.SubFactory(EnrolmentFactory)
    goal = factory.SubFactory(GoalFactory, plan__enrolment=factory.SelfAttribute("...enrolment"))


class ObjectionFactory(DjangoModelFactory):
    """An objection that waits for its decision."""

    class Meta:
        model = Objection

    interview = factory.SubFactory(FinalInterviewFactory, not_yet=True)
    text = "Ik liet dit zien in de buurtkamer."
    made_by = factory.SelfAttribute("interview.enrolment.participant")
