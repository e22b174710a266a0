import datetime as dt

import factory
from factory.django import DjangoModelFactory

from participants.models import (
    Attendance,
    ChecklistItem,
    HourEntry,
    LearningPlace,
    Placement,
    Session,
    Supervisor,
    Tick,
    Training,
    TrainingChoice,
    TrainingDate,
)
from tests.factories.cohorts import (
    MOMENT,
    CohortFactory,
    EnrolmentFactory,
    LearningTrackFactory,
    UserFactory,
)


class TrainingFactory(DjangoModelFactory):
    class Meta:
        model = Training

    title = factory.Sequence("Beter vragen stellen {}".format)
    minutes = 180


class TrainingChoiceFactory(DjangoModelFactory):
    class Meta:
        model = TrainingChoice

    class Params:
        own = factory.Trait(
            training=None,
            own_title="Rouw en verlies",
            reason="Past bij mijn team",
            status=TrainingChoice.Status.PROPOSED,
        )

    enrolment = factory.SubFactory(EnrolmentFactory)
    training = factory.SubFactory(TrainingFactory)
    status = TrainingChoice.Status.CHOSEN


class LearningPlaceFactory(DjangoModelFactory):
    class Meta:
        model = LearningPlace

    organisation = "Buurtwerk De Brug"
    team = factory.Sequence("Buurtteam Oosterhoek {}".format)


class TrainingDateFactory(DjangoModelFactory):
    class Meta:
        model = TrainingDate

    training = factory.SubFactory(TrainingFactory)
    date = dt.date(2025, 5, 20)


class ChecklistItemFactory(DjangoModelFactory):
    class Meta:
        model = ChecklistItem

    track = factory.SubFactory(LearningTrackFactory)
    text = factory.Sequence("Kennismaking geweest {}".format)


class SupervisorFactory(DjangoModelFactory):
    """Somebody at a learning place; ``introduced`` may be mailed."""

    class Meta:
        model = Supervisor

    class Params:
        introduced = factory.Trait(
            introduced_at=MOMENT, introduced_by=factory.SubFactory(UserFactory)
        )

    name = "Karim Zonneveld"
    email = factory.Sequence("karim{}@buurtteam.example".format)


class PlacementFactory(DjangoModelFactory):
    class Meta:
        model = Placement

    enrolment = factory.SubFactory(EnrolmentFactory)
    place = factory.SubFactory(LearningPlaceFactory)
    supervisor = factory.SubFactory(SupervisorFactory)
    starts_on = factory.SelfAttribute("enrolment.starts_on")


class TickFactory(DjangoModelFactory):
    class Meta:
        model = Tick

    placement = factory.SubFactory(PlacementFactory)
    item = factory.SubFactory(
        ChecklistItemFactory, track=factory.SelfAttribute("..placement.enrolment.cohort.track")
    )
    ticked_at = MOMENT
    ticked_by = factory.SubFactory(UserFactory)


class HourEntryFactory(DjangoModelFactory):
    """One submitted hour of work, a few weeks into the cohort."""

    class Meta:
        model = HourEntry

    class Params:
        draft = factory.Trait(status=HourEntry.Status.DRAFT, submitted_at=None)
        approved = factory.Trait(
            status=HourEntry.Status.APPROVED,
            reviewed_by=factory.SubFactory(UserFactory),
            reviewed_at=MOMENT,
        )
        returned = factory.Trait(
            status=HourEntry.Status.RETURNED,
            reviewed_by=factory.SubFactory(UserFactory),
            reviewed_at=MOMENT,
            return_reason="Welke training was dit?",
        )
        withdrawn = factory.Trait(status=HourEntry.Status.WITHDRAWN)

    enrolment = factory.SubFactory(EnrolmentFactory)
    kind = HourEntry.Kind.WORK
    date = dt.date(2025, 3, 3)
    minutes = 60
    description = "Meegelopen op het spreekuur"
    status = HourEntry.Status.SUBMITTED
    submitted_at = MOMENT


class SessionFactory(DjangoModelFactory):
    """A lesson of two hours; ``cohorts=[...]`` says for whom, ``closed`` that presence counts."""

    class Meta:
        model = Session
        skip_postgeneration_save = True

    class Params:
        closed = factory.Trait(
            closed_at=MOMENT, closed_by=factory.SubFactory(UserFactory), register_version=1
        )
        cancelled = factory.Trait(cancelled_at=MOMENT, cancelled_by=factory.SubFactory(UserFactory))

    kind = Session.Kind.LESSON
    title = factory.Sequence("Les {}".format)
    date = dt.date(2025, 2, 4)
    starts_at = dt.time(10, 0)
    minutes = 120

    @factory.post_generation
    def cohorts(self, create, extracted, **kwargs):
        if create:
            self.cohorts.set([CohortFactory()] if extracted is None else extracted)


class AttendanceFactory(DjangoModelFactory):
    """Present, taken part, for the whole meeting."""

    class Meta:
        model = Attendance

    class Params:
        absent = factory.Trait(
            status=Attendance.Status.ABSENT, actively_participated=False, minutes=0
        )
        caught_up = factory.Trait(
            absent=True,
            caught_up_what="De opdracht gemaakt",
            caught_up_on=dt.date(2025, 2, 11),
            caught_up_accepted_by=factory.SubFactory(UserFactory),
        )

    enrolment = factory.SubFactory(EnrolmentFactory)
    session = factory.LazyAttribute(
        lambda o: SessionFactory(closed=True, cohorts=[o.enrolment.cohort])
    )
    status = Attendance.Status.PRESENT
    actively_participated = True
    minutes = 120
    recorded_by = factory.SubFactory(UserFactory)
