"""Lock first, then ask: rows as they are now, held until the transaction ends.

The order is always an enrolment, then the plan: issuing a certificate locks an enrolment too.
"""

from django.core.exceptions import PermissionDenied

from participants.enrolments.models import Enrolment
from participants.plans.models import DevelopmentPlan


def held(plan):
    """``plan`` as it is now; of a POP its enrolment is held as well."""
    if plan.enrolment_id:
        Enrolment.objects.select_for_update(no_key=True).get(pk=plan.enrolment_id)
    return DevelopmentPlan.objects.select_for_update().get(pk=plan.pk)


def member(plan, by):
    """The enrolment with which ``by`` takes part in ``plan``, held; else PermissionDenied."""
    found = plan.members().filter(participant=by).select_for_update(no_key=True).first()
    if found is None:
        raise PermissionDenied
    return found


def reviewable(plan, by):
    """``plan``, held; PermissionDenied for who may not comment on it and complete it."""
    locked = held(plan)
    if not DevelopmentPlan.objects.reviewable_by(by).filter(pk=plan.pk).exists():
        raise PermissionDenied
    return locked
