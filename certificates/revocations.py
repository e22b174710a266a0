"""Revoking where the track asks two people: the first asks, the second decides."""

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from certificates.offices import Kind, handled_by, holders
from participants.models import Cohort

COHORT = "certificate__enrolment__cohort"
INVOLVED = ("certificate__enrolment__participant", "asked_by")


class EndCategory(models.TextChoices):
    """Why a certificate ended, in a word that tells nothing about a person."""

    MISTAKE = "mistake", _("per ongeluk gemaakt")
    FACTS = "facts", _("er staat iets verkeerds op")
    UNTRUE = "untrue", _("iets bleek niet waar te zijn")
    REQUEST = "request", _("de eigenaar vroeg erom")
    OTHER = "other", _("anders")
    NAME = "name", _("naam verbeterd")
    NOT_AWARDED = "not_awarded", _("niet uitgereikt")


# What a person may give as the kind of reason to revoke; the others say what was done.
REVOKED_FOR = [
    EndCategory.MISTAKE,
    EndCategory.FACTS,
    EndCategory.UNTRUE,
    EndCategory.REQUEST,
    EndCategory.OTHER,
]


class RevocationQuerySet(models.QuerySet):
    def waiting(self):
        return self.filter(answer="")

    def answered(self):
        return self.exclude(answer="")

    def visible_to(self, user):
        """On certificates that are ``user``'s work, and what ``user`` may answer or answered."""
        answerable = Revocation.objects.answerable_by(user).values("pk")
        theirs = Q(certificate__enrolment__in=handled_by(user))
        return self.filter(theirs | Q(pk__in=answerable) | Q(answered_by=user))

    def asked_by(self, user):
        return self.filter(asked_by=user)

    def answerable_by(self, user):
        """What waits for ``user``, who is neither who asked nor the holder.

        For another coordinator; and where there is none, for an administrator.
        """
        others = holders(
            Kind.COORDINATOR, OuterRef(COHORT), but=[OuterRef(person) for person in INVOLVED]
        )
        coordinated = Cohort.objects.with_role(user, Kind.COORDINATOR)
        administered = Cohort.objects.with_role(user, Kind.ADMINISTRATOR)
        return (
            self.waiting()
            .exclude(Q(asked_by=user) | Q(certificate__enrolment__participant=user))
            .filter(
                Q(**{f"{COHORT}__in": coordinated})
                | Q(~Exists(others), **{f"{COHORT}__in": administered})
            )
        )


class Revocation(models.Model):
    """A wish to revoke one certificate, and what a second person answered."""

    class Answer(models.TextChoices):
        CONFIRMED = "confirmed", _("ingetrokken")
        REJECTED = "rejected", _("blijft geldig")
        TAKEN_BACK = "taken_back", _("vraag teruggenomen")

    certificate = models.ForeignKey(
        "certificates.Certificate", models.PROTECT, related_name="revocations"
    )
    category = models.CharField(_("soort reden"), max_length=11, choices=EndCategory)
    reason = models.TextField(_("reden"), blank=True)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now, editable=False)
    answer = models.CharField(max_length=10, choices=Answer, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)
    note = models.TextField(_("toelichting"), blank=True)

    objects = RevocationQuerySet.as_manager()

    class Meta:
        verbose_name = _("vraag om in te trekken")
        verbose_name_plural = _("vragen om in te trekken")
        ordering = ["asked_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["certificate"],
                condition=Q(answer=""),
                name="one_wish_to_revoke_waits_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(answer="", answered_by=None, answered_at=None)
                | ~Q(answer="") & Q(answered_by__isnull=False, answered_at__isnull=False),
                name="a_wish_to_revoke_is_answered_by_someone_or_waits",
            ),
            models.CheckConstraint(
                condition=Q(answered_by=None)
                | Q(answer="taken_back", answered_by=F("asked_by"))
                | ~Q(answer="taken_back") & ~Q(answered_by=F("asked_by")),
                name="a_second_person_revokes_and_the_first_takes_back",
            ),
        ]

    def __str__(self):
        return f"{self.certificate_id}, {self.asked_at:%Y-%m-%d}"

    @property
    def enrolment_id(self):
        return self.certificate.enrolment_id
