"""Around an application: until when one may apply, and what a coordinator notes for oneself."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from participants.enrolments.applications import IntakeNote
from participants.enrolments.locking import lock_coordinated
from participants.events.actions import decided
from participants.tracks.models import Cohort


@transaction.atomic
def open_applications(cohort, until, *, by):
    """Let anyone apply for ``cohort`` up to and including ``until``; None takes it off the list.

    A day that is over closes it. Raises PermissionDenied unless ``by`` coordinates the cohort.
    """
    same = Cohort.objects.coordinated_by(by).filter(pk=cohort.pk)
    if not same.exists():
        raise PermissionDenied
    Cohort.objects.filter(pk=cohort.pk).update(applications_until=until)
    decided("applications_opened" if until else "applications_closed", cohort, by=by)


@transaction.atomic
def note(enrolment, text, *, by):
    """Keep ``text`` in place of what stood there; nothing takes it away. For coordinators only."""
    locked = lock_coordinated(enrolment, by)
    text = text.strip()
    if text:
        written = {"text": text, "written_by": by, "written_at": timezone.now()}
        IntakeNote.objects.update_or_create(enrolment=locked, defaults=written)
    else:
        IntakeNote.objects.filter(enrolment=locked).delete()
    # What it says stands in the note alone, which goes when it has to.
    decided("intake_noted", locked, by=by)
