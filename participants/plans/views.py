"""The page of who writes plans, and what happens there with one press; see also writing_views."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from participants.plans import actions, own, reviewing_views
from participants.plans.finding import back, seen, writable
from participants.plans.forms import UploadForm
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
    """A file, or photos, as the newest version; ``share`` lets the trainer read it at once."""
    plan = writable(request.user, kind, enrolment)
    key = f"{kind}-{enrolment}"
    if request.method == "GET":  # who reloads after a refusal, or had to log in again
        return back(key)
    form = UploadForm(request.POST, request.FILES, key=key)
    if form.is_valid():
        files, share = form.cleaned_data["file"], "share" in request.POST
        try:
            version = actions.add_version(plan, by=request.user, upload=files, share=share)
        except ValidationError as refusal:
            form.add_error("file", refusal)
        else:
            messages.success(request, what_stands(version))
            return back(key)
    return own_page(request, form)


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
def unshare(request, pk):
    plan = seen(request, pk)
    try:
        actions.unshare(plan, by=request.user)
        messages.success(request, _("Je plan is weer alleen van jou. Niemand had het gelezen."))
    except ValidationError as refusal:
        messages.error(request, refusal.message)
    return redirect("plans:detail", pk)


def what_stands(version):
    """The message after a version was kept or shared."""
    if version.plan.is_group:
        return _("Versie %d van het groepsplan staat. Je groep ziet hem meteen.") % version.number
    if version.is_shared:
        return _("Versie %d van je plan is gedeeld. Je trainer leest hem.") % version.number
    return _("Je plan is bewaard. Alleen jij ziet het.")
