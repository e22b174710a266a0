import datetime as dt

import factory
from factory.django import DjangoModelFactory

from participants.models import (
    Cohort,
    Enrolment,
    Exemption,
    InterviewCriterion,
    LearningTrack,
    Pause,
    Role,
    User,
)

MOMENT = dt.datetime(2025, 1, 6, 9, 0, tzinfo=dt.UTC)


class UserFactory(DjangoModelFactory):
    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence("persoon{}@leerlijn.example".format)
    name = factory.Sequence("Noor Voorbeeld {}".format)
    password = "!"


class LearningTrackFactory(DjangoModelFactory):
    class Meta:
        model = LearningTrack

    name = factory.Sequence("Leerlijn Buurtteams {}".format)
    provider = "Stichting De Leerkring"
    partners = "met Hogeschool De Amstel"
    first_signatory = "Johanna Wiersma"
    first_signatory_role = "directeur"
    second_signatory = "Ellen Brouwer"
    second_signatory_role = "coördinator van de leerlijn"


class InterviewCriterionFactory(DjangoModelFactory):
    class Meta:
        model = InterviewCriterion

    track = factory.SubFactory(LearningTrackFactory)
    position = factory.Sequence(lambda n: n + 1)
    title = factory.Sequence("Grenzen stellen {}".format)


class CohortFactory(DjangoModelFactory):
    """A cohort of a year around 2025-06, with the default norms."""

    class Meta:
        model = Cohort

    track = factory.SubFactory(LearningTrackFactory)
    name = factory.Sequence("Lichting {}".format)
    starts_on = dt.date(2025, 1, 6)
    ends_on = dt.date(2025, 7, 11)


class RoleFactory(DjangoModelFactory):
    """A trainer of one cohort; ``coordinator`` and ``administrator`` are organisation-wide."""

    class Meta:
        model = Role

    class Params:
        coordinator = factory.Trait(kind=Role.Kind.COORDINATOR, cohort=None)
        administrator = factory.Trait(kind=Role.Kind.ADMINISTRATOR, cohort=None)
        assessor = factory.Trait(kind=Role.Kind.ASSESSOR)

    user = factory.SubFactory(UserFactory)
    kind = Role.Kind.TRAINER
    cohort = factory.SubFactory(CohortFactory)


class EnrolmentFactory(DjangoModelFactory):
    """Somebody who takes part from the first day of the cohort."""

    class Meta:
        model = Enrolment
        skip_postgeneration_save = True

    class Params:
        applied = factory.Trait(status=Enrolment.Status.APPLIED, decided_at=None, decided_by=None)
        stopped = factory.Trait(status=Enrolment.Status.STOPPED, ends_on=dt.date(2025, 4, 1))

    participant = factory.SubFactory(UserFactory)
    cohort = factory.SubFactory(CohortFactory)
    status = Enrolment.Status.ACTIVE
    starts_on = factory.SelfAttribute("cohort.starts_on")
    decided_at = MOMENT
    decided_by = factory.SubFactory(UserFactory)


class PauseFactory(DjangoModelFactory):
    class Meta:
        model = Pause

    class Params:
        confirmed = factory.Trait(confirmed_at=MOMENT, confirmed_by=factory.SubFactory(UserFactory))

    enrolment = factory.SubFactory(EnrolmentFactory)
    starts_on = dt.date(2025, 3, 3)
    ends_on = dt.date(2025, 3, 31)
    requested_by = factory.SelfAttribute("enrolment.participant")


class ExemptionFactory(DjangoModelFactory):
    class Meta:
        model = Exemption

    enrolment = factory.SubFactory(EnrolmentFactory)
    criterion = "work"
    reason = "Eerder al aangetoond"
    granted_by = factory.SubFactory(UserFactory)
