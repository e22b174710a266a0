"""Which browsers proved the four digits: a signed cookie, for one supervisor, for 90 days."""

from django.conf import settings

SALT = "participants.confirmations.browser"
DAYS = 90


def has_proved(request, supervisor):
    """Whether this browser proved the code of ``supervisor``, and was not forgotten since."""
    said = request.get_signed_cookie(
        _name(supervisor), default=None, salt=SALT, max_age=DAYS * 24 * 60 * 60
    )
    return said == _value(supervisor)


def remember(response, supervisor):
    """Ask this browser no code for a while."""
    response.set_signed_cookie(
        _name(supervisor),
        _value(supervisor),
        salt=SALT,
        max_age=DAYS * 24 * 60 * 60,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _name(supervisor):
    return f"{settings.COOKIE_PREFIX}begeleider-{supervisor.pk}"


def _value(supervisor):
    return f"{supervisor.pk}.{supervisor.browsers_forgotten}"
