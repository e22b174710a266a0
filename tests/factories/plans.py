import factory
from factory.django import DjangoModelFactory

from participants.models import (
    DevelopmentPlan,
    Endorsement,
    Feedback,
    LearningGoal,
    PlanVersion,
)
from tests.factories.cohorts import MOMENT, CohortFactory, EnrolmentFactory, UserFactory


class PopFactory(DjangoModelFactory):
    """A POP in draft; ``complete=True`` makes a shared and completed version too."""

    class Meta:
        model = DevelopmentPlan
        skip_postgeneration_save = True

    kind = DevelopmentPlan.Kind.PERSONAL
    enrolment = factory.SubFactory(EnrolmentFactory)

    @factory.post_generation
    def complete(self, create, extracted, **kwargs):
        if create and extracted:
            completed(self)


class GopFactory(DjangoModelFactory):
    """A GOP in draft; ``complete=True`` makes a completed version too."""

    class Meta:
        model = DevelopmentPlan
        skip_postgeneration_save = True

    kind = DevelopmentPlan.Kind.GROUP
    cohort = factory.SubFactory(CohortFactory)

    @factory.post_generation
    def complete(self, create, extracted, **kwargs):
        if create and extracted:
            completed(self)


class PlanVersionFactory(DjangoModelFactory):
    """A version in sections; ``shared`` lets staff see it."""

    class Meta:
        model = PlanVersion

    class Params:
        shared = factory.Trait(shared_at=MOMENT)

    plan = factory.SubFactory(PopFactory)
    number = factory.LazyAttribute(lambda o: o.plan.versions.count() + 1)
    author = factory.SubFactory(UserFactory)
    sections = factory.LazyFunction(lambda: {"goed": "Ik luister goed."})


class LearningGoalFactory(DjangoModelFactory):
    """A goal as its owner has it now; ``gone`` was taken away."""

    class Meta:
        model = LearningGoal

    class Params:
        gone = factory.Trait(archived_at=MOMENT, position=None)

    plan = factory.SubFactory(PopFactory)
    position = factory.LazyAttribute(lambda o: o.plan.goals.standing().count() + 1)
    what = "Nee zeggen"


class FeedbackFactory(DjangoModelFactory):
    class Meta:
        model = Feedback

    version = factory.SubFactory(PlanVersionFactory, shared=True)
    author = factory.SubFactory(UserFactory)
    text = "Mooi. Wat is je eerste stap?"


class EndorsementFactory(DjangoModelFactory):
    class Meta:
        model = Endorsement

    version = factory.SubFactory(PlanVersionFactory, shared=True)
    enrolment = factory.SubFactory(EnrolmentFactory)
    recorded_by = factory.SelfAttribute("enrolment.participant")


def completed(plan):
    """``plan`` with one shared version that staff completed."""
    version = PlanVersionFactory(plan=plan, shared=True)
    plan.status = DevelopmentPlan.Status.COMPLETE
    plan.completed_version = version
    plan.completed_at = MOMENT
    plan.completed_by = UserFactory()
    plan.save()
    return plan
