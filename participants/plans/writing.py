"""What who writes a plan can do: begin it, add a version, share it; and what is said about it."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from participants.events.actions import decided
from participants.files import storing
from participants.plans import locks, refusals
from participants.plans.models import DevelopmentPlan, Feedback, PlanVersion
from participants.plans.sections import cleaned
from participants.tracks.models import Cohort

Kind, Status = DevelopmentPlan.Kind, DevelopmentPlan.Status
LONGEST_FEEDBACK = 4000


def plan_of(owner):
    """The POP of an Enrolment or the GOP of a Cohort; not saved as long as there is none."""
    facts = _facts(owner)
    return DevelopmentPlan.objects.filter(**facts).first() or DevelopmentPlan(**facts)


@transaction.atomic
def plan_for(owner, *, by):
    """The saved plan of an Enrolment (POP) or a Cohort (GOP), begun when there was none.

    Raises PermissionDenied unless ``by`` is the owner, or a member of the group.
    """
    plan = plan_of(owner)
    locks.member(plan, by)
    return plan if plan.pk else _begun(plan)


def add_version(plan, *, by, upload=None, sections=None, based_on=None, share=False):
    """The next version of ``plan``: an ``upload`` or written ``sections``; kept for good.

    ``plan`` may be one of ``plan_of`` that is not saved yet. A version of a GOP is shared at
    once; of a POP when ``share`` says so. ``based_on`` is the number of the version that the
    writer began from (0: none). Raises PermissionDenied for who does not take part (any more),
    and ValidationError with code ``is_complete``, ``changed`` (someone else was first),
    ``one_of_two``, or a code of ``sections.cleaned`` or ``files.refusals``; then nothing is
    left behind.
    """
    _refuse_before_reading(plan, by)
    if (upload is None) == (sections is None):
        raise ValidationError(_("Kies een bestand of schrijf iets op."), code="one_of_two")
    if upload is None:
        parts = cleaned(plan.kind, sections)
        return _add(plan, by, based_on, share, lambda: {"sections": parts})
    # Judging a large file takes a while: outside the locks.
    with storing.received(upload) as received:
        return _add(plan, by, based_on, share, lambda: {"file": received.keep(by=by)})


@transaction.atomic
def share(plan, *, by):
    """Let staff read the latest version of one's own POP; returns that version.

    Raises PermissionDenied for anyone else, and ValidationError with code ``no_version``,
    ``already_shared`` or ``is_complete``.
    """
    locks.member(plan, by)
    plan = locks.held(plan)
    if plan.is_complete:
        raise refusals.is_complete()
    version = plan.versions.latest()
    if version is None:
        raise ValidationError(
            _("Er is nog geen versie. Lever eerst een plan in."), code="no_version"
        )
    if version.is_shared:
        raise ValidationError(_("Deze versie was al gedeeld."), code="already_shared")
    _share(plan, version, by)
    return version


@transaction.atomic
def give_feedback(version, *, by, text, asks_for_more=False):
    """A remark on a shared version, by staff or by who owns the plan; only staff ask for more.

    Raises PermissionDenied for anyone else, and ValidationError with code ``not_shared``,
    ``text_missing``, ``text_too_long``; for a request ``is_complete`` or ``changed`` (there is
    a newer version to read).
    """
    plan = locks.held(version.plan)
    _refuse_who_may_not_speak(plan, by, asks_for_more)
    if not PlanVersion.objects.shared().filter(pk=version.pk).exists():
        raise ValidationError(_("Deel deze versie eerst. Dan lezen anders mee."), code="not_shared")
    if asks_for_more:
        _refuse_late_request(plan, version)
    return Feedback.objects.create(
        version=version, author=by, text=_judged(text), asks_for_more=asks_for_more
    )


def _facts(owner):
    if isinstance(owner, Cohort):
        return {"kind": Kind.GROUP, "cohort": owner}
    return {"kind": Kind.PERSONAL, "enrolment": owner}


def _begun(plan):
    """The saved row; when somebody of the group was first, that one."""
    facts = {"kind": plan.kind, "enrolment": plan.enrolment, "cohort": plan.cohort}
    return DevelopmentPlan.objects.get_or_create(**facts)[0]


def _refuse_before_reading(plan, by):
    """Asked again under the lock; here so that nobody's file is read for nothing."""
    if not plan.members().filter(participant=by).exists():
        raise PermissionDenied
    if DevelopmentPlan.objects.filter(pk=plan.pk, status=Status.COMPLETE).exists():
        raise refusals.is_complete()


@transaction.atomic
def _add(plan, by, based_on, share, content):
    locks.member(plan, by)
    plan = locks.held(plan if plan.pk else _begun(plan))
    if plan.is_complete:
        raise refusals.is_complete()
    latest = plan.versions.aggregate(number=Max("number"))["number"] or 0
    if based_on is not None and based_on != latest:
        raise refusals.changed()
    version = PlanVersion.objects.create(plan=plan, number=latest + 1, author=by, **content())
    if share or plan.is_group:
        _share(plan, version, by)
    return version


def _share(plan, version, by):
    version.shared_at = timezone.now()
    version.save(update_fields=["shared_at"])
    DevelopmentPlan.objects.filter(pk=plan.pk).update(status=Status.SHARED)
    decided("plan_shared", version, by=by)


def _refuse_who_may_not_speak(plan, by, asks_for_more):
    same = DevelopmentPlan.objects.filter(pk=plan.pk)
    if same.reviewable_by(by).exists():
        return
    if asks_for_more or not same.owned_by(by).exists():
        raise PermissionDenied


def _refuse_late_request(plan, version):
    if plan.is_complete:
        raise refusals.is_complete()
    if version.pk != plan.versions.shared().latest().pk:
        raise refusals.changed()


def _judged(text):
    text = text.strip()
    if not text:
        raise ValidationError(_("Schrijf op wat je wilt zeggen."), code="text_missing")
    if len(text) > LONGEST_FEEDBACK:
        raise ValidationError(
            _("Dit is te lang. Maak het korter dan %(most)d tekens."),
            code="text_too_long",
            params={"most": LONGEST_FEEDBACK},
        )
    return text
