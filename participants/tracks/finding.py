"""Finding the cohort that an address names."""

from django.core.exceptions import PermissionDenied
from django.db import models
from django.db.models import F
from django.http import Http404

from participants.once import Asker, Told
from participants.statements import Statement
from participants.tracks.models import Cohort, LearningTrack

NAMED = ("id", "name", "provider")  # what pages show of the track; the rest is asked for when read


def staffed(user, pk):
    """A cohort where ``user`` is staff; raises Http404 for every other."""
    if pk > models.BigIntegerField.MAX_BIGINT:
        raise Http404
    found = list(Cohort.objects.raw(*STAFFED.about(asker=user.pk, cohort=pk)))
    if not found:
        raise Http404
    [cohort] = found
    values = [getattr(cohort, f"track_{name}") for name in NAMED]
    cohort.track = LearningTrack.from_db(cohort._state.db, NAMED, values)
    return cohort


def coordinated(user, pk):
    """As ``staffed``; raises PermissionDenied where somebody else coordinates."""
    cohort = staffed(user, pk)
    if not Cohort.objects.coordinated_by(user).contains(cohort):
        raise PermissionDenied
    return cohort


def _staffed():
    """Asked by almost every page of staff, so its text is made once (docs/adr/0050)."""
    cohorts = Cohort.objects.staffed_by(Asker()).filter(pk=Told("cohort", TOLD["cohort"]))
    return cohorts.order_by().annotate(
        track_name=F("track__name"), track_provider=F("track__provider")
    )


TOLD = {"asker": models.BigIntegerField(), "cohort": models.BigIntegerField()}
STAFFED = Statement("staffed_cohort", _staffed, TOLD)
