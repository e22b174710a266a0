"""What was changed in the rules of a cohort while people were under way."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from participants.tracks.models import Cohort


class NormsChange(models.Model):
    """One change of the norms of a cohort: from what to what, by whom and why.

    ``before`` and ``after`` hold only the norms that differ, by field name.
    """

    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="norms_changes")
    before = models.JSONField()
    after = models.JSONField()
    reason = models.TextField(_("reden"))
    changed_at = models.DateTimeField(auto_now_add=True)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["-changed_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="norms_change_with_a_reason"),
            models.CheckConstraint(
                condition=~Q(before=F("after")), name="a_change_of_norms_changes_something"
            ),
        ]

    def __str__(self):
        return f"{self.cohort_id}, {self.changed_at:%Y-%m-%d}"
