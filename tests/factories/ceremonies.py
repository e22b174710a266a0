import datetime as dt

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from certificates.ceremonies.models import Batch, BatchLine, Bundle
from tests.factories.cohorts import CohortFactory, EnrolmentFactory, RoleFactory


class LongWorkFactory(DjangoModelFactory):
    """Asked for just now by a coordinator of the whole organisation; nobody is at it yet."""

    class Meta:
        abstract = True

    class Params:
        finished = factory.Trait(finished_at=factory.LazyFunction(timezone.now))

    cohort = factory.SubFactory(CohortFactory)
    asked_by = factory.LazyFunction(lambda: RoleFactory(coordinator=True).user)


class BatchFactory(LongWorkFactory):
    class Meta:
        model = Batch

    award_date = factory.LazyFunction(timezone.localdate)


class BatchLineFactory(DjangoModelFactory):
    """Somebody who waits; ``passed`` for who was passed over."""

    class Meta:
        model = BatchLine

    class Params:
        passed = factory.Trait(state=BatchLine.State.PASSED_OVER, why="Nog niet alles is behaald.")

    batch = factory.SubFactory(BatchFactory)
    enrolment = factory.SubFactory(EnrolmentFactory, cohort=factory.SelfAttribute("..batch.cohort"))


class BundleFactory(LongWorkFactory):
    class Meta:
        model = Bundle

    kind = Bundle.Kind.ZIP
    total = 1
    expires_at = factory.LazyFunction(lambda: timezone.now() + dt.timedelta(days=1))
