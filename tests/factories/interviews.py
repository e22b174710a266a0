import datetime as dt

import factory
from factory.django import DjangoModelFactory

from participants.interviews.models import Value
from participants.models import FinalInterview, InterviewItem, Rating, Seat
from tests.factories.cohorts import (
    MOMENT,
    EnrolmentFactory,
    InterviewCriterionFactory,
    UserFactory,
)


class FinalInterviewFactory(DjangoModelFactory):
    """A planned interview without seats; ``passed`` and ``not_yet`` are final."""

    class Meta:
        model = FinalInterview

    class Params:
        finalised = factory.Trait(
            status=FinalInterview.Status.FINAL,
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
