"""The private rows of a plan, and how sharing freezes one. Callers hold the plan.

A plan has at most two drafts: what is written on screen, and a file. The one that was touched
last is the newest version of the plan; what was shared is numbered 1, 2, 3 below them.
"""

from django.db.models import Max
from django.utils import timezone

from participants.events.actions import decided
from participants.files import storing
from participants.plans import refusals
from participants.plans.models import DevelopmentPlan, PlanVersion
from participants.plans.sections import nothing_written


def put(plan, by, **content):
    """The draft with ``content`` (a file or sections), as the newest version; made or changed."""
    newest = newest_number(plan.versions)
    is_written = content.get("file") is None
    draft = plan.versions.drafts().filter(file__isnull=is_written).first()
    if draft is None:
        return PlanVersion.objects.create(
            plan=plan, number=newest + 1, author=by, revision=1, **content
        )
    replaced = draft.file
    for name, value in content.items():
        setattr(draft, name, value)
    draft.number = draft.number if draft.number == newest else newest + 1
    draft.revision, draft.saved_at = draft.revision + 1, timezone.now()
    draft.save()
    _drop(replaced)
    return draft


def touch(plan, by):
    """The draft on top, begun from the newest version; so that a changed goal can be shared."""
    latest = plan.versions.select_related("file").latest()
    if latest is None:
        return put(plan, by, sections={})
    if not latest.is_shared:
        return latest
    return (
        put(plan, by, file=latest.file) if latest.file else put(plan, by, sections=latest.sections)
    )


def written(plan):
    """The draft that is typed on screen, or None."""
    return plan.versions.drafts().written().first()


def refuse_typed_elsewhere(draft, revision, window):
    """Raises ``changed`` when the draft was saved from another window since ``revision``.

    Of the window that saved last an answer may have been lost: it goes on.
    """
    same_window = bool(window) and draft is not None and draft.window == window
    if draft and revision is not None and draft.revision != revision and not same_window:
        raise refusals.typed_elsewhere()


def freeze(plan, version, by):
    """Share ``version`` as it is, with the goals of now: from here on it never changes.

    Raises ValidationError with code ``nothing_written``.
    """
    goals = [goal.as_shared for goal in plan.goals.standing()]
    if not (version.file_id or version.sections or goals):
        raise nothing_written()
    number = newest_number(plan.versions.shared()) + 1
    same = plan.versions.filter(pk=version.pk)
    same.update(number=0, shared_at=timezone.now(), goals=goals)  # out of the way
    plan.versions.drafts().update(number=number + 1)  # the one that may be left
    same.update(number=number)
    DevelopmentPlan.objects.filter(pk=plan.pk).update(status=DevelopmentPlan.Status.SHARED)
    decided("plan_shared", version, by=by)
    version.refresh_from_db()
    return version


def newest_number(versions):
    return versions.aggregate(number=Max("number"))["number"] or 0


def _drop(file):
    """Remove the file of a draft that was replaced, unless a shared version has it too."""
    if file and not file.plan_versions.exists():
        storing.remove(file)
