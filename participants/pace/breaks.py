"""The days without lessons of a cohort. In them nothing is expected."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from participants.events.actions import decided
from participants.tracks.models import Cohort, CohortBreak


@transaction.atomic
def add(cohort, *, name, starts_on, ends_on, by):
    """New days off for ``cohort``; returns the CohortBreak.

    Raises PermissionDenied, and ValidationError: ``ends_before_it_starts``, ``outside`` the days
    of the cohort, ``overlaps``.
    """
    # Two at once: the second waits here, and sees the first.
    locked = _coordinated(Cohort.objects.select_for_update(of=["self"]), cohort, by)
    if ends_on < starts_on:
        raise ValidationError(
            _("De laatste dag ligt voor de eerste dag. Draai ze om."), code="ends_before_it_starts"
        )
    if starts_on > locked.ends_on or ends_on < locked.starts_on:
        raise ValidationError(
            _("Deze dagen liggen buiten de lichting. Kies andere dagen."), code="outside"
        )
    if locked.breaks.filter(starts_on__lte=ends_on, ends_on__gte=starts_on).exists():
        raise ValidationError(
            _("Er staan al vrije dagen in deze dagen. Kies andere dagen."), code="overlaps"
        )
    days = CohortBreak.objects.create(
        cohort=locked, name=name, starts_on=starts_on, ends_on=ends_on
    )
    decided("break_added", days, by=by)
    return days


@transaction.atomic
def remove(days, *, by):
    """Let these days count again."""
    _coordinated(Cohort.objects.all(), days.cohort, by)
    decided("break_removed", days, by=by)
    days.delete()


def _coordinated(cohorts, cohort, user):
    if not Cohort.objects.coordinated_by(user).filter(pk=cohort.pk).exists():
        raise PermissionDenied
    return cohorts.get(pk=cohort.pk)
