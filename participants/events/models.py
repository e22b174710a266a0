"""What was decided and what was read, written once and never changed."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from participants.events.guards import forgetting


class EventQuerySet(models.QuerySet):
    def decisions(self):
        return self.filter(kind=Event.Kind.DECISION)

    def reads(self):
        return self.filter(kind=Event.Kind.READ)

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


class Event(models.Model):
    """One act on one person's or cohort's things: who, what, when, and why."""

    class Kind(models.TextChoices):
        DECISION = "decision", _("besluit")
        READ = "read", _("ingezien")

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
