"""A card of ten codes, on paper: for who has no mailbox for a while. Each code logs in once."""

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from participants.accounts import codes

CODES = 10
LETTERS = 12  # 51 bits each, and few guesses an hour
LASTS = dt.timedelta(days=90)


def last_day():
    """The last day of a card that is printed today."""
    return timezone.localdate() + LASTS


def digest_of(code, key=None):
    """Under what the database knows ``code``: it cannot be worked out without the site's key."""
    mac = salted_hmac("participants.card-code", codes.typed(code), key, algorithm="sha256")
    return mac.hexdigest()


def digests_of(code):
    """By the key of now, and by those of before."""
    return [digest_of(code, key) for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]


class LoginCardQuerySet(models.QuerySet):
    def owned_by(self, user):
        return self.filter(user=user)

    def working(self):
        """Those with which one logs in: not ended, not over."""
        return self.filter(ended_at=None, ends_on__gte=timezone.localdate())

    def over(self):
        return self.exclude(pk__in=self.working())


class LoginCard(models.Model):
    """Ten codes that were printed for somebody, once."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="login_cards")
    made_at = models.DateTimeField(_("gemaakt op"), default=timezone.now)
    ends_on = models.DateField(_("werkt tot en met"), default=last_day)
    ended_at = models.DateTimeField(_("ingetrokken op"), null=True, blank=True)

    objects = LoginCardQuerySet.as_manager()

    class Meta:
        verbose_name = _("kaart met codes")
        verbose_name_plural = _("kaarten met codes")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["user"], condition=Q(ended_at=None), name="one_login_card_at_a_time"
            ),
        ]

    def __str__(self):
        return f"{self.pk}"

    @property
    def codes_left(self):
        """How many codes still work."""
        return self.codes.filter(used_at=None).count()


class CardCodeQuerySet(models.QuerySet):
    def opening(self, email, code):
        """The unused row behind ``code`` for who logs in with ``email``: one or none."""
        return self.filter(
            digest__in=digests_of(code),
            used_at=None,
            card__in=LoginCard.objects.working(),
            card__user__email__iexact=email.strip(),
            card__user__is_active=True,
        )


class CardCode(models.Model):
    """One code of a card; the code itself is printed and not kept."""

    card = models.ForeignKey(LoginCard, models.CASCADE, related_name="codes")
    digest = models.CharField(max_length=64, unique=True, editable=False)
    used_at = models.DateTimeField(_("gebruikt op"), null=True, blank=True)

    objects = CardCodeQuerySet.as_manager()

    class Meta:
        verbose_name = _("code van een kaart")
        verbose_name_plural = _("codes van een kaart")
        ordering = ["pk"]

    def __str__(self):
        return f"{self.pk}"
