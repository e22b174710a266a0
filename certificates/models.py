"""Certificates: frozen facts, stored bytes, an append-only life."""

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from certificates.ceremonies.models import Batch, BatchLine, Bundle
from certificates.codes import HAND_ALPHABET, HAND_LENGTH, new_code, new_hand_code
from certificates.letterheads.models import Letterhead, PaperImage
from certificates.offices import handled_by
from certificates.revocations import EndCategory, Revocation
from certificates.statements import ParticipationStatement
from participants.models import Enrolment

__all__ = [
    "HAND_ALPHABET",
    "HAND_LENGTH",
    "Batch",
    "BatchLine",
    "Bundle",
    "Certificate",
    "CertificateDocument",
    "CertificateLookup",
    "EndCategory",
    "Letterhead",
    "PaperImage",
    "ParticipationStatement",
    "Revocation",
    "new_code",
    "new_hand_code",
]


class NumberSeries(models.Model):
    """The last number given out in a year; numbers are never used again."""

    year = models.PositiveSmallIntegerField(primary_key=True)
    last = models.PositiveIntegerField(default=0)

    def __str__(self):
        return f"{self.year}: {self.last}"


class CertificateQuerySet(models.QuerySet):
    def valid(self):
        return self.filter(status=Certificate.Status.VALID)

    def valid_or_revoked(self):
        """The last word on each enrolment: not what has a successor or was never awarded."""
        return self.exclude(Q(status="replaced") | Q(end_category=EndCategory.NOT_AWARDED))

    def awarded(self, on=None):
        """Those whose award date has come: the holder sees them from that day.

        What was taken back before that day never comes: nobody was ever given it.
        """
        came = self.filter(award_date__lte=on or timezone.localdate())
        return came.exclude(end_category=EndCategory.NOT_AWARDED)

    def buried(self):
        """Those of which only number, state, dates and hash are left."""
        return self.filter(buried_at__isnull=False)

    def with_paper(self):
        return self.filter(buried_at=None)

    def held_by(self, user):
        return self.filter(enrolment__participant=user).awarded().with_paper()

    def light(self):
        """Without the frozen facts: for lists, which show none of them."""
        return self.defer("facts", "evidence")

    def with_links(self):
        """Adds ``replaces_number``, ``replaced_by_number``, and whether it ``awaits_second``."""
        asked = Revocation.objects.waiting().filter(certificate=OuterRef("pk"))
        return self.annotate(
            replaces_number=F("replaces__number"),
            replaced_by_number=F("replaced_by__number"),
            awaits_second=Exists(asked),
        )

    def with_lookups(self):
        """Adds ``looked_up``: how often the check page or the API was asked for it."""
        looks = CertificateLookup.objects.filter(certificate=OuterRef("pk")).order_by()
        total = looks.values("certificate").annotate(total=Sum("count")).values("total")
        return self.annotate(looked_up=Coalesce(Subquery(total), 0))

    def registered_for(self, user):
        """The register of whom ``user`` coordinates or stands in for; never one's own."""
        return self.filter(enrolment__in=handled_by(user))

    def visible_to(self, user):
        """Your own from the award date on, and what is ``registered_for`` you."""
        own = Certificate.objects.held_by(user).values("pk")
        return self.filter(Q(pk__in=own) | Q(enrolment__in=handled_by(user)))

    def update(self, **changes):
        """Only its end can still be written; raises TypeError for anything else."""
        refuse_rewriting(changes)
        return super().update(**changes)

    def bury(self):
        """Leave number, state, dates and hash; see ``ending.bury``. How many there were."""
        gone = {"name": "", "facts": {}, "evidence": [], "end_reason": ""}
        return super().update(buried_at=timezone.now(), **gone)

    def delete(self):
        raise TypeError("A certificate is never deleted; revoke it.")


def refuse_rewriting(fields):
    if frozen := set(fields) - set(Certificate.LIFE):
        raise TypeError(f"A certificate is frozen: {', '.join(sorted(frozen))} cannot change.")


