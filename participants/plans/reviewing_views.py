"""The pages of staff: which plans wait, reading one, saying something, confirming."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from participants.plans import actions, beside, own, reading
from participants.plans.filters import PlanFilter
from participants.plans.finding import own_key, seen
from participants.plans.forms import CompletionForm, FeedbackForm, ReopeningForm
from participants.plans.models import DevelopmentPlan

A_PAGE = 30


def listing(request):
    """All plans of others, what waits for the reader first."""
    user = request.user
    plans = DevelopmentPlan.objects.visible_to(user).of_others(user)
    chosen = PlanFilter(request.GET or None, queryset=plans, request=request)
    rows = reading.waiting_first(chosen.qs, user).select_related(
        "enrolment__participant", "enrolment__cohort", "cohort"
    )
    return render(
        request,
        "participants/plans/list.html",
        {
            "filter": chosen,
            "page": Paginator(rows, A_PAGE).get_page(request.GET.get("page")),
            "waiting": plans.awaiting_review().reviewable_by(user).count(),
            "takes_part": user.enrolments.admitted().exists(),
        },
    )


@require_GET
def detail(request, pk):
    """One plan for who reads along; who writes it goes to the own page."""
    plan = seen(request, pk)
    if plan.owned:
        return redirect(f"{reverse('plans:mine')}#{own_key(plan, request.user)}")
    return detail_page(request, plan)


def detail_page(request, plan, sent=None):
    """``plan`` with the latest shared version beside the one before; ``sent`` as in ``beside``."""
    shared = [version for version in plan.seen_versions if version.is_shared]
    # What is shown is noted first, and what its owner just took back is not shown.
    shown = reading.opened(shared[:2], by=request.user)
    versions = [*shown, *shared[2:]] if len(shown) == len(shared[:2]) else shown
    context = {
        "plan": plan,
        **beside.page(plan, versions, sent),
        "endorsements": endorsements(plan),
    }
    return render(request, "participants/plans/detail.html", context)


@require_http_methods(["GET", "POST"])
def feedback(request, pk):
    """A remark by staff, or a reply of who owns the plan."""
    plan = seen(request, pk)
    if request.method == "GET":  # who reloads after a refusal, or had to log in again
        return redirect("plans:detail", pk)
    form = remark_form(request, plan)
    if form.is_valid():
        try:
            give(plan, form, request.user)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("Je reactie staat erbij."))
            return redirect("plans:detail", pk)
    return own_or_detail(request, plan, form)


def remark_form(request, plan):
    """The form as it was sent, under the key that it has on its page."""
    answers = request.POST.get("answers", "")
    answers = int(answers) if answers.isdecimal() else None
    number = request.POST.get("version", "")
    found = [one for one in plan.seen_versions if str(one.number) == number]
    key = FeedbackForm.key_of(plan.pk, request.POST.get("section", ""), answers)
    may_ask = plan.reviewable and not plan.is_complete and answers is None
    pages = beside.pages_of(found[0]) if found else None
    return FeedbackForm(request.POST, key=key, may_ask=may_ask, pages=pages)


def give(plan, form, by):
    """Say what ``form`` says; 404 for a version or remark that the writer does not see."""
    version = version_of(plan, form.cleaned_data["version"])
    answered = None
    if pk := form.cleaned_data["answers"]:
        said = {one.pk: one for each in plan.seen_versions for one in each.feedback.all()}
        answered = said.get(pk)
        if answered is None:
            raise Http404
    return actions.give_feedback(version, by=by, answers=answered, **form.said)


def own_or_detail(request, plan, form):
    """The page where ``form`` was filled in, with what was typed."""
    if plan.owned:
        return render(request, "participants/plans/mine.html", own.page(request.user, form))
    if not plan.reviewable:
        raise PermissionDenied
    return detail_page(request, plan, form)


def complete(request, pk):
    plan = seen(request, pk)
    if not plan.reviewable:
        raise PermissionDenied
    form = CompletionForm(request.POST or None, initial={"version": version_asked(request, plan)})
    if form.is_valid():
        return completed(request, plan, form.cleaned_data["version"])
    context = {
        "title": _("Is het %s compleet?") % plan.title,
        "text": _(
            "Je bevestigt dat het plan compleet is. De inhoud blijft van wie het schreef. "
            "Daarna komt er geen nieuwe versie bij, tot iemand het weer opent."
        ),
        "details": [(_("Versie"), form["version"].value())],
        "form": form,
        "action": _("Ja, compleet"),
        "cancel": reverse("plans:detail", args=[pk]),
    }
    return render(request, "confirm.html", context)


def completed(request, plan, version):
    try:
        actions.complete(plan, by=request.user, version=version)
        messages.success(request, _("Het %s is compleet.") % plan.title)
    except ValidationError as refusal:
        messages.error(request, refusal.message)
    return redirect("plans:detail", plan.pk)


def reopen(request, pk):
    plan = seen(request, pk)
    if not plan.reopenable:
        raise PermissionDenied
    standing = actions.endorsements_of(plan)
    form = ReopeningForm(request.POST or None, initial={"endorsements": standing})
    if form.is_valid():
        return reopened(request, plan, form.cleaned_data["endorsements"])
    context = {
        "title": _("Open je het %s weer?") % plan.title,
        "text": what_lapses(plan, standing),
        "form": form,
        "action": _("Open het plan"),
        "cancel": reverse("plans:detail", args=[pk]),
    }
    return render(request, "confirm.html", context)


def reopened(request, plan, endorsements):
    try:
        actions.reopen(plan, by=request.user, endorsements=endorsements)
        messages.success(request, _("Het %s is weer open.") % plan.title)
    except ValidationError as refusal:
        messages.error(request, refusal.message)
    return redirect("plans:detail", plan.pk)


def what_lapses(plan, standing):
    if not plan.is_group:
        return _(
            "Er kan dan een nieuwe versie komen. Tot het weer compleet is, telt het plan niet."
        )
    sentence = ngettext(
        "Nu staat %d mens achter dit plan. Maak je daarna een andere versie compleet, dan vervalt "
        "die instemming en vraag je het opnieuw.",
        "Nu staan %d mensen achter dit plan. Maak je daarna een andere versie compleet, dan "
        "vervallen die instemmingen en zegt iedereen het opnieuw.",
        standing,
    )
    return sentence % standing


def version_of(plan, number):
    """The version with this number that the reader sees; 404 when there is none."""
    found = [version for version in plan.seen_versions if version.number == number]
    if not found:
        raise Http404
    return found[0]


def version_asked(request, plan):
    """The number that the reader came from, else that of the latest shared version."""
    asked = request.GET.get("versie", "")
    shared = [version.number for version in plan.seen_versions if version.is_shared]
    return int(asked) if asked.isdecimal() else max(shared, default=None)


def endorsements(plan):
    """Who stands behind the completed GOP, by name: for who may complete it only."""
    if not (plan.is_group and plan.is_complete and plan.reviewable):
        return []
    rows = plan.completed_version.endorsements.select_related("enrolment__participant")
    return rows.order_by("enrolment__participant__name_key", "enrolment")
