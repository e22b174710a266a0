"""An application before it is one: what a stranger sent and has yet to confirm by mail."""

import datetime as dt
import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from participants.accounts.links import digest_of, secret_of
from participants.enrolments.models import Enrolment
from participants.tracks.models import Cohort


class Preferences(models.Model):
    """The two preferences of the domain: wishes, never a block."""

    did_training = models.BooleanField(null=True, blank=True)
    did_training_note = models.CharField(max_length=240, blank=True)
    has_experience = models.BooleanField(null=True, blank=True)
    has_experience_note = models.CharField(max_length=240, blank=True)

    class Meta:
        abstract = True

    def preferences(self):
        """What an Enrolment takes over, by field name."""
        return {name: getattr(self, name) for name in PREFERENCES}


PREFERENCES = [field.name for field in Preferences._meta.local_fields]


class ApplicationQuerySet(models.QuerySet):
    def unconfirmed(self):
        return self.filter(confirmed_at=None)

    def fresh(self):
        """Those whose link still works."""
        return self.filter(sent_at__gte=_oldest())

    def stale(self):
        """Those whose link is too old; nobody needs them any more."""
        return self.filter(sent_at__lt=_oldest())

    def of_token(self, token):
        return self.filter(token_hash=digest_of(token))

    def of_address(self, email):
        return self.filter(email__iexact=email)


def _oldest():
    return timezone.now() - dt.timedelta(days=settings.UNCONFIRMED_APPLICATION_DAYS)


class Application(Preferences):
    """What was sent from the public form. Confirmed, it becomes a person and an enrolment."""

    seed = models.UUIDField(default=uuid.uuid4, editable=False)
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="applications")
    name = models.CharField(_("naam"), max_length=120, blank=True)
    email = models.EmailField(_("e-mailadres"), max_length=254, blank=True)
    phone = models.CharField(_("telefoon"), max_length=30, blank=True)
    sent_at = models.DateTimeField(default=timezone.now)
    confirmed_at = models.DateTimeField(null=True, blank=True)

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["sent_at"], name="applications_by_age")]
        constraints = [
            models.CheckConstraint(
                condition=Q(confirmed_at=None) & ~Q(email="") & ~Q(name="")
                | Q(
                    confirmed_at__isnull=False,
                    email="",
                    name="",
                    phone="",
                    did_training=None,
                    did_training_note="",
                    has_experience=None,
                    has_experience_note="",
                ),
                name="a_confirmed_application_keeps_nothing",
            ),
        ]

    def __str__(self):
        return f"{self.pk}"

    def save(self, *args, **kwargs):
        self.token_hash = self.token_hash or digest_of(self.token)
        super().save(*args, **kwargs)

    @property
    def token(self):
        """What stands in the mailed link: it follows from the row and our secret key."""
        return secret_of("participants.enrolments.application", self.seed.hex)


class IntakeNote(models.Model):
    """What a coordinator writes down around an application; of staff for coordinators only.

    In no export of theirs; the person finds it in their own data. It goes with the enrolment.
    """

    enrolment = models.OneToOneField(
        Enrolment, on_delete=models.CASCADE, primary_key=True, related_name="intake"
    )
    text = models.TextField(_("notities"))
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    written_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("notities bij de intake")
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="an_intake_note_says_something")
        ]

    def __str__(self):
        return f"{self.enrolment_id}"
