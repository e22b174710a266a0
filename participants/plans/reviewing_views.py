"""The pages of staff: which plans wait, reading one, saying something, confirming."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from participants.plans import actions, own, reading
from participants.plans.filters import PlanFilter
from participants.plans.forms import CompletionForm, FeedbackForm, PaperForm, ReopeningForm
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
    """``plan`` with all shared versions; ``sent`` is the remark that could not be taken."""
    versions = [version for version in plan.seen_versions if version.is_shared]
    reading.opened(versions, by=request.user)
    latest = versions[0] if versions else None
    context = {
        "plan": plan,
        "latest": latest,
        "earlier": versions[1:],
        "asked": latest is not None and own.asks_for_more(latest),
        "thread": own.thread(versions),
        "form": sent or remark_form(plan, latest),
        "endorsements": endorsements(plan),
    }
    return render(request, "participants/plans/detail.html", context)


@require_http_methods(["GET", "POST"])
def feedback(request, pk):
    """A remark by staff, or a reply of who owns the plan."""
    plan = seen(request, pk)
    if request.method == "GET":  # who reloads after a refusal, or had to log in again
        return redirect("plans:detail", pk)
    key = f"reactie-{pk}"
    form = FeedbackForm(request.POST, key=key, may_ask=plan.reviewable)
    if form.is_valid():
        version = version_of(plan, form.cleaned_data["version"])
        try:
            actions.give_feedback(version, by=request.user, **form.said)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("Je reactie staat erbij."))
            return redirect("plans:detail", pk)
    return own_or_detail(request, plan, form)


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


def paper(request, pk):
    """Note who endorsed the GOP on paper."""
    plan = seen(request, pk)
    if not (plan.reviewable and plan.is_group):
        raise PermissionDenied
    form = PaperForm(request.POST or None, plan=plan)
    if form.is_valid():
        try:
            given = actions.record_paper_endorsement(plan, **form.cleaned_data, by=request.user)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            name = given.enrolment.participant.name
            messages.success(request, _("%s staat achter dit plan, op papier.") % name)
            return redirect("plans:detail", pk)
    context = {
        "title": _("Instemming op papier"),
        "text": _("Doe dit alleen als de handtekening onder deze versie staat."),
        "form": form,
        "action": _("Schrijf op"),
        "cancel": reverse("plans:detail", args=[pk]),
    }
    return render(request, "confirm.html", context)


def seen(request, pk):
    """The plan as this person sees it; 404 for who does not."""
    return get_object_or_404(reading.as_seen_by(request.user), pk=pk)


def own_key(plan, user):
    """Where this plan stands on the own page of ``user``."""
    if not plan.is_group:
        return f"{own.POP}-{plan.enrolment_id}"
    enrolment = plan.cohort.enrolments.owned_by(user).first()
    return f"{own.GOP}-{enrolment.pk}"


def remark_form(plan, latest):
    if not (plan.reviewable and latest):
        return None
    first = {"version": latest.number}
    return FeedbackForm(key=f"reactie-{plan.pk}", may_ask=True, initial=first)


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
