"""By what somebody comes in, beside a password: tokens, devices, an address on its way.

No secret is kept: of a token only its digest, and the secret of an address is worked out from
a nonce and the key of this site.
"""

import datetime as dt
import secrets

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext_lazy as _

from participants.accounts.links import digest_of, secret_of

CHANGE_LASTS = dt.timedelta(hours=1)


def new_nonce():
    """128 bits, as text."""
    return secrets.token_hex(16)


class ApiTokenQuerySet(models.QuerySet):
    def owned_by(self, user):
        return self.filter(user=user)

    def working(self):
        """Those that open the API: not revoked, and of somebody who may log in."""
        return self.filter(revoked_at=None, user__is_active=True)

    def behind(self, secret):
        """The working token with this ``secret``: one or none."""
        return self.working().filter(digest=digest_of(secret))


class ApiToken(models.Model):
    """Lets a program act as its owner in the API. The token itself is shown once and not kept."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="api_tokens")
    name = models.CharField(_("naam"), max_length=60)
    start = models.CharField(_("begint met"), max_length=8)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    created_at = models.DateTimeField(_("gemaakt op"), auto_now_add=True)
    last_used_on = models.DateField(_("voor het laatst gebruikt"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("ingetrokken op"), null=True, blank=True)

    objects = ApiTokenQuerySet.as_manager()

    class Meta:
        verbose_name = _("token")
        verbose_name_plural = _("tokens")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="a_token_has_a_name"),
        ]

    def __str__(self):
        return self.name


class DeviceQuerySet(models.QuerySet):
    def owned_by(self, user):
        return self.filter(user=user)

    def logged_in(self):
        """Those whose session still stands."""
        sessions = Session.objects.filter(
            session_key=OuterRef("session_key"), expire_date__gt=timezone.now()
        )
        return self.filter(Exists(sessions))

    def logged_out(self):
        return self.exclude(pk__in=self.logged_in())


class Device(models.Model):
    """A browser in which somebody is logged in, by what it says of itself, in words."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="devices")
    session_key = models.CharField(max_length=40, unique=True, editable=False)
    label = models.CharField(_("apparaat"), max_length=60)
    logged_in_at = models.DateTimeField(_("ingelogd op"), auto_now_add=True)
    last_used_on = models.DateField(_("voor het laatst gebruikt"))

    objects = DeviceQuerySet.as_manager()

    class Meta:
        verbose_name = _("apparaat")
        verbose_name_plural = _("apparaten")
        ordering = ["-last_used_on", "-pk"]

    def __str__(self):
        return self.label


class EmailChangeQuerySet(models.QuerySet):
    def owned_by(self, user):
        return self.filter(user=user)

    def asked_within(self, period):
        return self.filter(asked_at__gt=timezone.now() - period)

    def open(self):
        """The latest of each person, unless it was used, or is more than an hour old."""
        later = EmailChange.objects.filter(user=OuterRef("user"), pk__gt=OuterRef("pk"))
        fresh = self.asked_within(CHANGE_LASTS).filter(confirmed_at=None)
        return fresh.filter(~Exists(later))


class EmailChange(models.Model):
    """Somebody asked for another address; it counts once that address shows the secret."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    email = models.EmailField(_("nieuw e-mailadres"), max_length=254)
    old_email = models.EmailField(_("oud e-mailadres"), max_length=254)
    nonce = models.CharField(max_length=32, default=new_nonce, editable=False)
    digest = models.CharField(max_length=64, editable=False)
    asked_at = models.DateTimeField(_("gevraagd op"), default=timezone.now)
    confirmed_at = models.DateTimeField(_("bevestigd op"), null=True, blank=True)

    objects = EmailChangeQuerySet.as_manager()

    class Meta:
        verbose_name = _("nieuw e-mailadres")
        verbose_name_plural = _("nieuwe e-mailadressen")
        indexes = [models.Index(fields=["user", "asked_at"], name="email_changes_of_a_person")]

    def __str__(self):
        return f"{self.pk}"

    def save(self, *args, **kwargs):
        self.digest = self.digest or digest_of(self.secret)
        super().save(*args, **kwargs)

    @property
    def secret(self):
        """What the letter to the new address brings along."""
        return secret_of("participants.email-change", self.user_id, self.email, self.nonce)

    def is_opened_by(self, secret):
        return constant_time_compare(digest_of(secret), self.digest)
