"""What staff decide about a plan: that it is complete, or open again. Its content is not theirs."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from participants.events.actions import decided
from participants.plans import locks, refusals
from participants.plans.models import DevelopmentPlan

Status = DevelopmentPlan.Status


@transaction.atomic
def complete(plan, *, by, version=None):
    """Confirm that the latest shared version of ``plan`` is complete, and lock it.

    ``version`` is the number of the version that was read. Raises PermissionDenied for who may
    not (nobody completes the own plan), and ValidationError with code ``no_shared_version``,
    ``changed`` (another version came) or ``is_complete`` (somebody was first).
    """
    plan = locks.reviewable(plan, by)
    latest = plan.versions.shared().latest()
    if latest is None:
        raise ValidationError(_("Er is nog geen versie gedeeld."), code="no_shared_version")
    if version is not None and version != latest.number:
        raise refusals.changed()
    # One conditional UPDATE, whatever was locked: of two who confirm exactly one does.
    same = DevelopmentPlan.objects.filter(pk=plan.pk, status=Status.SHARED)
    facts = {"completed_version": latest, "completed_at": timezone.now(), "completed_by": by}
    if not same.update(status=Status.COMPLETE, **facts):
        raise ValidationError(_("Dit plan was al compleet."), code="is_complete")
    decided("plan_completed", plan, by=by)
    plan.refresh_from_db()
    return plan


@transaction.atomic
def reopen(plan, *, by, endorsements=None):
    """Open a complete plan, so that a new version can come.

    Who endorsed the GOP stays behind the version that was completed; that lapses when another
    version is completed. ``endorsements`` is how many of them the person saw. Raises
    PermissionDenied for who may not, and ValidationError with code ``not_complete``, ``changed``
    (more or fewer stand by now) or ``interview_is_final`` (a POP after a passed interview).
    """
    plan = locks.held(plan)
    if not DevelopmentPlan.objects.reopenable_by(by).filter(pk=plan.pk).exists():
        raise PermissionDenied
    if not plan.is_complete:
        raise refusals.not_complete()
    if endorsements not in (None, endorsements_of(plan)):
        raise ValidationError(
            _("Er staan net meer of minder mensen achter het plan. Kijk het nog eens na."),
            code="changed",
        )
    _refuse_after_interview(plan)
    nothing = {"completed_version": None, "completed_at": None, "completed_by": None}
    DevelopmentPlan.objects.filter(pk=plan.pk).update(status=Status.SHARED, **nothing)
    decided("plan_reopened", plan, by=by)
    plan.refresh_from_db()
    return plan


def endorsements_of(plan):
    """How many endorsements stand on the version that was completed; 0 for an open plan."""
    return plan.completed_version.endorsements.count() if plan.completed_version else 0


def _refuse_after_interview(plan):
    if plan.is_group:
        return
    if plan.enrolment.interviews.filter(status="final", result="pass").exists():
        raise ValidationError(
            _("Het eindgesprek is behaald. Dit plan blijft zoals het toen was."),
            code="interview_is_final",
        )
