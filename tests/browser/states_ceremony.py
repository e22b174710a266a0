"""The ceremony: who is ready, being made, late, done with somebody passed over, a large file."""

import datetime as dt

from django.utils import timezone

from certificates import actions as certifying
from tests.browser.states import State
from tests.factories import RoleFactory, ready_enrolment
from tests.factories.ceremonies import BatchFactory, BatchLineFactory, BundleFactory

LONG = "Maria-Fernanda Wilhelmina van der Grinten-Oyelaran de Bruin"


def office():
    return RoleFactory(coordinator=True).user


def names_to_mind():
    cohort = ready_enrolment(participant__name=LONG).cohort
    ready_enrolment(cohort=cohort, participant__name="Noor 漢")
    issued = ready_enrolment(cohort=cohort, participant__name="Marisol Martina")
    by = office()
    certifying.issue(issued, by=by)
    return by, f"/certificaten/lichting/{cohort.pk}/"


def late():
    batch = BatchFactory(asked_at=timezone.now() - dt.timedelta(minutes=5))
    BatchLineFactory(batch=batch)
    BatchLineFactory(batch=batch, passed=True, enrolment__participant__name=LONG)
    return batch.asked_by, f"/certificaten/reeks/{batch.pk}/"


def stopped():
    batch = BatchFactory(finished=True, refusal="Ellen is geen coördinator meer van deze lichting.")
    BatchLineFactory(batch=batch, passed=True)
    return batch.asked_by, f"/certificaten/reeks/{batch.pk}/"


def large_file():
    bundle = BundleFactory(total=900, done=450)
    return bundle.asked_by, f"/certificaten/bundel/{bundle.pk}/"


STATES = [
    State("ceremony, names to mind", names_to_mind),
    State("ceremony, a batch that is late", late),
    State("ceremony, a batch that was stopped", stopped),
    State("ceremony, a large file being made", large_file),
]
