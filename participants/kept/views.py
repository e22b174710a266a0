"""The door for the script that keeps what is typed, and for the button that throws it away."""

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from participants import kept

KEY, FORGET, WHO = "kept-key", "kept-forget", "kept-who"
STATUSES = {"no_key": 400, "too_much": 413}


# A login page as the answer would look like success to the script, so it says 401 itself.
@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def keep(request):
    """POST keeps the fields of the form ``kept-key``, or throws them away with ``kept-forget``.

    204 when it is done, 400 or 413 when it cannot be. Both methods answer 401 to who is not
    logged in (any more), and 409 when ``kept-who`` is somebody else than who is now.
    """
    sent = request.POST if request.method == "POST" else request.GET
    if not request.user.is_authenticated:
        return HttpResponse(status=401)
    if sent.get(WHO, str(request.user.pk)) != str(request.user.pk):
        return HttpResponse(status=409)
    if request.method == "GET":
        return HttpResponse(status=204)
    if FORGET in sent:
        return _forget(request)
    try:
        kept.keep(request.user, sent.get(KEY, ""), _typed(sent))
    except ValidationError as refusal:
        return HttpResponse(refusal.message, status=STATUSES[refusal.code])
    return HttpResponse(status=204)


def _forget(request):
    """Back to the form when a button asked, which says where it stood."""
    kept.forget(request.user, request.POST.get(KEY, ""))
    back = request.POST.get("next", "")
    if back and url_has_allowed_host_and_scheme(back, {request.get_host()}, request.is_secure()):
        return redirect(back)
    return HttpResponse(status=204)


def _typed(sent):
    return {name: values for name, values in sent.lists() if not name.startswith("kept-")}
