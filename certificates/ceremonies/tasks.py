"""Work in the background that goes on when its worker is killed; see ``participants.longwork``."""

from django_tasks import task

from certificates.ceremonies import bundling, making
from certificates.ceremonies.models import Batch, Bundle
from participants.longwork import looked_at_again


@task()
def issue_batch(pk):
    """Make the certificates of the Batch with this key."""
    if Batch.objects.unfinished().filter(pk=pk).exists():
        looked_at_again(issue_batch, pk)
        making.carry_out(pk)


@task()
def make_bundle(pk):
    """Write the file of the Bundle with this key."""
    if Bundle.objects.unfinished().filter(pk=pk).exists():
        looked_at_again(make_bundle, pk)
        bundling.carry_out(pk)


def of(work):
    """The task that does ``work``, a Batch or a Bundle."""
    return issue_batch if isinstance(work, Batch) else make_bundle


def take_up():
    """Do all that lies still, also where no worker runs; how many that were."""
    done = 0
    for model, work in ((Batch, making.carry_out), (Bundle, bundling.carry_out)):
        for pk in model.objects.abandoned().values_list("pk", flat=True):
            work(pk)
            done += 1
    return done
