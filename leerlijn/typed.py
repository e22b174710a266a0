"""What somebody sent just after their login had ended: kept, and sent again with one press.

A file is not kept (nobody has judged it); the page says that it has to be chosen again. Also what
was sent when they had to show first that it is still them. Only for the person who was logged in
on this browser, and only until the next visit.
"""

from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.shortcuts import render

KEPT = "typed"
OWNER = "was"  # a signed cookie: who was logged in here
MOST_CHARACTERS = 200_000
NOT_KEPT = {"csrfmiddlewaretoken", "password", "oldpassword", "password1", "password2", "code"}


class LoginRequired(LoginRequiredMiddleware):
    """Sends strangers to the login page, and afterwards gives back what they had typed."""

    def process_view(self, request, view_func, view_args, view_kwargs):
        comes_back = request.method == "GET" and request.user.is_authenticated
        if comes_back and KEPT in request.session and (back := taken(request)):
            return render(request, "typed.html", back | {"texts": texts(back["fields"])})
        return super().process_view(request, view_func, view_args, view_kwargs)

    def handle_no_permission(self, request, view_func):
        keep(request)
        return super().handle_no_permission(request, view_func)

    def process_response(self, request, response):
        """Remember on this browser who is logged in; no query for pages that never looked."""
        user = getattr(request, "_cached_user", None)
        if user and user.pk and owner_of(request) != str(user.pk):
            response.set_signed_cookie(
                settings.COOKIE_PREFIX + OWNER,
                str(user.pk),
                max_age=settings.SESSION_COOKIE_AGE,
                secure=settings.SESSION_COOKIE_SECURE,
                httponly=True,
                samesite="Lax",
            )
        return response


def owner_of(request):
    """The key of who was logged in on this browser last, as text; None when nobody was."""
    return request.get_signed_cookie(settings.COOKIE_PREFIX + OWNER, default=None)


def keep(request, owner=None):
    """Keep what was sent, but for files, unless it is too much, or of nobody we know.

    ``owner`` is whose it is, as a key in text; else who was logged in on this browser last.
    """
    owner = owner or owner_of(request)
    if request.method != "POST" or owner is None:
        return
    fields = {name: values for name, values in request.POST.lists() if name not in NOT_KEPT}
    if sum(len(value) for values in fields.values() for value in values) <= MOST_CHARACTERS:
        kept = {"owner": owner, "at": request.get_full_path(), "fields": fields}
        request.session[KEPT] = kept | {"had_file": bool(request.FILES)}


def taken(request):
    """The kept ``fields`` as (name, value) pairs, and ``had_file``, for who sent them here.

    None when there is nothing. They are gone from the session then; of somebody else at once.
    """
    kept = request.session[KEPT]
    is_theirs = kept["owner"] == str(request.user.pk)
    if is_theirs and kept["at"] != request.get_full_path():
        return None
    del request.session[KEPT]
    fields = [(name, value) for name, values in kept["fields"].items() for value in values]
    had_file = kept.get("had_file", False)
    return {"fields": fields, "had_file": had_file} if is_theirs and (fields or had_file) else None


def texts(fields):
    """What is worth showing: words that a person typed, not keys and choices."""
    return [value for _name, value in fields if " " in value.strip()]
