"""Writes the file of a large Export, and removes it after its day."""

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from participants.exports.kinds import KINDS
from participants.exports.models import Export
from participants.longwork import Shelf
from participants.sheets import ROWS_A_PIECE

SHELF = Shelf("exports", Export)


def carry_out(pk):
    """Write the file of the Export with this key, unless somebody else is at it."""
    SHELF.fill(pk, _pieces, each=lambda export: ROWS_A_PIECE)


def take_up():
    """Do all that lies still, also where no worker runs; how many that were."""
    keys = list(Export.objects.abandoned().values_list("pk", flat=True))
    for pk in keys:
        carry_out(pk)
    return len(keys)


def sweep():
    """Remove every file whose day is over, and what a killed worker left; how many had their day.

    That it was taken along stays written down.
    """
    expired = Export.objects.with_file().filter(expires_at__lt=timezone.now())
    gone = expired.update(path="")
    SHELF.sweep()
    return gone


def _pieces(export):
    kind = KINDS[export.kind]
    if not kind.cohorts(export.asked_by).filter(pk=export.cohort_id).exists():
        raise PermissionDenied
    return kind.found(export.cohort, export.asked, export.asked_by).made[export.form]()
