"""A statement for who stopped: what was completed. No certificate: no number, no check page."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from participants.accounts.models import Role
from participants.models import Enrolment


class ParticipationStatementQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Your own, and those of the cohorts you coordinate."""
        coordinated = Enrolment.objects.handled_by(user, Role.Kind.COORDINATOR)
        return self.filter(Q(enrolment__participant=user) | Q(enrolment__in=coordinated))

    def light(self):
        """Without the paper itself: for lists."""
        return self.defer("facts", "pdf")

    def update(self, **changes):
        raise TypeError("A statement is frozen; make another.")

    def delete(self):
        raise TypeError("A statement is never deleted.")

    def forget(self):
        """Take these away because the person goes, or their term is over. Not for more."""
        return super().delete()


class ParticipationStatement(models.Model):
    """What stood on the paper on the day that it was made, and its very bytes."""

    enrolment = models.ForeignKey(Enrolment, models.PROTECT, related_name="statements")
    facts = models.JSONField(editable=False)
    sha256 = models.CharField(max_length=64, editable=False)
    pdf = models.BinaryField()
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects = ParticipationStatementQuerySet.as_manager()

    class Meta:
        verbose_name = _("bewijs van deelname")
        verbose_name_plural = _("bewijzen van deelname")
        ordering = ["-made_at", "-pk"]
        constraints = [
            # Two presses at once make one: the paper says nothing else on the same day.
            models.UniqueConstraint(
                fields=["enrolment", "sha256"], name="a_statement_of_the_same_facts_is_made_once"
            ),
        ]

    def __str__(self):
        return f"{self.enrolment_id}, {self.made_at:%Y-%m-%d}"

    def save(self, *args, **kwargs):
        if not self._state.adding:
            raise TypeError("A statement is frozen; make another.")
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise TypeError("A statement is never deleted.")
