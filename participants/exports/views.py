"""Taking along: what it will be and what for, the file, and the list of what left before."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from participants.accounts import stepup
from participants.exports import actions, making
from participants.exports.forms import ExportForm
from participants.exports.kinds import FORMS, KINDS
from participants.exports.models import Export
from participants.tracks.models import Cohort

PAGE = 50


@require_GET
def listing(request, pk):
    """What can be taken along of a cohort, and what was."""
    cohort = _cohort(request.user, pk, Cohort.objects.coordinated_by)
    rows = Export.objects.visible_to(request.user).filter(cohort=cohort).newest_first()
    page = Paginator(rows.select_related("asked_by"), PAGE).get_page(request.GET.get("page"))
    kinds = [kind for kind in KINDS.values() if kind.forms]
    context = {"cohort": cohort, "kinds": kinds, "page_obj": page}
    return render(request, "participants/exports/list.html", context)


@require_http_methods(["GET", "POST"])
@stepup.required
def take(request, pk, kind):
    """GET shows how much it is and asks what for; POST gives it. The address narrows it."""
    kind = _kind(kind)
    cohort = _cohort(request.user, pk, kind.cohorts)
    asked = request.GET.dict()
    form = ExportForm(request.POST or None, kind=kind)
    found = None
    try:
        found = actions.look(kind, cohort, asked, by=request.user)
        if form.is_valid():
            return _taken(request, kind, cohort, asked, form)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    context = {"cohort": cohort, "kind": kind, "form": form, "found": found}
    context["is_large"] = found and found.total > actions.AT_ONCE
    return render(request, "participants/exports/take.html", context)


@require_GET
def made(request, pk):
    """How far the file is, and the file once it is whole."""
    export = _own(request.user, pk)
    with_file = making.SHELF.opened(export)
    if with_file:
        with_file.close()
    context = {"export": export, "is_there": bool(with_file)}
    return render(request, "participants/exports/made.html", context)


@require_POST
def go_on(request, pk):
    export = _own(request.user, pk)
    actions.go_on(export, by=request.user)
    return redirect("exports:made", pk=export.pk)


@require_GET
@stepup.required(methods=("GET",))
def file(request, pk):
    """The file, for who asked for it and may still have it."""
    export = _own(request.user, pk)
    content = making.SHELF.opened(export)
    if content is None:
        messages.info(request, _("Dit bestand is er niet meer. Maak het opnieuw."))
        return redirect("exports:list", pk=export.cohort_id)
    return _to_save(FileResponse(content), export)


def _taken(request, kind, cohort, asked, form):
    chosen = form.cleaned_data["form"]
    export, pieces = actions.take(kind, cohort, chosen, asked, by=request.user, told=form.told)
    if pieces is None:
        return redirect("exports:made", pk=export.pk)
    # Of a workbook the first pieces are empty; to some servers that is the end.
    return _to_save(StreamingHttpResponse(filter(None, pieces)), export)


def _to_save(response, export):
    name = slugify(f"{export.label} {export.cohort.name}")
    response["Content-Type"] = FORMS[export.form][1]
    response["Content-Disposition"] = f'attachment; filename="{name}.{export.form}"'
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _kind(key):
    if key not in KINDS:
        raise Http404
    return KINDS[key]


def _cohort(user, pk, mine):
    """404 for a cohort that is not the reader's, 403 for who works there otherwise."""
    if cohort := mine(user).select_related("track").filter(pk=pk).first():
        return cohort
    get_object_or_404(Cohort.objects.staffed_by(user), pk=pk)
    raise PermissionDenied


def _own(user, pk):
    apart = Export.objects.asked_for(user).made_apart().select_related("cohort")
    export = get_object_or_404(apart, pk=pk)
    if not actions.is_still_of(export, user):
        raise Http404
    return export
