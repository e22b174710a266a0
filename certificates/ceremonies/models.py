"""Work for a whole cohort that takes longer than a page may: who asked, and how far it is."""

import uuid

from django.db import models
from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from certificates.offices import cohorts_of
from participants.exports.models import Reasoned
from participants.longwork import LongWork, LongWorkQuerySet
from participants.models import Enrolment


class OfCertificatesQuerySet(LongWorkQuerySet):
    def visible_to(self, user):
        """Of the cohorts whose certificates are ``user``'s work."""
        return self.filter(cohort__in=cohorts_of(user))


class BatchQuerySet(OfCertificatesQuerySet):
    def with_counts(self):
        """Adds ``total``, ``made`` and ``passed``: of the people in it."""
        state = BatchLine.State
        return self.annotate(
            total=Count("lines"),
            made=Count("lines", filter=Q(lines__state=state.MADE)),
            passed=Count("lines", filter=Q(lines__state=state.PASSED_OVER)),
        )


class Batch(LongWork):
    """Certificates for many at once. What is made stays made, whatever happens half-way."""

    # Of the page on which it was confirmed: pressed twice, or in two windows, it is one batch.
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    award_date = models.DateField(_("datum van uitreiking"))

    objects = BatchQuerySet.as_manager()

    class Meta:
        verbose_name = _("reeks certificaten")
        verbose_name_plural = _("reeksen certificaten")
        ordering = ["-asked_at", "-pk"]

    def __str__(self):
        return f"{self.cohort_id}, {self.asked_at:%Y-%m-%d %H:%M}"


class BatchLine(models.Model):
    """One person in a Batch, and what came of it."""

    class State(models.TextChoices):
        WAITING = "waiting", _("wacht")
        MADE = "made", _("gemaakt")
        PASSED_OVER = "passed", _("overgeslagen")

    batch = models.ForeignKey(Batch, models.CASCADE, related_name="lines")
    enrolment = models.ForeignKey(Enrolment, models.CASCADE, related_name="+")
    state = models.CharField(max_length=7, choices=State, default=State.WAITING)
    certificate = models.OneToOneField(
        "certificates.Certificate", models.PROTECT, null=True, blank=True, related_name="+"
    )
    why = models.TextField(blank=True, help_text="Why somebody was passed over: a sentence.")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["batch", "enrolment"], name="a_person_stands_in_a_batch_once"
            ),
            models.UniqueConstraint(
                fields=["enrolment"],
                condition=Q(state="waiting"),
                name="nobody_waits_in_two_batches_at_once",
            ),
            models.CheckConstraint(
                condition=Q(state="waiting", certificate=None, why="")
                | Q(state="made", certificate__isnull=False, why="")
                | Q(state="passed", certificate=None) & ~Q(why=""),
                name="a_line_has_a_certificate_or_says_why_not",
            ),
        ]

    def __str__(self):
        return f"{self.batch_id}: {self.enrolment_id}"


class Bundle(Reasoned, LongWork):
    """A large file that is made in the background, for who asked for it, and gone after a day."""

    class Kind(models.TextChoices):
        ZIP = "zip", _("Alle bestanden (zip)")
        BOTH_SIDES = "both", _("Om te printen: voorkant en bijlage")
        FRONTS = "fronts", _("Om te printen: alleen de voorkanten")

    kind = models.CharField(max_length=6, choices=Kind)
    total = models.PositiveIntegerField(help_text="How many certificates go in.")
    done = models.PositiveIntegerField(default=0)
    path = models.CharField(max_length=80, blank=True, editable=False)
    expires_at = models.DateTimeField()

    objects = OfCertificatesQuerySet.as_manager()

    class Meta:
        verbose_name = _("bundel")
        verbose_name_plural = _("bundels")
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["zip", "both", "fronts"]),
                name="a_bundle_is_of_a_kind_that_we_make",
            ),
            models.CheckConstraint(
                condition=~Q(total=0) & Q(done__lte=models.F("total")),
                name="a_bundle_holds_no_more_than_was_asked",
            ),
            models.CheckConstraint(
                condition=Q(path="") | Q(finished_at__isnull=False, refusal=""),
                name="a_bundle_has_a_file_once_it_is_whole",
            ),
        ]

    def __str__(self):
        return f"{self.cohort_id}, {self.kind}"
