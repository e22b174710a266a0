"""A worker that is killed in a batch: another takes it up, and nobody gets two."""

from tests.faults import BOTH, issuing, on, people
from tests.faults.site import Site

PEOPLE = 6
BEGUN = """
from certificates.ceremonies import actions
from certificates.ceremonies.models import Batch
from participants.models import Cohort, Enrolment, Role
cohort = Cohort.objects.get(pk=cohort)
by = Role.objects.get(cohort=cohort, kind="coordinator").user
answer = actions.begin(cohort, Enrolment.objects.filter(cohort=cohort), by=by).pk
"""
ENDED = """
from certificates.ceremonies.models import Batch
answer = Batch.objects.exclude(finished_at=None).exists()
"""


@on(*BOTH)
def worker_killed_in_a_batch(folder, database):
    with Site(folder, database.url).ready() as site:
        cohort, _staff, _members = people.ready(site, PEOPLE)
        site.python(BEGUN, cohort=cohort)
        worker = site.start_worker(halts_at="step")
        site.wait_until(site.halted.exists)
        site.kill(worker)
        assert site.python(issuing.COUNTED) == [2] * 4, "of the second step something was kept"
        site.start_worker()
        seconds = site.wait_until(lambda: site.python(ENDED), seconds=180)
        assert site.python(issuing.COUNTED) == [PEOPLE] * 4, site.python(issuing.COUNTED)
        return f"2 kept, another worker made the other {PEOPLE - 2} within {seconds:.0f} s"


FAULTS = (worker_killed_in_a_batch,)
