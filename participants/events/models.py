"""What was decided and what was read, written once and never changed."""

import datetime as dt

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from participants.events.guards import forgetting, forgetting_before


class EventQuerySet(models.QuerySet):
    def decisions(self):
        return self.filter(kind=Event.Kind.DECISION)

    def reads(self):
        return self.filter(kind=Event.Kind.READ)

    def logins(self):
        return self.filter(kind=Event.Kind.LOGIN)

    def about(self, enrolment):
        return self.filter(enrolment=enrolment)

    def update(self, **kwargs):
        raise TypeError("Events are append-only.")

    def delete(self):
        raise TypeError("Events are append-only.")

    def forget(self):
        """Take these away because what they are about goes (domain: retention). Not for more."""
        with forgetting(self.db):
            return super().delete()

    def expire(self):
        """Take away the reads and logins of whole days that are over their term; how many.

        What was decided stays as long as what it decides. The database refuses a day too many.
        """
        before = kept_from()
        passing = self.filter(kind__in=Event.PASSING, happened_at__lt=before)
        with forgetting_before(before, self.db):
            return models.QuerySet.delete(passing)[0]


def kept_from():
    """The midnight in Amsterdam from which reads and logins are kept."""
    first = timezone.localdate() - dt.timedelta(days=settings.KEEP_READS_DAYS)
    return timezone.make_aware(dt.datetime.combine(first, dt.time.min))


class Event(models.Model):
    """One act on one person's or cohort's things: who, what, when, and why."""

    class Kind(models.TextChoices):
        DECISION = "decision", _("besluit")
        READ = "read", _("ingezien")
        LOGIN = "login", _("ingelogd")

    # What goes after its term, whatever it is about (domain: reads and logins 1 year).
    PASSING = (Kind.READ, Kind.LOGIN)

    kind = models.CharField(max_length=10, choices=Kind)
    act = models.CharField(max_length=60)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    enrolment = models.ForeignKey(
        "participants.Enrolment", on_delete=models.PROTECT, null=True, related_name="events"
    )
    subject = models.CharField(max_length=60, help_text="model:pk, never a name")
    reason = models.TextField(blank=True)
    happened_at = models.DateTimeField(auto_now_add=True)

    objects = EventQuerySet.as_manager()

    class Meta:
        ordering = ["-happened_at", "-pk"]
        indexes = [models.Index(fields=["enrolment", "-happened_at"], name="events_of_a_person")]

    def __str__(self):
        return f"{self.act} {self.subject}"

    def save(self, *args, **kwargs):
        if self.pk:
            raise TypeError("Events are append-only.")
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise TypeError("Events are append-only.")
