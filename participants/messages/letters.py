"""The mails of this slice. They say that there is something; what it is stands in the app."""

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from participants.enrolments.models import Enrolment
from participants.mailing import Letter, letter
from participants.messages import points, reminding, texts
from participants.messages.models import Delivery, Reminder
from participants.tracks.models import Cohort


@letter("reminder")
def reminder(reminder_pk):
    """None when nothing of it holds any more, or the person wants or needs none."""
    row = Reminder.objects.sent().filter(pk=reminder_pk).first()
    enrolments = _still_to_remind(row) if row else []
    if not enrolments:
        return None
    enrolment, *others = enrolments
    cohort = Cohort.objects.helping(enrolment.cohort)
    facts = texts.facts_of(enrolment.participant, cohort)
    also = [(each.cohort, each.told) for each in others]
    subject, text = texts.letter(enrolment.cohort, enrolment.told, facts, also)
    context = {
        "text": text,
        "begin": settings.SITE_URL,
        "choice": settings.SITE_URL + reverse("messages:choice"),
    }
    return Letter(enrolment.participant.email, subject, "mail/reminder.txt", context)


def _still_to_remind(row):
    """Its enrolments of which something holds now, with ``told``: the points that do."""
    said = {each["enrolment"]: each["points"] for each in row.elsewhere}
    said[row.enrolment_id] = row.points
    rows = Enrolment.objects.filter(pk__in=said, participant=row.participant_id)
    rows = points.with_points(reminding.may_get_mail(rows, timezone.now()), row.made_at)
    enrolments = list(rows.select_related("participant", "cohort__track").order_by("pk"))
    for enrolment in enrolments:
        enrolment.told = [key for key in points.of(enrolment) if key in said[enrolment.pk]]
    return [enrolment for enrolment in enrolments if enrolment.told]


@letter("message")
def message(delivery_pk):
    """None for who has read it already."""
    rows = Delivery.objects.unread().filter(enrolment__participant__is_active=True)
    delivery = rows.select_related("enrolment__participant").filter(pk=delivery_pk).first()
    if delivery is None:
        return None
    return Letter(
        to=delivery.enrolment.participant.email,
        subject=_("Er staat een bericht voor je klaar"),
        template="mail/message.txt",
        context={
            "name": delivery.enrolment.participant.first_name,
            "address": settings.SITE_URL + reverse("messages:read", args=[delivery.pk]),
        },
    )
