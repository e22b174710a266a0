"""Lock first, then ask: rows as they are now, and nobody else's until the transaction ends.

All enrolments of a person are locked together, because one day is counted over all of them.
"""

from django.core.exceptions import PermissionDenied

from participants.enrolments.models import Enrolment
from participants.hours.models import HourEntry


def own_enrolment(enrolment, by):
    """``enrolment`` of ``by``, held; raises PermissionDenied when it is somebody else's."""
    _lock({by.pk})
    rows = Enrolment.objects.filter(participant=by).select_related("cohort")
    if found := rows.filter(pk=enrolment.pk).first():
        return found
    raise PermissionDenied


def staffed_enrolment(enrolment, by):
    """``enrolment`` of a cohort of ``by``, held; raises PermissionDenied when it is not."""
    _lock({enrolment.participant_id})
    rows = Enrolment.objects.staffed_by(by).select_related("cohort")
    if found := rows.filter(pk=enrolment.pk).first():
        return found
    raise PermissionDenied


def own(entry, by):
    """``entry`` of ``by``, held; raises PermissionDenied when it is somebody else's."""
    return held(HourEntry.objects.owned_by(by), {entry.pk})[entry.pk]


def hold_people(keys):
    """Lock the enrolments of whose hours these are, for who has more to lock after them."""
    people = HourEntry.objects.filter(pk__in=keys).values_list("enrolment__participant", flat=True)
    _lock(set(people))


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


def _lock(people):
    rows = Enrolment.objects.filter(participant__in=people).order_by("pk")
    # Not the key itself: whoever only refers to an enrolment need not wait.
    list(rows.select_for_update(no_key=True).values_list("pk"))
