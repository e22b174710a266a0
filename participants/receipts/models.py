from django.conf import settings
from django.db import models
from django.db.models.functions import Length
from django.db.models.lookups import Exact
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class ReceiptQuerySet(models.QuerySet):
    def own(self, user):
        """What ``user`` was answered; it is told to nobody else."""
        return self.filter(user=user)

    def made_before(self, moment):
        return self.filter(made_at__lt=moment)


class Receipt(models.Model):
    """That one request was carried out, and what was answered.

    It can be read only with the ``client_id`` that came along, which is kept nowhere.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="receipts"
    )
    name = models.CharField(max_length=64)  # a digest of the client_id
    asked = models.CharField(max_length=64)  # a digest of what was sent, and where to
    answer = models.TextField(blank=True)  # encrypted
    made_at = models.DateTimeField(default=timezone.now)

    objects = ReceiptQuerySet.as_manager()

    class Meta:
        verbose_name = _("ontvangstbewijs")
        verbose_name_plural = _("ontvangstbewijzen")
        indexes = [models.Index(fields=["made_at"], name="receipts_by_age")]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "name"], name="a_request_is_carried_out_once_for_a_person"
            ),
            models.CheckConstraint(
                condition=Exact(Length("name"), 64) & Exact(Length("asked"), 64),
                name="a_receipt_goes_by_whole_digests",
            ),
        ]

    def __str__(self):
        return self.name[:12]
