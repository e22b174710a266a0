"""Lock first, then ask: rows as they are now, and nobody else's until the transaction ends.

All enrolments of a person are locked together, because one day is counted over all of them.
"""

from django.core.exceptions import PermissionDenied
from django.db import models

from participants.enrolments.models import Enrolment
from participants.hours.models import HourEntry
from participants.once import Told
from participants.statements import Statement


def own_enrolment(enrolment, by):
    """``enrolment`` of ``by``, held; raises PermissionDenied when it is somebody else's."""
    for own in Enrolment.objects.raw(*OWN.about(person=by.pk)):
        if own.pk == enrolment.pk:
            return own
    raise PermissionDenied


def staffed_enrolment(enrolment, by):
    """``enrolment`` of a cohort of ``by``, held; raises PermissionDenied when it is not."""
    _hold({enrolment.participant_id})
    if found := Enrolment.objects.staffed_by(by).filter(pk=enrolment.pk).first():
        return found
    raise PermissionDenied


def own(entry, by):
    """``entry`` of ``by``, held; raises PermissionDenied when it is somebody else's."""
    return held(HourEntry.objects.owned_by(by), {entry.pk})[entry.pk]


def hold_people(keys):
    """Lock the enrolments of whose hours these are, for who has more to lock after them."""
    people = HourEntry.objects.filter(pk__in=keys).values_list("enrolment__participant", flat=True)
    _hold(set(people))


def held(rows, keys):
    """``{pk: entry}`` for all ``keys``; raises PermissionDenied when ``rows`` lacks one."""
    hold_people(keys)
    wanted = rows.filter(pk__in=keys).select_related(
        "enrolment__cohort",
        "corrects",
        "reviewed_by",
        "confirmed_by",
        "training_choice__training",
        "placement",
    )
    found = {entry.pk: entry for entry in wanted.select_for_update(of=("self",)).order_by("pk")}
    if len(found) < len(keys):
        raise PermissionDenied
    return found


def _hold(people):
    list(_locked(Enrolment.objects.filter(participant__in=people)).values_list("pk"))


def _locked(enrolments):
    # Not the key itself: whoever only refers to an enrolment need not wait.
    return enrolments.order_by("pk").select_for_update(no_key=True)


def _own():
    """All of one person, with what the rules read of them.

    A row for which this had to wait comes as it is now; what stands in another table would come
    from before the wait (``facts`` asks that afterwards).
    """
    read = ("participant", "cohort", "status", "starts_on", "ends_on")
    read += ("entries_from", "entries_until")
    return _locked(Enrolment.objects.filter(participant=Told("person", PERSON)).only(*read))


PERSON = models.BigIntegerField()
OWN = Statement("own_enrolments", _own, {"person": PERSON})
