"""What was taken along."""

import datetime as dt

import factory
from django.utils import timezone

from participants.exports.models import Export, Why
from tests.factories.ceremonies import LongWorkFactory


class ExportFactory(LongWorkFactory):
    """A list of hours that is still to be made in the background; ``at_once`` for what went."""

    class Meta:
        model = Export

    class Params:
        at_once = factory.Trait(
            expires_at=None, finished_at=factory.LazyFunction(timezone.now), done=1
        )

    kind = "hours"
    form = "csv"
    why = Why.OFFICE
    total = 1
    expires_at = factory.LazyFunction(lambda: timezone.now() + dt.timedelta(days=1))
