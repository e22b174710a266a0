"""What can happen to learning places and placements. All of it is the coordinator's.

Nobody places themselves. What cannot be (a last day before the first, a place that is listed
already) is a ValidationError by the fields and constraints of the models.
"""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from participants.accounts.models import Role
from participants.enrolments.locking import lock_coordinated
from participants.events.actions import decided
from participants.placements import supervising
from participants.placements.models import LearningPlace, Placement


@transaction.atomic
def add_place(*, by, **facts):
    """A new learning place; ``facts`` are fields of LearningPlace.

    Raises PermissionDenied unless ``by`` is a coordinator of some cohort.
    """
    if not Role.objects.of(by, Role.Kind.COORDINATOR).exists():
        raise PermissionDenied
    place = LearningPlace(**facts)
    place.full_clean()
    place.save()
    decided("learning_place_added", place, by=by)
    return place


@transaction.atomic
def place(enrolment, *, by, supervisor_name, supervisor_email="", supervisor_phone="", **facts):
    """A placement of ``enrolment``; ``facts`` are fields of Placement.

    The supervisor is who has this address already, else somebody new. Raises PermissionDenied
    unless ``by`` coordinates the enrolment, and ValidationError for a last day before the first,
    a second open placement at the same place, and what ``supervising.found`` raises.
    """
    enrolment = lock_coordinated(enrolment, by)
    person = {"name": supervisor_name, "email": supervisor_email, "phone": supervisor_phone}
    supervisor = supervising.found(enrolment, by=by, **person)
    placement = Placement(enrolment=enrolment, supervisor=supervisor, **facts)
    placement.full_clean()
    placement.save()
    decided("placed", placement, by=by)
    return placement


@transaction.atomic
def supervise(placement, *, by, name, email="", phone=""):
    """Somebody else guides at this placement from now on; hours that wait go to that one.

    Raises PermissionDenied unless ``by`` coordinates the enrolment, and ValidationError
    as ``supervising.found`` does.
    """
    enrolment = lock_coordinated(placement.enrolment, by)
    placement.supervisor = supervising.found(enrolment, by=by, name=name, email=email, phone=phone)
    placement.save(update_fields=["supervisor"])
    decided("supervisor_chosen", placement, by=by)
    return placement


@transaction.atomic
def end(placement, *, by, on):
    """``on`` becomes the last day of ``placement``.

    Raises PermissionDenied unless ``by`` coordinates the enrolment, and ValidationError
    (``already_ended``) when its last day has passed; a last day to come can be moved.
    """
    lock_coordinated(placement.enrolment, by)
    placement = Placement.objects.select_related("place").get(pk=placement.pk)
    if not placement.is_open:
        raise ValidationError(_("Deze plaatsing was al afgelopen."), code="already_ended")
    placement.ends_on = on
    placement.full_clean()
    placement.save(update_fields=["ends_on"])
    decided("placement_ended", placement, by=by)
    return placement
