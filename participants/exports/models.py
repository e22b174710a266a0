"""What left the house: who took it, what it was, how much, when, and why."""

from dataclasses import dataclass

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from participants.exports.kinds import FORMS, LABELS
from participants.longwork import LongWork, LongWorkQuerySet
from participants.tracks.models import Cohort


class Why(models.TextChoices):
    """What one takes a list or a file along for."""

    OFFICE = "office", _("Eigen administratie")
    CEREMONY = "ceremony", _("Uitreiking van certificaten")
    FUNDER = "funder", _("Verantwoording aan een subsidiegever")
    MEETING = "meeting", _("Overleg in het team")
    ASKED = "asked", _("Een deelnemer vroeg erom")
    OTHER = "other", _("Iets anders")


@dataclass(frozen=True)
class Told:
    """Why something leaves: one of ``Why``, and in words where that says too little."""

    why: str
    reason: str = ""

    def __str__(self):
        label = Why(self.why).label
        return f"{label}: {self.reason}" if self.reason else str(label)


class Reasoned(models.Model):
    why = models.CharField(_("waarvoor"), max_length=8, choices=Why, default=Why.CEREMONY)
    reason = models.CharField(_("toelichting"), max_length=240, blank=True)

    class Meta:
        abstract = True

    @property
    def told(self):
        return Told(self.why, self.reason)


class ExportQuerySet(LongWorkQuerySet):
    def visible_to(self, user):
        """Of the cohorts that ``user`` coordinates."""
        return self.filter(cohort__in=Cohort.objects.coordinated_by(user))

    def with_file(self):
        return self.exclude(path="")

    def made_apart(self):
        """Whose file is or was made in the background."""
        return self.exclude(expires_at=None)

    def asked_for(self, user):
        return self.filter(asked_by=user)

    def newest_first(self):
        return self.order_by("-asked_at", "-pk")


class Export(Reasoned, LongWork):
    """One list or file that was taken along. The row stays; its file, if there is one, goes.

    ``total`` and ``done`` are rows; ``narrowed`` tells in words what of the whole it holds.
    """

    kind = models.CharField(max_length=20)  # a key of participants.exports.kinds
    form = models.CharField(_("vorm"), max_length=4)
    asked = models.JSONField(default=dict, help_text="What narrows it, as in the address.")
    narrowed = models.CharField(_("welke"), max_length=500, blank=True)
    total = models.PositiveIntegerField(_("aantal"))
    done = models.PositiveIntegerField(default=0)
    path = models.CharField(max_length=80, blank=True, editable=False)
    # Of the file that was made in the background; without one it went at once.
    expires_at = models.DateTimeField(null=True, blank=True)

    objects = ExportQuerySet.as_manager()

    class Meta:
        verbose_name = _("export")
        verbose_name_plural = _("exports")
        ordering = ["-asked_at", "-pk"]
        indexes = [models.Index(fields=["cohort", "-asked_at"], name="exports_of_a_cohort")]
        constraints = [
            models.CheckConstraint(
                condition=Q(why__in=["office", "ceremony", "funder", "meeting", "asked"])
                | Q(why="other") & ~Q(reason=""),
                name="an_export_says_what_it_is_for",
            ),
            models.CheckConstraint(
                condition=Q(done__lte=F("total")), name="an_export_holds_no_more_than_was_asked"
            ),
            models.CheckConstraint(
                condition=Q(path="") | Q(finished_at__isnull=False, expires_at__isnull=False),
                name="an_export_with_a_file_is_whole_and_ends",
            ),
        ]

    def __str__(self):
        return f"{self.cohort_id}, {self.kind}"

    @property
    def label(self):
        return LABELS.get(self.kind, self.kind)

    @property
    def form_label(self):
        return FORMS[self.form][0]
