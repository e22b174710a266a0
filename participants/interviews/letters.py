"""Mails about a talk, to the participant and to each assessor, one by one.

No names, no place and no link to join: who wants to know more logs in. The talk goes along for
the calendar. Of what has gone by there is nothing to say any more.
"""

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from participants import mailing
from participants.accounts.models import User
from participants.interviews import agenda
from participants.interviews.models import FinalInterview, Seat
from participants.mailing import Letter, calendar, letter


def planned(interview):
    _post("interview_planned", interview)


def moved(interview):
    _post("interview_moved", interview)


def cancelled(interview):
    _post("interview_cancelled", interview)


def invited(seat):
    """Somebody took a seat in a talk that was planned before."""
    mailing.post("interview_planned", seat.interview_id, seat.assessor_id)


def left(seat):
    mailing.post("interview_cancelled", seat.interview_id, seat.assessor_id)


@letter("interview_planned")
def interview_planned(interview_pk, user_pk):
    """None for who is not in it any more, and when it is not coming any more."""
    subject = _("Er is een eindgesprek gepland")
    return _of_who_is_in_it(interview_pk, user_pk, subject, "mail/interview_planned.txt")


@letter("interview_moved")
def interview_moved(interview_pk, user_pk):
    """None for who is not in it any more, and when it is not coming any more."""
    subject = _("Een eindgesprek is verzet")
    return _of_who_is_in_it(interview_pk, user_pk, subject, "mail/interview_moved.txt")


@letter("interview_cancelled")
def interview_cancelled(interview_pk, user_pk):
    """None for who is in it and for whom it goes on."""
    interview, user = _found(interview_pk, user_pk)
    if interview is None or (_is_planned(interview) and _is_in_it(interview, user)):
        return None
    subject = _("Een eindgesprek gaat niet door")
    return _about(interview, user, subject, "mail/interview_cancelled.txt", cancelled=True)


def _post(kind, interview):
    people = [interview.enrolment.participant_id]
    people += interview.seats.taken().values_list("assessor", flat=True)
    for person in people:
        mailing.post(kind, interview.pk, person)


def _found(interview_pk, user_pk):
    """The talk with what calendars ask, and the person; ``(None, None)`` when it has gone by."""
    coming = FinalInterview.objects.filter(planned_at__gt=timezone.now())
    rows = agenda.with_changes(coming).select_related("enrolment")
    interview = rows.filter(pk=interview_pk).first()
    user = User.objects.filter(pk=user_pk, is_active=True).first()
    return (interview, user) if interview and user else (None, None)


def _is_planned(interview):
    return interview.status == FinalInterview.Status.PLANNED


def _is_in_it(interview, user):
    sits = Seat.objects.held_by(user).filter(interview=interview).exists()
    return sits or interview.enrolment.participant_id == user.pk


def _of_who_is_in_it(interview_pk, user_pk, subject, template):
    interview, user = _found(interview_pk, user_pk)
    if interview is None or not (_is_planned(interview) and _is_in_it(interview, user)):
        return None
    return _about(interview, user, subject, template)


def _about(interview, user, subject, template, *, cancelled=False):
    address = settings.SITE_URL + reverse("interviews:detail", args=[interview.pk])
    gone = not _is_in_it(interview, user)
    return Letter(
        to=user.email,
        subject=subject,
        template=template,
        context={
            "name": user.first_name,
            "interview": interview,
            "own": interview.enrolment.participant_id == user.pk,
            "address": settings.SITE_URL + reverse("interviews:list") if gone else address,
        },
        attachments=(("eindgesprek.ics", _in_calendar(interview, cancelled), calendar.MIMETYPE),),
    )


def _in_calendar(interview, cancelled):
    """The talk as it stands in the feed too; called off for who left, it is one change further."""
    entry = agenda.entry(interview)
    return calendar.event(
        uid=entry.uid,
        starts_at=entry.starts_at,
        minutes=entry.minutes,
        title=entry.title,
        place="" if cancelled else entry.place,
        url=entry.url,
        sequence=entry.sequence + (cancelled and not entry.cancelled),
        cancelled=cancelled or entry.cancelled,
    )