class Certificate(models.Model):
    """What was true on the day of issue. Never recomputed; revoked or replaced, never deleted."""

    # All that changes after issue: its end, and what its holder lets the check page tell.
    LIFE = ("status", "ended_at", "ended_by", "end_category", "end_reason", "shown")

    class Status(models.TextChoices):
        VALID = "valid", _("geldig")
        REPLACED = "replaced", _("vervangen")
        REVOKED = "revoked", _("ingetrokken")

    class Shown(models.TextChoices):
        SHORT = "short", _("kort")
        FULL = "full", _("uitgebreid")

    number = models.CharField(_("nummer"), max_length=20, unique=True, editable=False)
    code = models.CharField(max_length=40, unique=True, default=new_code, editable=False)
    hand_code = models.CharField(max_length=12, default=new_hand_code, editable=False)
    enrolment = models.ForeignKey(
        Enrolment, on_delete=models.PROTECT, related_name="certificates", editable=False
    )
    status = models.CharField(_("stand"), max_length=8, choices=Status, default=Status.VALID)
    name = models.CharField(_("naam zoals gedrukt"), max_length=120, editable=False)
    facts = models.JSONField(editable=False, help_text="What the paper says, as issued.")
    evidence = models.JSONField(editable=False, help_text="The lines of progress, as issued.")
    sha256 = models.CharField(max_length=64, editable=False)
    award_date = models.DateField(_("datum van uitreiking"))
    issued_at = models.DateTimeField(_("gemaakt op"), default=timezone.now, editable=False)
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    replaces = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="replaced_by"
    )
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    end_category = models.CharField(
        _("soort reden"), max_length=11, choices=EndCategory, blank=True
    )
    end_reason = models.TextField(_("reden"), blank=True)
    # In full unless its holder chose otherwise: the paper in the hand of who scans it says as much.
    shown = models.CharField(
        _("wat de controlepagina laat zien"), max_length=5, choices=Shown, default=Shown.FULL
    )
    # When all that tells about a person was taken out; number, state, dates and hash stay.
    buried_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = CertificateQuerySet.as_manager()

    class Meta:
        verbose_name = _("certificaat")
        verbose_name_plural = _("certificaten")
        ordering = ["-issued_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["enrolment"],
                condition=Q(status="valid"),
                name="one_valid_certificate_an_enrolment",
            ),
            models.CheckConstraint(
                condition=Q(status="valid", ended_at=None, ended_by=None, end_reason="")
                | ~Q(status="valid")
                & Q(ended_at__isnull=False, ended_by__isnull=False)
                & (~Q(end_reason="") | Q(buried_at__isnull=False)),
                name="a_certificate_that_ended_says_when_who_and_why",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["valid", "replaced", "revoked"]),
                name="a_certificate_has_a_state_that_is_known",
            ),
            models.CheckConstraint(
                condition=Q(end_category="") | ~Q(status="valid"),
                name="a_valid_certificate_has_no_kind_of_end",
            ),
            models.CheckConstraint(
                condition=~Q(end_category="not_awarded") | Q(status="revoked"),
                name="what_was_not_awarded_was_revoked",
            ),
            models.CheckConstraint(
                condition=Q(buried_at=None) & ~Q(name="")
                | Q(buried_at__isnull=False, name="", end_reason=""),
                name="a_certificate_has_a_name_until_it_is_buried",
            ),
            models.CheckConstraint(
                condition=Q(replaces=None) | ~Q(replaces=F("pk")),
                name="a_certificate_does_not_replace_itself",
            ),
            models.CheckConstraint(
                condition=Q(shown__in=["short", "full"]),
                name="a_check_page_tells_little_or_all",
            ),
        ]

    def __str__(self):
        return self.number

    def save(self, *args, **kwargs):
        """A new row whole; of an existing one only ``update_fields`` of its life."""
        if not self._state.adding:
            every = [field.name for field in self._meta.concrete_fields]
            refuse_rewriting(kwargs.get("update_fields") or every)
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise TypeError("A certificate is never deleted; revoke it.")

    @property
    def is_valid(self):
        return self.status == self.Status.VALID

    @property
    def is_awarded(self):
        """Whether its day has come, so that others may have seen it."""
        return self.award_date <= timezone.localdate()

    @property
    def was_taken_back(self):
        return self.end_category == EndCategory.NOT_AWARDED

    @property
    def state(self):
        """Its state in words; what was never awarded is not called revoked."""
        return self.get_end_category_display() if self.was_taken_back else self.get_status_display()

    @property
    def check_url(self):
        """The address in the QR, where anyone sees what was earned and its state today."""
        return f"{settings.SITE_URL}/controle/{self.code}/"


class CertificateLookup(models.Model):
    """How often one certificate was looked up on one day. Never by whom: no address is kept."""

    certificate = models.ForeignKey(Certificate, on_delete=models.PROTECT, related_name="lookups")
    day = models.DateField()
    count = models.PositiveIntegerField()

    class Meta:
        ordering = ["-day"]
        constraints = [
            models.UniqueConstraint(
                fields=["certificate", "day"], name="lookups_of_a_day_are_one_row"
            ),
        ]

    def __str__(self):
        return f"{self.certificate_id}, {self.day}: {self.count}"


class CertificateDocumentQuerySet(models.QuerySet):
    def update(self, **changes):
        raise TypeError("The bytes of a certificate are frozen.")

    def delete(self):
        raise TypeError("The bytes of a certificate are never deleted.")


class CertificateDocument(models.Model):
    """The bytes of one certificate; apart, so that lists never carry them."""

    certificate = models.OneToOneField(
        Certificate, on_delete=models.PROTECT, primary_key=True, related_name="document"
    )
    pdf = models.BinaryField()
    # For a ZIP, so that it need not be summed again; None in rows of before.
    crc32 = models.PositiveBigIntegerField(null=True, editable=False)

    objects = CertificateDocumentQuerySet.as_manager()

    def __str__(self):
        return f"{self.certificate_id}.pdf"

    def save(self, *args, **kwargs):
        if not self._state.adding:
            raise TypeError("The bytes of a certificate are frozen.")
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise TypeError("The bytes of a certificate are never deleted.")
