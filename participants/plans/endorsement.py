from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from participants.enrolments.models import Enrolment


class Endorsement(models.Model):
    """'Ik sta achter dit plan': one member on one version of the GOP."""

    version = models.ForeignKey(
        "participants.PlanVersion", on_delete=models.PROTECT, related_name="endorsements"
    )
    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="endorsements")
    endorsed_at = models.DateTimeField(auto_now_add=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    on_paper = models.BooleanField(_("op papier gegeven"), default=False)

    class Meta:
        verbose_name = _("instemming")
        verbose_name_plural = _("instemmingen")
        constraints = [
            models.UniqueConstraint(
                fields=["version", "enrolment"], name="a_version_is_endorsed_once_by_a_member"
            ),
        ]

    def __str__(self):
        return f"{self.version}: {self.enrolment_id}"
