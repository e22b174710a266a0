"""The signed list of a meeting, kept as evidence beside its register."""

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from participants.files.models import StoredFile
from participants.sessions.models import Session


class SessionProofQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Names and signatures of a whole group: for who fills in that register alone."""
        return self.filter(Exists(Session.objects.staffed_by(user).filter(pk=OuterRef("session"))))

    def added_by_user(self, user):
        """What ``user`` added, and may take away."""
        return self.visible_to(user).filter(added_by=user)


class SessionProof(models.Model):
    """One photo or scan of the list that people signed."""

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="proofs")
    file = models.OneToOneField(StoredFile, on_delete=models.PROTECT, related_name="session_proof")
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    added_at = models.DateTimeField(default=timezone.now)

    objects = SessionProofQuerySet.as_manager()

    class Meta:
        verbose_name = _("ondertekende lijst")
        verbose_name_plural = _("ondertekende lijsten")
        ordering = ["added_at", "pk"]

    def __str__(self):
        return f"{self.session_id}: {self.file_id}"
