"""The interview file: what the participant takes along, and how assessors get to it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from participants import kept
from participants.enrolments.models import Enrolment
from participants.files import serving
from participants.files.cutting import page_count
from participants.interviews import actions, filing, reports
from participants.interviews.evidence import EvidenceItem
from participants.interviews.file_forms import GoalForm, PagesForm, TextForm


def own(request, enrolment_pk):
    """The enrolment, for its participant; 403 for others who see it."""
    visible = Enrolment.objects.visible_to(request.user).select_related("cohort__track")
    enrolment = get_object_or_404(visible, pk=enrolment_pk)
    if not Enrolment.objects.owned_by(request.user).contains(enrolment):
        raise PermissionDenied
    return enrolment


@require_GET
def file(request, enrolment_pk):
    return shown(request, own(request, enrolment_pk))


def shown(request, enrolment, sent=None):
    """The page of the file; ``sent`` is a form that could not be taken as it was."""
    user, key = request.user, f"file-{enrolment.pk}"
    items = list(EvidenceItem.objects.owned_by(user).filter(enrolment=enrolment).with_content())
    now = [item for item in items if item.interview_id is None]
    upload = filing.uploads_of(enrolment).select_related("file").first()
    context = {
        "enrolment": enrolment,
        "items": now,
        "open": filing.is_open(enrolment),
        "goals": [
            (goal, form_of(sent, GoalForm, enrolment, f"doel-{goal.pk}"))
            for goal in filing.goals_of(enrolment)
            if goal.pk not in {item.goal_id for item in now}
        ],
        "upload": upload,
        "pages_form": upload and pages_form(sent, enrolment, upload, now),
        "text_form": form_of(
            sent, TextForm, enrolment, "tekst", initial=kept.initial(user, key, prefix="tekst")
        ),
        "kept_at": None if sent else kept.when(user, key),
        "key": key,
        "sent": sent,
        "readers": reports.readers_of_file(enrolment),
        "back": enrolment.interviews.unfinished().first(),
    }
    return render(request, "participants/interviews/file.html", context)


def form_of(sent, form_class, enrolment, prefix, **options):
    """What was sent when that was this form, else a fresh one."""
    if sent and sent.prefix == prefix:
        return sent
    return form_class(enrolment=enrolment, prefix=prefix, **options)


def pages_form(sent, enrolment, upload, items):
    """None when there is nothing of this upload left to choose."""
    count = page_count(upload.file)
    chosen = {item.page for item in items if item.version_id == upload.pk}
    if None in chosen or (count and len(chosen) == count):
        return None
    form = form_of(sent, PagesForm, enrolment, f"bestand-{upload.pk}", count=count)
    if count:
        choices = form.fields["pages"].choices
        form.fields["pages"].choices = [one for one in choices if int(one[0]) not in chosen]
    return form


@require_POST
def add_goal(request, enrolment_pk, goal_pk):
    enrolment = own(request, enrolment_pk)
    goal = get_object_or_404(filing.goals_of(enrolment), pk=goal_pk)
    form = GoalForm(request.POST, enrolment=enrolment, prefix=f"doel-{goal.pk}")
    return added(request, enrolment, form, actions.file_goal, goal)


@require_POST
def add_pages(request, enrolment_pk, version_pk):
    enrolment = own(request, enrolment_pk)
    uploads = filing.uploads_of(enrolment).select_related("file")
    version = get_object_or_404(uploads, pk=version_pk)
    count, prefix = page_count(version.file), f"bestand-{version.pk}"
    form = PagesForm(request.POST, enrolment=enrolment, count=count, prefix=prefix)
    return added(request, enrolment, form, actions.file_pages, version)


@require_POST
def add_text(request, enrolment_pk):
    enrolment = own(request, enrolment_pk)
    form = TextForm(request.POST, enrolment=enrolment, prefix="tekst")
    return added(request, enrolment, form, actions.file_text)


def added(request, enrolment, form, act, *things):
    if not form.is_valid():
        return shown(request, enrolment, form)
    try:
        act(enrolment, *things, by=request.user, **form.facts)
    except ValidationError as refusal:
        form.add_error(None, refusal)
        return shown(request, enrolment, form)
    if isinstance(form, TextForm):
        kept.forget(request.user, f"file-{enrolment.pk}")
    messages.success(request, _("Het zit in je map. Je beoordelaars kunnen het lezen."))
    return redirect("interviews:file", enrolment.pk)


@require_POST
def take_out(request, enrolment_pk, item_pk):
    enrolment = own(request, enrolment_pk)
    items = EvidenceItem.objects.owned_by(request.user).filter(enrolment=enrolment)
    item = get_object_or_404(items, pk=item_pk)
    try:
        actions.take_out(item, by=request.user)
        messages.success(request, _("Het is uit je map. Je beoordelaars zien het niet meer."))
    except ValidationError as refusal:
        messages.error(request, refusal.message)
    return redirect("interviews:file", enrolment.pk)


@require_GET
def download(request, version_pk):
    """The chosen pages of an uploaded plan, or the whole file where that was chosen."""
    try:
        return chosen_of(request.user, version_pk)
    except ValidationError as refusal:
        messages.error(request, refusal.message)
        return redirect("interviews:list")


def chosen_of(user, version_pk):
    """What ``user`` may read of this upload, to save; 404 when that is nothing.

    Raises ValidationError as ``serving`` does.
    """
    rows = EvidenceItem.objects.visible_to(user).filter(version__pk=version_pk)
    items = list(rows.with_content().select_related("enrolment"))
    if not items:
        raise Http404
    pages = sorted({item.page for item in items if item.page})
    stored = items[0].version.file
    whole = any(item.page is None for item in items)
    response = serving.attachment(stored) if whole else serving.chosen_pages(stored, pages)
    reports.file_opened(items, by=user)
    return response
