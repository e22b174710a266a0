from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class KeptInputQuerySet(models.QuerySet):
    def own(self, user):
        """What ``user`` typed; it is shown to nobody else."""
        return self.filter(user=user)


class KeptInput(models.Model):
    """The fields of one form as somebody left them, until they are sent or too old."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="kept_inputs"
    )
    key = models.CharField(max_length=80)  # which form, and about what: "hours-12"
    fields = models.JSONField()  # {name: [values]}
    changed_at = models.DateTimeField()

    objects = KeptInputQuerySet.as_manager()

    class Meta:
        verbose_name = _("bewaarde invoer")
        verbose_name_plural = _("bewaarde invoer")
        indexes = [models.Index(fields=["changed_at"], name="kept_inputs_by_age")]
        constraints = [
            models.UniqueConstraint(fields=["user", "key"], name="one_kept_input_for_each_form"),
            models.CheckConstraint(condition=~Q(key=""), name="kept_input_says_of_which_form"),
        ]

    def __str__(self):
        return self.key
