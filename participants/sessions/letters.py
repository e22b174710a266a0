"""Mails about meetings that changed: day and time, and the page for the rest.

Never the subject of the meeting, its place or its link: a mail may be read over a shoulder.
"""

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from participants.accounts.models import User
from participants.mailing import Letter, letter
from participants.sessions.models import Session


@letter("session_moved")
def session_moved(session_pk, user_pk):
    """None when it is called off after all (that is another mail) or has gone by."""
    session = Session.objects.planned().filter(pk=session_pk, date__gte=timezone.localdate())
    return _about(session, user_pk, _("Een bijeenkomst is verplaatst"), "session_moved")


@letter("session_cancelled")
def session_cancelled(session_pk, user_pk):
    session = Session.objects.filter(pk=session_pk, date__gte=timezone.localdate())
    return _about(session, user_pk, _("Een bijeenkomst gaat niet door"), "session_cancelled")


def _about(sessions, user_pk, subject, template):
    session = sessions.first()
    user = User.objects.filter(pk=user_pk, is_active=True).first()
    if session is None or user is None:
        return None
    facts = {
        "name": user.first_name,
        "session": session,
        "address": settings.SITE_URL + reverse("sessions:detail", args=[session.pk]),
        "all": settings.SITE_URL + reverse("sessions:list"),
    }
    return Letter(to=user.email, subject=subject, template=f"mail/{template}.txt", context=facts)
