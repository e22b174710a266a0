"""One to five goals in a POP: their owner adds, changes, orders and takes away.

A changed goal is shared with the next version; how far it is, is the owner's to say at any time.
"""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from participants.plans import drafts, locks, refusals
from participants.plans.goal import MOST_GOALS, LearningGoal
from participants.plans.writing import begun

LONGEST_WHAT, LONGEST = 300, 2000


@transaction.atomic
def add_goal(plan, *, by, **content):
    """A new last goal in one's own POP, which may not have begun yet.

    ``content``: what, why, actions, until, how_seen, state. Raises PermissionDenied for anyone
    else, and ValidationError with code ``group_plan``, ``is_complete``, ``five_goals``,
    ``goal_missing`` or ``goal_too_long``.
    """
    content = _judged(content)
    plan = _open(plan, by)
    goal = LearningGoal.objects.create(plan=plan, position=_last(plan), **content)
    drafts.touch(plan, by)
    return goal


@transaction.atomic
def change_goal(goal, *, by, **content):
    """Say one's own goal in other words; ``content`` and refusals as for ``add_goal``."""
    content = _judged({"what": goal.what, **content})
    plan = _open(goal.plan, by)
    plan.goals.filter(pk=goal.pk).update(**content)
    drafts.touch(plan, by)
    goal.refresh_from_db()
    return goal


@transaction.atomic
def set_goal_state(goal, state, *, by):
    """How far one is with the own goal, also when the plan is complete.

    Raises PermissionDenied for anyone else, and ValidationError with code ``unknown_state``.
    """
    if state not in LearningGoal.State.values:
        raise ValidationError(_("Kies hoe ver je bent."), code="unknown_state")
    locks.member(goal.plan, by)
    LearningGoal.objects.filter(pk=goal.pk).update(state=state)
    goal.refresh_from_db()
    return goal


@transaction.atomic
def move_goal(goal, position, *, by):
    """Put one's own goal at ``position`` (1 is first); the others make room.

    Raises PermissionDenied for anyone else, and ValidationError with code ``is_complete``,
    ``unknown_position`` or ``goal_is_gone``.
    """
    plan = _open(goal.plan, by)
    order = [one.pk for one in plan.goals.standing()]
    if goal.pk not in order:
        raise _gone()
    if not 1 <= position <= len(order):
        raise ValidationError(_("Deze plek is er niet."), code="unknown_position")
    order.remove(goal.pk)
    order.insert(position - 1, goal.pk)
    _number(plan, order)
    drafts.touch(plan, by)
    goal.refresh_from_db()
    return goal


@transaction.atomic
def remove_goal(goal, *, by):
    """Take one's own goal away; ``restore_goal`` brings it back. Refusals as for ``move_goal``."""
    plan = _open(goal.plan, by)
    standing = plan.goals.standing().filter(pk=goal.pk)
    if not standing.update(archived_at=timezone.now(), position=None):
        raise _gone()
    _number(plan, [one.pk for one in plan.goals.standing()])
    drafts.touch(plan, by)


@transaction.atomic
def restore_goal(goal, *, by):
    """Bring a goal back that was taken away, as the last; refusals as for ``add_goal``."""
    plan = _open(goal.plan, by)
    if plan.goals.archived().filter(pk=goal.pk).exists():
        plan.goals.filter(pk=goal.pk).update(archived_at=None, position=_last(plan))
        drafts.touch(plan, by)
    goal.refresh_from_db()
    return goal


def _open(plan, by):
    locks.member(plan, by)
    if plan.is_group:
        raise refusals.group_plan()
    plan = locks.held(plan if plan.pk else begun(plan))
    if plan.is_complete:
        raise refusals.is_complete()
    return plan


def _last(plan):
    """The place after the last goal."""
    count = plan.goals.standing().count()
    if count >= MOST_GOALS:
        raise ValidationError(
            _("Je hebt al vijf leerdoelen. Haal er eerst één weg."), code="five_goals"
        )
    return count + 1


def _number(plan, order):
    """Number the goals in ``order`` from 1; out of the way first, so that no two share a place."""
    plan.goals.filter(pk__in=order).update(archived_at=timezone.now(), position=None)
    for place, pk in enumerate(order, start=1):
        plan.goals.filter(pk=pk).update(archived_at=None, position=place)


def _judged(content):
    """``content`` without spaces around it; raises for what is missing or too long."""
    content = {
        name: value.strip() if isinstance(value, str) else value for name, value in content.items()
    }
    if not content.get("what"):
        raise ValidationError(_("Schrijf op wat je wilt leren."), code="goal_missing")
    for name, value in content.items():
        most = LONGEST_WHAT if name == "what" else LONGEST
        if isinstance(value, str) and len(value) > most:
            raise ValidationError(
                _("Dit is te lang. Maak het korter dan %(most)d tekens."),
                code="goal_too_long",
                params={"most": most},
            )
    return content


def _gone():
    return ValidationError(_("Dit leerdoel is al weggehaald."), code="goal_is_gone")
