"""Meetings in the calendar of who takes part and of who fills in the register."""

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from participants.agenda import sources
from participants.mailing.calendar import Entry
from participants.sessions.models import Session
from participants.sessions.times import moment


@sources.source
def meetings(user):
    """Own days and own cohorts; called off ones too, so that calendars take them out.

    Never the link to join online: a calendar is read by other programs, and by who shares it.
    """
    meant = Session.objects.meant_for(user) | Session.objects.staffed_by(user)
    for session in meant.filter(date__gte=sources.since()).order_by("date", "starts_at", "pk"):
        yield entry(session)


def entry(session):
    """``session`` as it stands in a calendar."""
    title = f"{capfirst(session.get_kind_display())}: {session.title}"
    return Entry(
        uid=sources.uid(session),
        starts_at=_begins(session),
        minutes=session.minutes,
        title=_("Gaat niet door: %s") % title if session.cancelled_at else title,
        place=session.place,
        url=sources.address(session.get_absolute_url()),
        sequence=session.sequence,
        cancelled=session.cancelled_at is not None,
        changed_at=session.changed_at,
    )


def _begins(session):
    """A moment; the day alone when nobody said the time."""
    return moment(session.date, session.starts_at) if session.starts_at else session.date
