import datetime as dt

from django.db import models
from django.db.models import Q
from django.utils import timezone

LONGEST_PAUSE = dt.timedelta(hours=12)


class PostingQuerySet(models.QuerySet):
    def unsent(self):
        return self.filter(sent_at=None, given_up_at=None)

    def unsure(self):
        """Taken to be sent, and never heard of again: nobody knows whether it went."""
        return self.unsent().filter(claimed_at__isnull=False)

    def due(self):
        """What may be sent now: nobody has it in hand, and its pause after a failure is over.

        What would wait for longer than the longest pause was written down by a wrong clock.
        """
        now = timezone.now()
        in_time = Q(due_at__lte=now) | Q(due_at__gt=now + LONGEST_PAUSE)
        return self.unsent().filter(in_time, claimed_at=None)


class Posting(models.Model):
    """A mail that is to be sent: its kind and the ids it is about, nothing readable."""

    kind = models.CharField(max_length=60)
    arguments = models.JSONField(default=list)
    # What may happen once only, whoever asks for it.
    key = models.CharField(max_length=120, null=True, unique=True)  # noqa: DJ001 (unique, so None)
    posted_at = models.DateTimeField(auto_now_add=True)
    due_at = models.DateTimeField(default=timezone.now)
    tries = models.PositiveSmallIntegerField(default=0)
    claimed_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    given_up_at = models.DateTimeField(null=True)

    objects = PostingQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        indexes = [
            models.Index(
                fields=["due_at"],
                condition=Q(sent_at=None, given_up_at=None),
                name="mail_still_to_be_sent",
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(sent_at=None) | Q(given_up_at=None),
                name="mail_is_sent_or_given_up_not_both",
            )
        ]

    def __str__(self):
        return f"{self.kind} {self.pk}"
