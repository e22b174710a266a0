"""'Ik sta achter dit plan': a member about the GOP that was completed."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from participants.events.actions import decided
from participants.plans import locks, refusals
from participants.plans.models import Endorsement


@transaction.atomic
def endorse(plan, *, by, version=None):
    """Stand behind the completed version of the GOP of one's own group.

    ``version`` is the number of the version that was read. Raises PermissionDenied for who is
    no member, and ValidationError with code ``not_complete``, ``changed`` (another version was
    completed) or ``already_endorsed``.
    """
    enrolment = locks.member(plan, by)
    return _endorsed(_complete(plan, version), enrolment, by, on_paper=False)


@transaction.atomic
def unendorse(plan, *, by):
    """Take back one's own endorsement, also one that was given on paper.

    Raises PermissionDenied for who is no member, and ValidationError with code ``not_complete``
    or ``not_endorsed``.
    """
    enrolment = locks.member(plan, by)
    plan = _complete(plan, None)
    given = plan.completed_version.endorsements.filter(enrolment=enrolment).first()
    if given is None:
        raise ValidationError(_("Je staat nog niet achter dit plan."), code="not_endorsed")
    decided("plan_endorsement_withdrawn", given, by=by)
    given.delete()


@transaction.atomic
def record_paper_endorsement(plan, enrolment, *, by):
    """Note that a member endorsed the completed GOP on paper.

    Raises PermissionDenied for who may not complete this plan, and ValidationError with code
    ``not_complete``, ``not_a_member`` or ``already_endorsed``.
    """
    # Before the plan, as who endorses on screen does.
    member = plan.members().filter(pk=enrolment.pk).select_for_update(no_key=True).first()
    plan = locks.reviewable(plan, by)
    if member is None:
        raise ValidationError(_("Kies iemand die nu in deze groep zit."), code="not_a_member")
    return _endorsed(_complete(plan, None), member, by, on_paper=True)


@transaction.atomic
def withdraw_paper_endorsement(plan, enrolment, *, by, reason=""):
    """Take back an endorsement that was noted from paper: a name was misread.

    Raises PermissionDenied for who may not complete this plan, and ValidationError with code
    ``not_complete`` or ``not_endorsed`` (none, or given by the member on screen).
    """
    type(enrolment).objects.select_for_update(no_key=True).get(pk=enrolment.pk)
    plan = _complete(locks.reviewable(plan, by), None)
    given = plan.completed_version.endorsements.filter(enrolment=enrolment, on_paper=True).first()
    if given is None:
        raise ValidationError(_("Deze instemming staat er niet meer."), code="not_endorsed")
    decided("plan_paper_endorsement_withdrawn", given, by=by, reason=reason)
    given.delete()


def _complete(plan, version):
    plan = locks.held(plan)
    if not (plan.is_group and plan.is_complete):
        raise refusals.not_complete()
    if version is not None and version != plan.completed_version.number:
        raise refusals.changed()
    return plan


def _endorsed(plan, enrolment, by, *, on_paper):
    given, is_new = Endorsement.objects.get_or_create(
        version=plan.completed_version,
        enrolment=enrolment,
        defaults={"recorded_by": by, "on_paper": on_paper},
    )
    if not is_new:
        raise ValidationError(_("Deze instemming staat er al."), code="already_endorsed")
    decided("plan_endorsed_on_paper" if on_paper else "plan_endorsed", given, by=by)
    return given
