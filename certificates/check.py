"""The check pages: for anyone who holds a paper, without login, cookie or trace elsewhere."""

from functools import wraps

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from certificates import checking, limits, lookups
from certificates.forms import FileForm, HandCodeForm


def for_anyone(view):
    """No login, no copy in a cache or a search engine, and no address of ours elsewhere.

    The forms change nothing, so they need no token; with one, the visitor would get a cookie,
    and without a referrer the token would be refused.
    """

    @login_not_required
    @csrf_exempt
    @wraps(view)
    def discreet(request, **kwargs):
        response = view(request, **kwargs)
        response["Cache-Control"] = "no-store"
        response["Referrer-Policy"] = "no-referrer"
        response["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return discreet


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
@require_POST
def file(request):
    """The uploaded bytes are hashed, not kept: are they ours, and what is their state?"""
    asked = FileForm(request.POST, request.FILES)
    if not asked.is_valid():
        return _page(request, "certificates/check_form.html", form=HandCodeForm(), file_form=asked)
    certificate = checking.by_file(asked.cleaned_data["file"])
    if certificate is None:
        return _unknown(request, form=HandCodeForm(), is_file=True)
    return _known(request, certificate, is_file=True)


@for_anyone
@require_GET
def code(request, code):
    """What was earned, and its state today."""
    certificate = checking.by_code(code)
    if certificate is None:
        return _unknown(request, form=HandCodeForm())
    return _known(request, certificate)


def _known(request, certificate, **context):
    lookups.counted(certificate, request.user)
    answer = checking.answer(certificate)
    return _page(
        request, "certificates/check.html", answer=answer, certificate=certificate, **context
    )


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
