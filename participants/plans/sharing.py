"""Letting staff read a POP, and taking that back as long as nobody did."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from participants.events.actions import decided, subject_of
from participants.events.models import Event
from participants.files import serving
from participants.plans import drafts, locks, refusals
from participants.plans.models import DevelopmentPlan


@transaction.atomic
def share(plan, *, by):
    """Let staff read the latest version of one's own POP; returns that version, frozen.

    Raises PermissionDenied for anyone else, and ValidationError with code ``no_version``,
    ``already_shared``, ``nothing_written``, ``infected`` or ``is_complete``.
    """
    plan = _own(plan, by)
    version = plan.versions.latest()
    if version is None:
        raise ValidationError(
            _("Er is nog geen versie. Lever eerst een plan in."), code="no_version"
        )
    if version.is_shared:
        raise ValidationError(_("Deze versie was al gedeeld."), code="already_shared")
    if version.file:
        serving.refuse_infected(version.file)
    return drafts.freeze(plan, version, by)


@transaction.atomic
def unshare(plan, *, by):
    """Take the latest shared version of one's own POP back: it is a draft again.

    Raises PermissionDenied for anyone else, and ValidationError with code ``group_plan``,
    ``is_complete``, ``not_shared``, ``was_read`` (somebody of staff opened it) or ``has_draft``
    (a newer version was begun on top of it).
    """
    plan = _own(plan, by)
    if plan.is_group:
        raise refusals.group_plan()
    # Held: who opens it at this moment notes that first, or finds it gone.
    version = plan.versions.shared().select_for_update(of=("self",)).latest()
    if version is None:
        raise ValidationError(_("Je hebt nog niets gedeeld."), code="not_shared")
    if was_read(version):
        raise ValidationError(
            _("Je trainer heeft deze versie al gelezen. Je kunt wel een nieuwe versie delen."),
            code="was_read",
        )
    if plan.versions.drafts().exists():
        raise ValidationError(
            _("Je bent al aan een nieuwe versie begonnen. Deel die als hij klaar is."),
            code="has_draft",
        )
    decided("plan_unshared", version, by=by)
    version.shared_at, version.goals = None, []
    version.revision += 1
    version.save(update_fields=["shared_at", "goals", "revision"])
    if not plan.versions.shared().exists():
        DevelopmentPlan.objects.filter(pk=plan.pk).update(status=DevelopmentPlan.Status.DRAFT)
    return version


def was_read(version):
    """Whether somebody else opened ``version`` or said something about it."""
    reads = Event.objects.reads().filter(
        enrolment=version.plan.enrolment_id, subject=subject_of(version)
    )
    return reads.exists() or version.feedback.exists()


def _own(plan, by):
    locks.member(plan, by)
    plan = locks.held(plan)
    if plan.is_complete:
        raise refusals.is_complete()
    return plan
