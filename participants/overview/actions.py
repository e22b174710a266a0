"""What can happen to an overview: it leaves the house."""

from django.core.exceptions import PermissionDenied

from participants.enrolments.models import Enrolment
from participants.events.actions import decided
from participants.tracks.models import Cohort


def export(cohort, *, by):
    """The people of ``cohort`` for a file, noted in the events.

    Raises PermissionDenied unless ``by`` coordinates the cohort.
    """
    if not Cohort.objects.coordinated_by(by).filter(pk=cohort.pk).exists():
        raise PermissionDenied
    decided("overview_exported", cohort, by=by)
    return Enrolment.objects.visible_to(by).filter(cohort=cohort)
