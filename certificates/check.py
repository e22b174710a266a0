"""The check pages: for anyone who holds a paper, without login, cookie or trace elsewhere."""

from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from certificates import brought, checking, limits, lookups, uploads
from certificates.brought import Kind
from certificates.discretion import for_anyone
from certificates.forms import FileForm, HandCodeForm


@for_anyone
@require_http_methods(["GET", "POST"])
def form(request):
    """Number and hand code; the right pair leads to the page of the code."""
    asked = HandCodeForm(request.POST or None)
    if not asked.is_valid():
        return _page(request, "certificates/check_form.html", form=asked)
    certificate = checking.by_hand(**asked.cleaned_data)
    if certificate is None:
        return _unknown(request, form=asked)
    return redirect("certificates:check", code=certificate.code)


@for_anyone
@require_http_methods(["GET", "POST"])
def file(request):
    """The uploaded bytes are hashed, not kept: are they ours, and what is their state?"""
    if request.method == "GET":  # from somebody's history
        return redirect("certificates:check-form")
    request.upload_handlers = [uploads.InMemory(request)]
    asked = FileForm(request.POST, request.FILES)
    if not asked.is_valid():
        return _page(request, "certificates/check_form.html", form=HandCodeForm(), file_form=asked)
    found = brought.judged(asked.cleaned_data["file"])
    if found.kind == Kind.GENUINE:
        return _known(request, found.certificate, found=found)
    if found.kind == Kind.CHANGED:
        return _page(request, "certificates/check_changed.html", form=HandCodeForm())
    is_signed = found.kind == Kind.SIGNED
    return _unknown(request, form=HandCodeForm(), found=found, is_signed=is_signed)


@for_anyone
@require_GET
def code(request, code):
    """What was earned, and its state today."""
    certificate = checking.by_code(code)
    if certificate is None:
        return _unknown(request, form=HandCodeForm())
    return _known(request, certificate)


def _known(request, certificate, **context):
    answer = checking.answer(certificate)
    page = _page(
        request, "certificates/check.html", answer=answer, certificate=certificate, **context
    )
    return lookups.counted_after(page, certificate, request.user)


def _unknown(request, **context):
    """404; 429 for who has had twenty of these in this minute."""
    too_many = limits.one_unknown_too_many(request)
    status = 429 if too_many else 404
    response = _page(
        request, "certificates/check_unknown.html", status=status, too_many=too_many, **context
    )
    if too_many:
        response["Retry-After"] = str(limits.seconds_left())
    return response


def _page(request, template, *, status=200, **context):
    shared = {"file_form": FileForm(), "now": timezone.now()}
    return render(request, template, {**shared, **context}, status=status)
