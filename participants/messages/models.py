import uuid

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from participants.accounts.models import Role
from participants.enrolments.models import Enrolment
from participants.tracks.models import Cohort

# Who writes to the people of a cohort, and who calls them.
WRITERS = (Role.Kind.TRAINER, Role.Kind.COORDINATOR)


class MailChoice(models.Model):
    """What somebody does not want in the mail any more; without a row everything comes."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="mail_choice"
    )
    reminders_off_at = models.DateTimeField(null=True, blank=True)
    digest_off_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("keuze over mail")
        verbose_name_plural = _("keuzes over mail")

    def __str__(self):
        return f"{self.pk}"


class ReminderQuerySet(models.QuerySet):
    def sent(self):
        """Those that went out, or are on their way."""
        return self.filter(held_at=None)

    def held(self):
        return self.exclude(held_at=None)

    def of_week(self, week):
        return self.filter(week=week)


class Reminder(models.Model):
    """The one mail of a week to one person: that it was sent, or held back that week."""

    participant = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="reminders"
    )
    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="reminders")
    week = models.DateField(_("week van maandag"))
    points = models.JSONField(_("waarover"), default=list)  # keys of participants.messages.points
    # Of who takes part twice: {"enrolment": key, "points": [key, ...]} for each of the others.
    elsewhere = models.JSONField(_("waarover in een andere lichting"), default=list, blank=True)
    made_at = models.DateTimeField(default=timezone.now)
    held_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    held_at = models.DateTimeField(null=True, blank=True)

    objects = ReminderQuerySet.as_manager()

    class Meta:
        verbose_name = _("herinnering")
        verbose_name_plural = _("herinneringen")
        ordering = ["-week", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["participant", "week"], name="one_reminder_a_person_a_week"
            ),
            models.CheckConstraint(
                condition=Q(held_at=None, held_by=None)
                | Q(held_at__isnull=False, held_by__isnull=False),
                name="a_reminder_is_held_by_someone_or_sent",
            ),
        ]

    def __str__(self):
        return f"{self.week} {self.pk}"


class PhoneCall(models.Model):
    """Staff spoke somebody: on which day, and who called. Nothing about what was said."""

    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="phone_calls")
    called_on = models.DateField(_("gebeld op"))
    called_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    noted_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("telefoongesprek")
        verbose_name_plural = _("telefoongesprekken")
        ordering = ["-called_on", "-pk"]

    def __str__(self):
        return f"{self.called_on}"


class ReminderText(models.Model):
    """A piece of the reminders of one cohort, in other words than the standard ones."""

    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="reminder_texts")
    key = models.CharField(max_length=20)  # of participants.messages.texts
    text = models.TextField(_("tekst"))
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("tekst van herinneringen")
        verbose_name_plural = _("teksten van herinneringen")
        constraints = [
            models.UniqueConstraint(fields=["cohort", "key"], name="one_text_a_piece_a_cohort"),
            models.CheckConstraint(condition=~Q(text=""), name="a_reminder_text_says_something"),
        ]

    def __str__(self):
        return self.key


class MessageQuerySet(models.QuerySet):
    def visible_to_staff(self, user):
        """What was sent in the cohorts where ``user`` may write too."""
        return self.filter(cohort__in=Cohort.objects.with_role(user, *WRITERS))


class Message(models.Model):
    """Something that staff wrote to chosen people of a cohort. It is read in the app."""

    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="messages")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    subject = models.CharField(_("onderwerp"), max_length=120)
    text = models.TextField(_("bericht"))
    sent_at = models.DateTimeField(default=timezone.now)
    # Of the form it was written in: sent twice, it is one message.
    form_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)

    objects = MessageQuerySet.as_manager()

    class Meta:
        verbose_name = _("bericht")
        verbose_name_plural = _("berichten")
        ordering = ["-sent_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(subject="") & ~Q(text=""), name="a_message_says_something"
            )
        ]

    def __str__(self):
        return self.subject


class DeliveryQuerySet(models.QuerySet):
    def owned_by(self, user):
        return self.filter(enrolment__participant=user)

    def unread(self):
        return self.filter(read_at=None)

    def newest_first(self):
        return self.order_by("-message__sent_at", "-pk")


class Delivery(models.Model):
    """A message for one of the people it was written to."""

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="deliveries")
    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="deliveries")
    read_at = models.DateTimeField(null=True, blank=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = _("bericht aan een deelnemer")
        verbose_name_plural = _("berichten aan deelnemers")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["message", "enrolment"], name="a_message_reaches_a_person_once"
            )
        ]

    def __str__(self):
        return f"{self.message_id} {self.pk}"


def wants_reminders():
    """A condition on rows with a ``participant``: that person did not switch reminders off."""
    off = MailChoice.objects.filter(user=OuterRef("participant"), reminders_off_at__isnull=False)
    return ~Exists(off)
