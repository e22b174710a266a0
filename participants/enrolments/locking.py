"""Lock an enrolment first, then ask what may happen to it (docs/adr: lock first)."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from participants.enrolments.models import Enrolment


def lock(enrolment):
    """The row of ``enrolment`` as it is now, held until the transaction ends."""
    return Enrolment.objects.select_for_update().get(pk=enrolment.pk)


def lock_coordinated(enrolment, by):
    """The locked row; raises PermissionDenied unless ``by`` decides about it."""
    locked = lock(enrolment)
    if not Enrolment.objects.coordinated_by(by).filter(pk=locked.pk).exists():
        raise PermissionDenied
    return locked


def given(reason):
    """``reason`` without space around it; raises ValidationError (code ``reason_needed``)."""
    if not reason.strip():
        raise ValidationError(_("Schrijf op waarom."), code="reason_needed")
    return reason.strip()
