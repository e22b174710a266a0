"""Writes the file of a Bundle, and removes it after its day."""

from django.utils import timezone

from certificates import exports
from certificates.ceremonies.models import Bundle
from participants.longwork import Shelf

SHELF = Shelf("bundles", Bundle)
opened, folder = SHELF.opened, SHELF.folder


def carry_out(pk):
    """Write the Bundle with this key from its beginning, unless somebody else is at it."""
    SHELF.fill(pk, _pieces, each=_each)


def sweep():
    """Remove every file whose day is over, and what a killed worker left; how many rows went."""
    expired = Bundle.objects.filter(expires_at__lt=timezone.now())
    gone, _per_model = expired.delete()
    SHELF.sweep()
    return gone


def _pieces(bundle):
    return exports.pieces(bundle.cohort, bundle.kind, by=bundle.asked_by, told=bundle.told)


def _each(bundle):
    """How many certificates are in a piece."""
    return 0.5 if bundle.kind == Bundle.Kind.ZIP else 1
