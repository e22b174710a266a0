"""The pages of who writes a plan, and the file of a version; see also reviewing_views."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from participants.enrolments.models import Enrolment
from participants.files import serving
from participants.plans import actions, own, reading, reviewing_views
from participants.plans.forms import SectionsForm, UploadForm
from participants.plans.models import PlanVersion
from participants.plans.reviewing_views import seen
from participants.tracks.models import Cohort


@require_GET
def index(request):
    """For staff the plans to read, for all others their own."""
    if Cohort.objects.staffed_by(request.user).exists():
        return reviewing_views.listing(request)
    return own_page(request)


@require_GET
def mine(request):
    return own_page(request)


def own_page(request, sent=None):
    """One's own plans; ``sent`` is the form that could not be taken as it was."""
    return render(request, "participants/plans/mine.html", own.page(request.user, sent))


@require_http_methods(["GET", "POST"])
def upload(request, kind, enrolment):
    """A file as the next version; ``share`` lets the trainer read it at once."""
    plan = writable(request.user, kind, enrolment)
    key = f"{kind}-{enrolment}"
    if request.method == "GET":  # who reloads after a refusal, or had to log in again
        return back(key)
    form = UploadForm(request.POST, request.FILES, key=key)
    if form.is_valid():
        file, share = form.cleaned_data["file"], "share" in request.POST
        try:
            version = actions.add_version(plan, by=request.user, upload=file, share=share)
        except ValidationError as refusal:
            form.add_error("file", refusal)
        else:
            messages.success(request, what_stands(version))
            return back(key)
    return own_page(request, form)


def write(request, kind, enrolment):
    """A version written on screen, begun from the newest one that was."""
    plan = writable(request.user, kind, enrolment)
    if plan.is_complete:
        messages.info(request, _("Dit plan is compleet. Er komt nu geen nieuwe versie bij."))
        return back(f"{kind}-{enrolment}")
    versions = PlanVersion.objects.visible_to(request.user).filter(plan=plan.pk)
    latest = versions.select_related("author").latest()
    form = SectionsForm(request.POST or None, kind=plan.kind, initial=beginning(latest))
    other = None
    if form.is_valid():
        try:
            version = add_written(request, plan, form)
        except ValidationError as refusal:
            form.add_error(None, refusal)
            other = latest if refusal.code == "changed" else None
        else:
            messages.success(request, what_stands(version))
            return back(f"{kind}-{enrolment}")
    if other:
        # What was typed stays; who read the other version may hand in on top of it.
        form.data = form.data.copy()
        form.data["based_on"] = other.number
    context = {"form": form, "plan": plan, "kind": kind, "title": own.TITLES[kind], "other": other}
    return render(request, "participants/plans/write.html", context)


def add_written(request, plan, form):
    return actions.add_version(
        plan,
        by=request.user,
        sections=form.sections,
        based_on=form.cleaned_data["based_on"],
        share="share" in request.POST,
    )


@require_POST
def share(request, pk):
    plan = seen(request, pk)
    try:
        version = actions.share(plan, by=request.user)
    except ValidationError as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, what_stands(version))
    return redirect("plans:detail", pk)


@require_POST
def endorse(request, pk):
    plan, version = seen(request, pk), request.POST.get("version", "")
    read = int(version) if version.isdecimal() else None
    try:
        actions.endorse(plan, by=request.user, version=read)
        messages.success(request, _("Fijn, jij staat achter dit plan."))
    except ValidationError as refusal:
        messages.error(request, refusal.message)
    return redirect("plans:detail", pk)


def unendorse(request, pk):
    plan = seen(request, pk)
    refuse_non_member(plan, request.user)
    if request.method == "POST":
        try:
            actions.unendorse(plan, by=request.user)
            messages.success(request, _("Je staat nu niet achter dit plan. Praat er samen over."))
        except ValidationError as refusal:
            messages.error(request, refusal.message)
        return redirect("plans:detail", pk)
    context = {
        "title": _("Sta je toch niet achter dit plan?"),
        "text": _(
            "Dan telt je instemming niet meer. Je kunt later weer zeggen dat je erachter staat."
        ),
        "action": _("Trek mijn instemming in"),
        "cancel": reverse("plans:detail", args=[pk]),
    }
    return render(request, "confirm.html", context)


@require_GET
def file(request, pk):
    """The file of a version, to save; that staff opened a POP is noted."""
    versions = PlanVersion.objects.visible_to(request.user).select_related("file")
    rows = versions.select_related("plan__enrolment").exclude(file=None)
    version = get_object_or_404(rows, pk=pk)
    try:
        response = serving.attachment(version.file)
    except ValidationError as refusal:
        messages.error(request, refusal.message)
        return redirect("plans:detail", version.plan_id)
    reading.opened([version], by=request.user)
    return response


def writable(user, kind, enrolment):
    """The plan, begun or not, of this enrolment; 404 when it is not seen, 403 for others."""
    if kind not in own.TITLES:
        raise Http404
    enrolments = Enrolment.objects.visible_to(user).select_related("cohort")
    found = get_object_or_404(enrolments, pk=enrolment)
    plan = actions.plan_of(found if kind == own.POP else found.cohort)
    refuse_non_member(plan, user)
    return plan


def refuse_non_member(plan, user):
    if not plan.members().filter(participant=user).exists():
        raise PermissionDenied


def beginning(latest):
    """The first values of the form: what the newest version says, as far as it was typed."""
    sections = latest.sections if latest and latest.sections else {}
    return {**sections, "based_on": latest.number if latest else 0}


def what_stands(version):
    """The message after a version was kept or shared."""
    if version.plan.is_group:
        return _("Versie %d van het groepsplan staat. Je groep ziet hem meteen.") % version.number
    if version.is_shared:
        return _("Versie %d van je plan is gedeeld. Je trainer leest hem.") % version.number
    return _("Versie %d van je plan is bewaard. Alleen jij ziet hem.") % version.number


def back(key):
    return redirect(f"{reverse('plans:mine')}#{key}")
