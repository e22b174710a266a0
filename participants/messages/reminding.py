"""Who gets the mail of this week, and sending it.

A person gets at most one a week (the database holds that), and only where a point holds. Nothing
goes to who is in a pause, has stopped or is done, switched reminders off, or left two of them
without an answer. What a coordinator holds back is a row of the same week, so it is not sent.
"""

from dataclasses import dataclass, field
from itertools import groupby
from operator import attrgetter

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from participants import mailing
from participants.enrolments.models import Enrolment
from participants.events.actions import decided
from participants.messages import points, weeks
from participants.messages.answers import WITHOUT_ANSWER, with_unanswered
from participants.messages.models import Reminder, wants_reminders
from participants.pace.calendar import TALK_FOR_STAFF

NOT_YET_TOLD = gettext_lazy("Iets dat de deelnemer als eerste leest")


@dataclass(frozen=True)
class Coming:
    """What somebody is going to get, and why."""

    enrolment: Enrolment
    keys: list = field(default_factory=list)

    @property
    def why(self):
        """What staff may read of the reasons: of the pace no sooner than elsewhere."""
        early = "talk" in self.keys and not self.enrolment.staff_may_talk
        told = [points.BY_KEY[key].why for key in self.keys if key != "talk" or not early]
        return [*told, NOT_YET_TOLD] if early else told


def may_get_mail(enrolments, moment):
    """Those of ``enrolments`` who take part on that day, in no pause, and want reminders."""
    day = timezone.localdate(moment)
    return enrolments.with_state(day).filter(
        wants_reminders(),
        state=Enrolment.Status.ACTIVE,
        starts_on__lte=day,
        participant__is_active=True,
    )


def due(enrolments, moment, week):
    """Those of ``enrolments`` who are to get the mail of ``week``, with their points; by name.

    With ``staff_may_talk``: whether staff may read that it is time to talk.
    """
    this_week = Reminder.objects.of_week(week).filter(participant=OuterRef("participant"))
    answering = with_unanswered(may_get_mail(enrolments, moment)).filter(
        ~Exists(this_week), unanswered__lt=WITHOUT_ANSWER
    )
    found = points.with_points(answering, moment).filter(points.any_point())
    found = found.annotate(staff_may_talk=TALK_FOR_STAFF)
    return found.select_related("participant", "cohort").by_name()


def send_due():
    """Send the mails of this week, when it is the day for it; how many were made.

    Safe to repeat and to run twice at once: one row a person a week.
    """
    moment = timezone.now()
    if not weeks.is_open(moment, settings.REMINDERS_AT):
        return 0
    week = weeks.week_of(moment)
    # Who takes part twice stands together: one mail tells of both.
    due_now = due(Enrolment.objects.all(), moment, week)
    people = due_now.order_by("participant__name_key", "participant", "pk")
    persons = groupby(people.iterator(chunk_size=500), key=attrgetter("participant_id"))
    return sum(_send(list(enrolments), week) for _person, enrolments in persons)


def _send(enrolments, week):
    """Whether this was the first for this person, whose ``enrolments`` are due, in ``week``."""
    first, *others = enrolments
    try:
        with transaction.atomic():
            reminder = Reminder.objects.create(
                participant=first.participant,
                enrolment=first,
                week=week,
                points=points.of(first),
                elsewhere=[{"enrolment": each.pk, "points": points.of(each)} for each in others],
            )
            return mailing.post("reminder", reminder.pk, key=f"reminder-{reminder.pk}")
    except IntegrityError:
        return False


@transaction.atomic
def hold(enrolment, week, *, by):
    """Send this person nothing in ``week``.

    Raises PermissionDenied, and ValidationError: ``already_settled`` when it went, or was held.
    """
    _coordinated(enrolment, by)
    try:
        with transaction.atomic():
            reminder = Reminder.objects.create(
                participant_id=enrolment.participant_id,
                enrolment=enrolment,
                week=week,
                held_by=by,
                held_at=timezone.now(),
            )
    except IntegrityError as clash:
        raise ValidationError(
            _("De mail van deze week is al weg, of al tegengehouden."), code="already_settled"
        ) from clash
    decided("reminder_held", reminder, by=by)


@transaction.atomic
def release(reminder, *, by):
    """Let a mail that was held back go after all. Raises ValidationError: ``already_gone``."""
    _coordinated(reminder.enrolment, by)
    decided("reminder_released", reminder, by=by)
    if not Reminder.objects.held().filter(pk=reminder.pk).delete()[0]:
        raise ValidationError(_("Deze mail hield niemand meer tegen."), code="already_gone")


def _coordinated(enrolment, user):
    if not Enrolment.objects.coordinated_by(user).filter(pk=enrolment.pk).exists():
        raise PermissionDenied
