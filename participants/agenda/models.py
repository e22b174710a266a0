import secrets

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from participants.accounts.links import digest_of, secret_of

NONCE_BYTES = 16


class CalendarFeedQuerySet(models.QuerySet):
    def open(self):
        """Feeds that answer: not switched off, and of somebody who may log in."""
        return self.filter(revoked_at=None, user__is_active=True)

    def behind(self, secret):
        """The feed at the address with this ``secret``: one or none."""
        return self.open().filter(digest=digest_of(secret))


class CalendarFeed(models.Model):
    """The private address of somebody's calendar. Whoever has the address may read along.

    The secret in it is worked out from ``nonce`` and the key of this site, so that it can be
    shown again; the database holds only its digest. A new nonce is a new address.
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="calendar_feed"
    )
    nonce = models.CharField(max_length=32, editable=False)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now)
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = CalendarFeedQuerySet.as_manager()

    class Meta:
        verbose_name = _("agenda-adres")
        verbose_name_plural = _("agenda-adressen")
        constraints = [
            models.CheckConstraint(
                condition=~Q(nonce="") & ~Q(digest=""), name="a_calendar_address_has_a_secret"
            )
        ]

    def __str__(self):
        return f"{self.pk}"

    @property
    def secret(self):
        """What stands in the address (256 bits); "" when the site has another key since then."""
        secret = _secret(self.user_id, self.nonce)
        return secret if digest_of(secret) == self.digest else ""

    def renew(self):
        """Another secret, from now on; not written yet."""
        self.nonce = secrets.token_hex(NONCE_BYTES)
        self.digest = digest_of(_secret(self.user_id, self.nonce))
        self.created_at, self.revoked_at = timezone.now(), None


def _secret(user_pk, nonce):
    return secret_of("participants.agenda", user_pk, nonce)
