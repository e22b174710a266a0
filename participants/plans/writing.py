"""What who writes a plan can do: begin it, and put something in it."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from participants.files import storing
from participants.plans import drafts, locks, refusals
from participants.plans.models import DevelopmentPlan
from participants.plans.sections import cleaned, nothing_written
from participants.tracks.models import Cohort

Kind, Status = DevelopmentPlan.Kind, DevelopmentPlan.Status


def plan_of(owner):
    """The POP of an Enrolment or the GOP of a Cohort; not saved as long as there is none."""
    facts = _facts(owner)
    # nosemgrep: unread-conditions - its keys are those of _facts
    return DevelopmentPlan.objects.filter(**facts).first() or DevelopmentPlan(**facts)


@transaction.atomic
def plan_for(owner, *, by):
    """The saved plan of an Enrolment (POP) or a Cohort (GOP), begun when there was none.

    Raises PermissionDenied unless ``by`` is the owner, or a member of the group.
    """
    plan = plan_of(owner)
    locks.member(plan, by)
    return plan if plan.pk else begun(plan)


def add_version(
    plan, *, by, upload=None, sections=None, based_on=None, revision=None, window="", share=False
):
    """The newest version of ``plan``: an ``upload`` (or a list of photos), or ``sections``.

    ``plan`` may be one of ``plan_of`` that is not saved yet. A version of a GOP is shared at
    once; of a POP when ``share`` says so, and until then it is the one draft of its sort.
    ``based_on`` is the number of the version that the writer began from (0: none); ``revision``
    and ``window`` are as for ``save_draft``. Raises PermissionDenied for who does not take part
    (any more), and ValidationError with code ``is_complete``, ``changed`` (someone else was
    first), ``one_of_two``, ``nothing_written``, or a code of ``sections.cleaned`` or
    ``files.refusals``; then nothing is left behind.
    """
    _refuse_before_reading(plan, by)
    if (not upload) == (sections is None):
        raise ValidationError(_("Kies een bestand of schrijf iets op."), code="one_of_two")
    if sections is not None:
        parts = cleaned(plan.kind, sections)
        if not parts and (plan.pk is None or not plan.goals.standing().exists()):
            raise nothing_written()
        facts = {"sections": parts, "window": window}
        return _add(plan, by, lambda: facts, based_on, share, revision)
    uploads = upload if isinstance(upload, (list, tuple)) else [upload]
    # Judging a large file takes a while: outside the locks.
    with storing.received_many(uploads) as received:
        return _add(plan, by, lambda: {"file": received.keep(by=by)}, based_on, share)


@transaction.atomic
def save_draft(plan, *, by, sections, revision=None, window=""):
    """Keep what the owner is typing in the POP; returns the draft, or None when nothing changed.

    ``revision`` is that of the draft that the writer had before them, ``window`` names where it
    is typed. Raises PermissionDenied for anyone else, and ValidationError with code
    ``group_plan``, ``is_complete``, ``changed`` (it was typed on somewhere else), or a code of
    ``sections.cleaned``.
    """
    parts = cleaned(plan.kind, sections)
    locks.member(plan, by)
    if plan.is_group:
        raise refusals.group_plan()
    if plan.pk is None and not parts:
        return None
    plan = locks.held(plan if plan.pk else begun(plan))
    if plan.is_complete:
        raise refusals.is_complete()
    latest = drafts.written(plan) or plan.versions.written().latest()
    if parts == (latest.sections if latest else {}):
        return None
    if not latest or not latest.is_shared:
        drafts.refuse_typed_elsewhere(latest, revision, window)
    return drafts.put(plan, by, sections=parts, window=window)


def begun(plan):
    """The saved row; when somebody of the group was first, that one."""
    facts = {"kind": plan.kind, "enrolment": plan.enrolment, "cohort": plan.cohort}
    return DevelopmentPlan.objects.get_or_create(**facts)[0]


def _facts(owner):
    if isinstance(owner, Cohort):
        return {"kind": Kind.GROUP, "cohort": owner}
    return {"kind": Kind.PERSONAL, "enrolment": owner}


def _refuse_before_reading(plan, by):
    """Asked again under the lock; here so that nobody's file is read for nothing."""
    if not plan.members().filter(participant=by).exists():
        raise PermissionDenied
    if DevelopmentPlan.objects.filter(pk=plan.pk, status=Status.COMPLETE).exists():
        raise refusals.is_complete()


@transaction.atomic
def _add(plan, by, content, based_on, share, revision=None):
    locks.member(plan, by)
    plan = locks.held(plan if plan.pk else begun(plan))
    if plan.is_complete:
        raise refusals.is_complete()
    if based_on not in (None, drafts.newest_number(plan.versions)):
        raise refusals.changed()
    facts = content()
    drafts.refuse_typed_elsewhere(drafts.written(plan), revision, facts.get("window", ""))
    version = drafts.put(plan, by, **facts)
    return drafts.freeze(plan, version, by) if share or plan.is_group else version
