"""A task that always fails stands in nobody's way."""

from tests.faults import BOTH, on
from tests.faults.site import Site

MAILS = 5
POISONED = """
from certificates.ceremonies import tasks
from certificates.ceremonies.models import Batch
from participants.mailing import post
from participants.mailing.postbox import deliver
from tests.factories import UserFactory
for number in range(mails):
    deliver.enqueue(-number)  # of a posting that is not there: to be passed over
    deliver.enqueue("no key at all")  # fails each time
    post("second_factor_changed", UserFactory().pk)
"""
WENT = """
from participants.mailing.models import Posting
from django_tasks_db.models import DBTaskResult
answer = [Posting.objects.exclude(sent_at=None).count(), DBTaskResult.objects.failed().count(),
          DBTaskResult.objects.ready().count()]
"""


@on(*BOTH)
def poison_task(folder, database):
    with Site(folder, database.url).ready() as site:
        site.python(POISONED, mails=MAILS)
        worker = site.start_worker()
        site.wait_until(lambda: site.python(WENT) == [MAILS, MAILS, 0])
        assert worker.poll() is None, "the worker died of it"
        return f"{MAILS} failed and were not tried for ever, {MAILS} mails between them went"


FAULTS = (poison_task,)
