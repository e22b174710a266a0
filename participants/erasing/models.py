"""What is known of erasing and of terms, and names nobody."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from participants.tracks.models import Cohort


class Erased(models.Model):
    """That somebody was erased. The row is never changed but to say that the disk is clean too.

    ``person`` is the key that the account had; ``digest`` tells, with ``salt``, whether an account
    with that key in an older backup is the same one (see ``ledger``).
    """

    person = models.BigIntegerField(unique=True)
    salt = models.CharField(max_length=32)
    digest = models.CharField(max_length=64)
    erased_at = models.DateTimeField(default=timezone.now)
    cleaned_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self):
        return f"{self.person}"


class Keeping(models.Model):
    """How long what belongs to one cohort is kept, where that is not as usual."""

    cohort = models.OneToOneField(Cohort, models.CASCADE, related_name="keeping")
    is_subsidised = models.BooleanField(_("betaald met subsidie"), default=False)
    held_at = models.DateTimeField(null=True, blank=True)
    held_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    held_because = models.CharField(_("waarom"), max_length=240, blank=True)

    class Meta:
        verbose_name = _("bewaartermijn")
        verbose_name_plural = _("bewaartermijnen")
        constraints = [
            models.CheckConstraint(
                condition=Q(held_at=None, held_by=None, held_because="")
                | Q(held_at__isnull=False, held_by__isnull=False) & ~Q(held_because=""),
                name="what_is_held_says_who_and_why",
            ),
        ]

    def __str__(self):
        return f"{self.cohort_id}"


class Stage(models.TextChoices):
    """What goes together (domain: retention)."""

    LEARNING = "learning", _("plannen, gesprekken, bestanden en omschrijvingen")
    FIGURES = "figures", _("uren, aanwezigheid en besluiten")
    REGISTER = "register", _("namen in het register van certificaten")


class ExpiryQuerySet(models.QuerySet):
    def ahead(self):
        """Announced, and not carried out."""
        return self.filter(done_at=None)


class Expiry(models.Model):
    """One stage of one cohort: when it was announced, and when it was carried out."""

    cohort = models.ForeignKey(Cohort, models.CASCADE, related_name="expiries")
    stage = models.CharField(max_length=8, choices=Stage)
    announced_on = models.DateField()
    done_at = models.DateTimeField(null=True, blank=True)

    objects = ExpiryQuerySet.as_manager()

    class Meta:
        ordering = ["cohort", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["cohort", "stage"], name="a_stage_of_a_cohort_ends_once"
            ),
            models.CheckConstraint(
                condition=Q(stage__in=["learning", "figures", "register"]),
                name="a_stage_is_one_that_we_know",
            ),
        ]

    def __str__(self):
        return f"{self.cohort_id}, {self.stage}"
