import datetime as dt
import secrets

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext_lazy as _

from participants.accounts.links import digest_of, secret_of
from participants.hours.models import HourEntry
from participants.mailing.models import Posting
from participants.placements.models import Supervisor

MOST_WRONG_CODES = 5


def new_seed():
    return secrets.token_urlsafe(24)


class RequestQuerySet(models.QuerySet):
    def of_token(self, token):
        return self.filter(token_hash=digest_of(token))

    def visible_to(self, user):
        """What was asked of the supervisors of the people of your cohorts."""
        return self.filter(supervisor__in=Supervisor.objects.visible_to(user))

    def mailed(self):
        """Those that went by mail; the others stood as a QR code on a participant's phone."""
        return self.filter(shown_by=None)

    def shown(self):
        return self.filter(shown_by__isnull=False)

    def unrevoked(self):
        return self.filter(revoked_at=None)

    def live(self):
        """Those whose link still opens; see ``ConfirmationRequest.closed_because``."""
        return self.unrevoked().filter(
            expires_at__gt=timezone.now(),
            wrong_codes__lt=MOST_WRONG_CODES,
            supervisor__stopped_at=None,
            supervisor__introduced_at__lte=F("created_at"),
        )


class ConfirmationRequest(models.Model):
    """One link for one supervisor, with the lines that it asks about."""

    DAYS = 30  # how long a mailed link opens
    HOURS_SHOWN = 24  # how long a QR code does

    supervisor = models.ForeignKey(Supervisor, models.PROTECT, related_name="requests")
    # Whose phone shows it; only their own lines are in it. None: it was mailed.
    shown_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    # Link and code follow from this and our secret key: neither can be read from the database.
    seed = models.CharField(max_length=40, default=new_seed, editable=False)
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    posting = models.ForeignKey(
        Posting, models.SET_NULL, null=True, blank=True, related_name="+", editable=False
    )
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True, blank=True)
    # Of a QR code, whose four digits go to the supervisor's own address when asked for.
    code_mailed_at = models.DateTimeField(null=True, blank=True)
    codes_mailed = models.PositiveSmallIntegerField(default=0)
    # The one whose link no longer opened, where the supervisor asked for this mail.
    renews = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="+", editable=False
    )
    wrong_codes = models.PositiveSmallIntegerField(default=0)
    revoked_at = models.DateTimeField(null=True, blank=True)
    # None where a newer request took its place, or the supervisor stopped.
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = RequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("vraag aan een begeleider")
        verbose_name_plural = _("vragen aan begeleiders")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["supervisor"],
                condition=Q(revoked_at=None, shown_by=None),
                name="a_supervisor_has_one_mailed_request",
            ),
            models.UniqueConstraint(
                fields=["supervisor", "shown_by"],
                condition=Q(revoked_at=None, shown_by__isnull=False),
                name="a_participant_shows_one_code_for_a_supervisor",
            ),
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("created_at")),
                name="a_request_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(wrong_codes__lte=MOST_WRONG_CODES),
                name="nobody_tries_a_sixth_code",
            ),
            models.CheckConstraint(
                condition=Q(revoked_by=None) | Q(revoked_at__isnull=False),
                name="a_request_is_revoked_at_a_moment",
            ),
        ]

    def __str__(self):
        return f"{self.pk}"

    def save(self, *args, **kwargs):
        self.token_hash = self.token_hash or digest_of(self.token)
        super().save(*args, **kwargs)

    @property
    def token(self):
        """What stands in the link: 256 bits that only we can make from the row."""
        return secret_of("confirmations.link", self.seed)

    @property
    def code(self):
        """The four digits that stand in the mail and never on the page."""
        digest = salted_hmac("confirmations.code", self.seed, algorithm="sha256").digest()
        return f"{int.from_bytes(digest[:8]) % 10_000:04}"

    def is_code(self, typed):
        return constant_time_compare(self.code, typed)

    @property
    def closed_because(self):
        """Why the link no longer opens: a word for the page, or "" while it does."""
        if self.supervisor.stopped_at:
            return "stopped"
        introduced = self.supervisor.introduced_at
        if introduced is None or introduced > self.created_at:
            return "revoked"
        if self.revoked_at:
            return "revoked" if self.revoked_by_id else "replaced"
        if self.expires_at <= timezone.now():
            return "expired"
        return "locked" if self.wrong_codes >= MOST_WRONG_CODES else ""

    @property
    def sent_at(self):
        """When the mail left us; None while it waits for the mail server."""
        return self.posting.sent_at if self.posting else self.created_at


class LineQuerySet(models.QuerySet):
    def unanswered(self):
        return self.filter(answer="")

    def standing(self):
        """Those whose entry is still what was asked about: handed in, unchanged, guided there."""
        return self.unanswered().filter(
            entry__status=HourEntry.Status.SUBMITTED,
            entry__changed_at=F("seen"),
            entry__placement__supervisor=F("request__supervisor"),
        )

    def live(self):
        """Those that can still be answered through a link."""
        requests = ConfirmationRequest.objects.live().filter(pk=OuterRef("request"))
        return self.filter(Exists(requests)).standing()

    def in_order(self):
        """Per person, then by day, with what the page shows."""
        return self.select_related("entry__enrolment__participant").order_by(
            "entry__enrolment__participant", "entry__date", "entry__pk"
        )


class ConfirmationLine(models.Model):
    """One entry in a request, as it was when it was asked, and the answer."""

    class Answer(models.TextChoices):
        YES = "yes", _("klopt")
        NO = "no", _("klopt niet")

    request = models.ForeignKey(ConfirmationRequest, models.CASCADE, related_name="lines")
    entry = models.ForeignKey(HourEntry, models.PROTECT, related_name="confirmation_lines")
    seen = models.DateTimeField()  # changed_at of the entry that is asked about
    answer = models.CharField(max_length=3, choices=Answer, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    objects = LineQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["request", "entry"], name="an_entry_is_asked_once"),
            models.CheckConstraint(
                condition=Q(answer="", answered_at=None)
                | Q(answer__in=["yes", "no"], answered_at__isnull=False),
                name="an_answer_has_its_moment",
            ),
        ]

    def __str__(self):
        return f"{self.request_id}: {self.entry_id}"


def deadline(moment, *, shown):
    """Until when a link made at ``moment`` opens."""
    hours, days = ConfirmationRequest.HOURS_SHOWN, ConfirmationRequest.DAYS
    return moment + (dt.timedelta(hours=hours) if shown else dt.timedelta(days=days))
