from django_tasks import task

from participants.exports import making
from participants.exports.models import Export
from participants.longwork import looked_at_again


@task()
def make_export(pk):
    """Write the file of the Export with this key."""
    if Export.objects.unfinished().filter(pk=pk).exists():
        looked_at_again(make_export, pk)
        making.carry_out(pk)
