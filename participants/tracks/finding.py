"""Finding the cohort that an address names."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404

from participants.tracks.models import Cohort


def staffed(user, pk):
    """A cohort where ``user`` is staff; raises Http404 for every other."""
    return get_object_or_404(Cohort.objects.staffed_by(user).select_related("track"), pk=pk)


def coordinated(user, pk):
    """As ``staffed``; raises PermissionDenied where somebody else coordinates."""
    cohort = staffed(user, pk)
    if not Cohort.objects.coordinated_by(user).contains(cohort):
        raise PermissionDenied
    return cohort
