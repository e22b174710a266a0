"""What the final interview of a track asks, and what it asked when a cohort began."""

from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _


class InterviewCriterionQuerySet(models.QuerySet):
    def in_use(self):
        return self.filter(is_active=True)

    def of_track(self, track):
        """Those of ``track``, in order."""
        return self.filter(track=track).order_by("position", "pk")

    def asked_in(self, cohort):
        """What the final interview of ``cohort`` asks, in order; ``place`` is their number.

        What is pinned on it, and until then what its track has in use.
        """
        pinned = CohortCriterion.objects.filter(cohort=cohort)
        here = pinned.filter(criterion=OuterRef("pk"))
        follows = Q(track=cohort.track_id, is_active=True) & ~Exists(pinned)
        asked = self.filter(Exists(here) | follows)
        return asked.annotate(
            place=Coalesce(Subquery(here.values("position")[:1]), "position")
        ).order_by("place", "pk")

    def set_up_by(self, user):
        """Those of the tracks that are ``user``'s to arrange."""
        tracks = self.model._meta.get_field("track").related_model.objects
        return self.filter(track__in=tracks.set_up_by(user))


class InterviewCriterion(models.Model):
    """One thing to show in the final interview of a track.

    Its words stay once a cohort or a talk has it: in other words it is another criterion.
    """

    track = models.ForeignKey(
        "participants.LearningTrack", on_delete=models.PROTECT, related_name="interview_criteria"
    )
    position = models.PositiveSmallIntegerField(_("volgorde"))
    title = models.CharField(_("criterium"), max_length=120)
    explanation = models.TextField(_("uitleg"), blank=True)
    example_question = models.TextField(
        _("voorbeeldvraag"), blank=True, help_text=_("Zoals een beoordelaar het kan vragen.")
    )
    hint = models.TextField(
        _("tip bij de voorbereiding"),
        blank=True,
        help_text=_("Waar de deelnemer bij een voorbeeld aan denkt: situatie, taak, actie, …"),
    )
    required = models.BooleanField(_("moet voldoende zijn"), default=True)
    is_active = models.BooleanField(_("in gebruik"), default=True)
    replaced_by = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="replaces", editable=False
    )

    objects = InterviewCriterionQuerySet.as_manager()

    class Meta:
        verbose_name = _("criterium van het eindgesprek")
        verbose_name_plural = _("criteria van het eindgesprek")
        ordering = ["track", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["track", "position"],
                condition=Q(is_active=True),
                name="criteria_stand_in_one_order",
            ),
            models.CheckConstraint(
                condition=Q(replaced_by=None) | Q(is_active=False),
                name="what_was_put_otherwise_is_out_of_use",
            ),
        ]

    def __str__(self):
        return self.title


class CohortCriterion(models.Model):
    """A criterion as a cohort had it when those of its track changed: pinned, as norms are."""

    cohort = models.ForeignKey(
        "participants.Cohort", on_delete=models.CASCADE, related_name="pinned_criteria"
    )
    criterion = models.ForeignKey(
        InterviewCriterion, on_delete=models.PROTECT, related_name="pinned_on"
    )
    position = models.PositiveSmallIntegerField(_("volgorde"))

    class Meta:
        verbose_name = _("criterium van een lichting")
        verbose_name_plural = _("criteria van een lichting")
        ordering = ["cohort", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["cohort", "criterion"], name="a_criterion_is_pinned_once_a_cohort"
            ),
            models.UniqueConstraint(
                fields=["cohort", "position"], name="pinned_criteria_stand_in_one_order"
            ),
        ]

    def __str__(self):
        return f"{self.cohort_id}: {self.criterion_id}"
