"""The goals in one's own POP: a list with what can be done, and a page for each."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from participants import kept
from participants.plans import actions, own
from participants.plans.finding import writable
from participants.plans.forms import GoalForm
from participants.plans.goal import MOST_GOALS, LearningGoal


@require_GET
def goals(request, enrolment):
    """The goals as they are now; what was taken away can come back."""
    plan = writable(request.user, own.POP, enrolment)
    rows = list(plan.goals.standing()) if plan.pk else []
    context = {
        "goals": rows,
        "gone": plan.goals.archived() if plan.pk and not plan.is_complete else [],
        "states": LearningGoal.State.choices,
        "enrolment": enrolment,
        "can_write": not plan.is_complete,
        "can_add": not plan.is_complete and len(rows) < MOST_GOALS,
    }
    return render(request, "participants/plans/goals.html", context)


def add(request, enrolment):
    plan = writable(request.user, own.POP, enrolment)
    key = f"goal-new-{enrolment}"
    form = GoalForm(request.POST or None, initial=kept.initial(request.user, key))
    if form.is_valid():
        try:
            actions.add_goal(plan, by=request.user, **form.cleaned_data)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            kept.forget(request.user, key)
            messages.success(request, _("Je leerdoel staat erbij. Alleen jij ziet het nog."))
            return redirect("plans:goals", enrolment)
    return form_page(request, form, key, enrolment, _("Een nieuw leerdoel"))


def change(request, pk):
    goal = own_goal(request, pk)
    key = f"goal-{pk}"
    first = kept.initial(request.user, key)
    form = GoalForm(request.POST or None, instance=goal, initial=first)
    if form.is_valid():
        try:
            actions.change_goal(goal, by=request.user, **form.cleaned_data)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            kept.forget(request.user, key)
            messages.success(
                request, _("Je leerdoel is veranderd. Deel je plan als je klaar bent.")
            )
            return to_goals(goal)
    title = _("Leerdoel %d") % goal.position if goal.position else _("Leerdoel")
    return form_page(request, form, key, goal.plan.enrolment_id, title)


@require_POST
def state(request, pk):
    goal = own_goal(request, pk)
    said = _("Leerdoel %(place)s: %(state)s.")
    return done(
        request,
        goal,
        lambda: actions.set_goal_state(goal, request.POST.get("state", ""), by=request.user),
        lambda: said % {"place": goal.position, "state": goal.get_state_display()},
    )


@require_POST
def move(request, pk):
    goal, to = own_goal(request, pk), request.POST.get("position", "")
    position = int(to) if to.isdecimal() else 0
    return done(
        request,
        goal,
        lambda: actions.move_goal(goal, position, by=request.user),
        lambda: _("Dit is nu leerdoel %d.") % goal.position,
    )


@require_POST
def remove(request, pk):
    goal = own_goal(request, pk)
    return done(
        request,
        goal,
        lambda: actions.remove_goal(goal, by=request.user),
        lambda: _("Je leerdoel is weggehaald. Onderaan kun je het terugzetten."),
    )


@require_POST
def restore(request, pk):
    goal = own_goal(request, pk)
    return done(
        request,
        goal,
        lambda: actions.restore_goal(goal, by=request.user),
        lambda: _("Je leerdoel staat er weer."),
    )


def done(request, goal, act, said):
    """Perform ``act`` and say so, or why not now; back to the goals."""
    try:
        act()
        messages.success(request, said())
    except ValidationError as refusal:
        messages.error(request, refusal.message)
    return to_goals(goal)


def own_goal(request, pk):
    rows = LearningGoal.objects.owned_by(request.user).select_related("plan__enrolment")
    return get_object_or_404(rows, pk=pk)


def to_goals(goal):
    return redirect("plans:goals", goal.plan.enrolment_id)


def form_page(request, form, key, enrolment, title):
    kept_at = None if form.is_bound else kept.when(request.user, key)
    context = {
        "form": form,
        "key": key,
        "kept_at": kept_at,
        "enrolment": enrolment,
        "title": title,
    }
    return render(request, "participants/plans/goal.html", context)
