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
    _refuse_others(by)
    place = LearningPlace(**facts)
    place.full_clean()
    place.save()
    decided("learning_place_added", place, by=by)
    return place


@transaction.atomic
def change_place(place, *, by, **facts):
    """Other ``facts`` of ``place``: how it is called, or where it is. Who works there stays.

    Raises PermissionDenied unless ``by`` is a coordinator of some cohort, and ValidationError
    (``closed``) for one that was closed.
    """
    place = _held(place, by)
    if not place.is_active:
        raise ValidationError(_("Deze leerplek is gesloten. Open hem eerst weer."), code="closed")
    if all(getattr(place, name) == fact for name, fact in facts.items()):
        return place
    for name, fact in facts.items():
        setattr(place, name, fact)
    place.full_clean()
    place.save()
    decided("learning_place_changed", place, by=by)
    return place


@transaction.atomic
def close_place(place, *, by):
    """Nobody is placed there any more; what was, stays as it was.

    Raises PermissionDenied unless ``by`` is a coordinator of some cohort, and ValidationError:
    ``already_closed``, or ``in_use`` while somebody works there or is going to.
    """
    place = _held(place, by)
    if not place.is_active:
        raise ValidationError(_("Deze leerplek was al gesloten."), code="already_closed")
    if place.placements.open().exists():
        raise ValidationError(
            _("Hier werkt nog iemand. Kies eerst een laatste dag voor wie hier werkt."),
            code="in_use",
        )
    place.is_active = False
    place.save(update_fields=["is_active"])
    decided("learning_place_closed", place, by=by)
    return place


@transaction.atomic
def open_place(place, *, by):
    """People can be placed there again. Raises as ``close_place``, and ``already_open``."""
    place = _held(place, by)
    if place.is_active:
        raise ValidationError(_("Deze leerplek is al open."), code="already_open")
    place.is_active = True
    place.save(update_fields=["is_active"])
    decided("learning_place_opened", place, by=by)
    return place


@transaction.atomic
def place(enrolment, *, by, supervisor_name, supervisor_email="", supervisor_phone="", **facts):
    """A placement of ``enrolment``; ``facts`` are fields of Placement.

    The supervisor is who has this address already, else somebody new. Raises PermissionDenied
    unless ``by`` coordinates the enrolment, and ValidationError for a last day before the first,
    a second open placement at the same place, a place that is ``closed``, and what
    ``supervising.found`` raises.
    """
    enrolment = lock_coordinated(enrolment, by)
    person = {"name": supervisor_name, "email": supervisor_email, "phone": supervisor_phone}
    supervisor = supervising.found(enrolment, by=by, **person)
    _refuse_closed(facts["place"])
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


def _refuse_others(by):
    if not Role.objects.of(by, Role.Kind.COORDINATOR).exists():
        raise PermissionDenied


def _held(place, by):
    """The row as it is now, held until the transaction ends; nobody is placed there meanwhile."""
    _refuse_others(by)
    return LearningPlace.objects.select_for_update(no_key=True).get(pk=place.pk)


def _refuse_closed(place):
    # Held, so that it does not close between this look and the placement.
    if (
        not LearningPlace.objects.select_for_update(no_key=True)
        .in_use()
        .filter(pk=place.pk)
        .exists()
    ):
        raise ValidationError(_("Deze leerplek is gesloten. Kies een andere."), code="closed")
