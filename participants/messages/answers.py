"""Did somebody answer? By writing hours down, by doing anything in the app, or on the telephone."""

from django.db.models import Count, Exists, IntegerField, Max, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from participants.events.models import Event
from participants.hours.models import HourEntry
from participants.messages.models import PhoneCall, Reminder
from participants.plans.models import PlanVersion

WITHOUT_ANSWER = 2  # after so many reminders we write no more, and staff calls


def unanswered():
    """Reminders after which nobody heard anything of the person."""
    own = OuterRef("participant")
    since = OuterRef("made_at")
    hours = HourEntry.objects.filter(
        Q(created_at__gte=since) | Q(submitted_at__gte=since),
        enrolment__participant=own,
        written_by=None,
    )
    acts = Event.objects.decisions().filter(actor=own, happened_at__gte=since)
    versions = PlanVersion.objects.filter(author=own, saved_at__gte=since)
    calls = PhoneCall.objects.filter(enrolment__participant=own, noted_at__gte=since)
    return Reminder.objects.sent().filter(
        ~Exists(hours), ~Exists(acts), ~Exists(versions), ~Exists(calls)
    )


def with_unanswered(enrolments):
    """``enrolments`` with ``unanswered`` (how many reminders) and ``reminded_at`` (the last)."""
    own = unanswered().filter(participant=OuterRef("participant"))
    one = own.order_by().values("participant")
    return enrolments.annotate(
        unanswered=Coalesce(
            Subquery(one.annotate(many=Count("pk")).values("many"), output_field=IntegerField()),
            0,
        ),
        reminded_at=Subquery(one.annotate(last=Max("made_at")).values("last")),
    )
