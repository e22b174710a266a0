"""Uploaded files: gone with what they hang on, unless they hang on something of others too."""

from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.db.models import ProtectedError

from participants.files.models import StoredFile
from participants.hours.proofs import HourProof
from participants.plans.models import PlanVersion


def of_enrolments(enrolments):
    """The keys of the files that hang on ``enrolments``, whoever added them."""
    proofs = HourProof.objects.filter(entry__enrolment__in=enrolments)
    versions = PlanVersion.objects.filter(plan__enrolment__in=enrolments, file__isnull=False)
    return {
        *proofs.values_list("file", flat=True),
        *versions.values_list("file", flat=True),
    }


def of_plans(plans):
    """The keys of the files that are versions of ``plans``."""
    versions = PlanVersion.objects.filter(plan__in=plans, file__isnull=False)
    return set(versions.values_list("file", flat=True))


def owned(user):
    """The keys of all files of ``user``."""
    return set(StoredFile.objects.filter(owner=user).values_list("pk", flat=True))


def let_go(keys):
    """Take away the rows that nothing leans on any more; their bytes go when this comes through.

    Returns how many. What stays is called by its kind: a name that was typed may be a person's.
    """
    gone = [path for path in map(_gone, StoredFile.objects.filter(pk__in=keys)) if path]
    transaction.on_commit(lambda: remove(gone))
    return len(gone)


def remove(paths):
    """Remove these files under MEDIA_ROOT; those that are gone already, are gone."""
    for path in paths:
        (Path(settings.MEDIA_ROOT) / path).unlink(missing_ok=True)


def _gone(stored):
    path = stored.path
    try:
        with transaction.atomic():
            stored.delete()
    except ProtectedError:
        StoredFile.objects.filter(pk=stored.pk).update(name=f"bestand.{stored.kind}")
        return None
    return path
