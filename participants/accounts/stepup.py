"""Before what weighs most (a certificate, a list of people, an account): is it still you?

Yes, for who logged in or showed it again in the last STEP_UP_SECONDS. Anyone else shows it first,
with what the account has, and then goes on with what was typed. A token of the API needs nothing:
it was made for this.
"""

import time
from functools import wraps

from allauth.account.adapter import get_adapter
from allauth.account.authentication import get_authentication_records
from django.conf import settings
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.http import HttpResponseRedirect
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from rest_framework.authentication import SessionAuthentication
from rest_framework.exceptions import PermissionDenied

from leerlijn import typed
from participants.accounts import staying


def is_fresh(request):
    """Whether who is logged in here did so, or showed it again, a short while ago."""
    moments = [record["at"] for record in get_authentication_records(request, request.user)]
    latest = max([*moments, request.session.get(staying.BEGAN, 0)])
    return time.time() - latest < settings.STEP_UP_SECONDS


def required(view=None, *, methods=("POST",)):
    """Decorates a page: these ``methods`` go on only when ``is_fresh``, else after showing it.

    Looking at the page stays free, unless GET is among them.
    """
    if view is None:
        return lambda page: required(page, methods=methods)

    @wraps(view)
    def asked_first(request, *args, **kwargs):
        if request.method not in methods or is_fresh(request):
            return view(request, *args, **kwargs)
        return _asked(request)

    return asked_first


def required_in_api(act):
    """Decorates a method of an API view: 403 ``step_up_needed`` for a session that is not fresh."""

    @wraps(act)
    def asked_first(view, request, *args, **kwargs):
        by_session = isinstance(request.successful_authenticator, SessionAuthentication)
        if by_session and not is_fresh(request):
            raise PermissionDenied(
                _("Laat eerst op de site zien dat jij het bent, of gebruik een token."),
                code="step_up_needed",
            )
        return act(view, request, *args, **kwargs)

    return asked_first


def _asked(request):
    typed.keep(request, str(request.user.pk))
    (way, *_others) = get_adapter(request).get_reauthentication_methods(request.user)
    back = urlencode({REDIRECT_FIELD_NAME: request.get_full_path()})
    return HttpResponseRedirect(f"{way['url']}?{back}")
