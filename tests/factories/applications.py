import datetime as dt

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from participants.models import Application, Cohort
from tests.factories.cohorts import CohortFactory


def open_cohort(**facts) -> Cohort:
    """A cohort that begins in a month, for which anyone may apply today."""
    today = timezone.localdate()
    dates = {
        "starts_on": today + dt.timedelta(days=30),
        "ends_on": today + dt.timedelta(days=230),
        "applications_until": today,
    }
    return CohortFactory(**{**dates, "contact_name": "Karima", **facts})


class ApplicationFactory(DjangoModelFactory):
    """What a stranger sent just now, and did not confirm."""

    class Meta:
        model = Application

    cohort = factory.LazyFunction(open_cohort)
    name = "Jo Nieuw"
    email = factory.Sequence("nieuw{}@leerlijn.example".format)
    did_training = True
    has_experience = False
