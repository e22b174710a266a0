"""The interview file: what a participant chose to take along to the talk, and nothing else."""

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from participants.enrolments.models import Enrolment
from participants.interviews.models import FinalInterview
from participants.plans.goal import LearningGoal
from participants.plans.models import PlanVersion
from participants.tracks.models import InterviewCriterion


class EvidenceQuerySet(models.QuerySet):
    def in_preparation(self):
        """What may still change: it was not kept with a final talk."""
        return self.filter(interview=None)

    def visible_to(self, user):
        """Your own, and that of the talks where you sit as assessor."""
        seated = FinalInterview.objects.assessed_by(user)
        coming = seated.unfinished().filter(enrolment=OuterRef("enrolment"))
        return self.filter(
            Q(enrolment__participant=user)
            | Q(interview__in=seated.final())
            | Q(interview=None) & Exists(coming)
        )

    def owned_by(self, user):
        return self.filter(enrolment__participant=user)

    def of(self, interview):
        """What is in the file of this talk; nothing where it was not held."""
        if interview.is_final:
            return self.filter(interview=interview)
        if interview.status == FinalInterview.Status.NOT_HELD:
            return self.none()
        return self.in_preparation().filter(enrolment=interview.enrolment_id)

    def with_content(self):
        return self.select_related("goal__plan", "version__file", "criterion")


class EvidenceItem(models.Model):
    """A goal of one's own POP, a page of an uploaded one, or a remark; with a criterion or none."""

    enrolment = models.ForeignKey(Enrolment, models.PROTECT, related_name="evidence")
    # The talk it was kept with when that became final; until then it can be taken out.
    interview = models.ForeignKey(
        FinalInterview, models.PROTECT, null=True, blank=True, related_name="evidence"
    )
    goal = models.ForeignKey(
        LearningGoal, models.PROTECT, null=True, blank=True, related_name="evidence"
    )
    goal_as_was = models.JSONField(null=True, blank=True)  # when the talk became final
    version = models.ForeignKey(
        PlanVersion, models.PROTECT, null=True, blank=True, related_name="evidence"
    )
    page = models.PositiveIntegerField(
        _("bladzijde"), null=True, blank=True, help_text=_("Leeg: het hele bestand.")
    )
    text = models.TextField(_("wat je wilt laten zien"), blank=True)
    criterion = models.ForeignKey(
        InterviewCriterion,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("hoort bij"),
    )
    added_at = models.DateTimeField(auto_now_add=True)

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("stuk voor het eindgesprek")
        verbose_name_plural = _("stukken voor het eindgesprek")
        ordering = ["added_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(goal__isnull=False, version=None, page=None, text="")
                | Q(goal=None, version__isnull=False, text="")
                | Q(goal=None, version=None, page=None) & ~Q(text=""),
                name="a_piece_of_evidence_is_of_one_kind",
            ),
            models.CheckConstraint(
                condition=Q(goal_as_was=None) | Q(goal__isnull=False, interview__isnull=False),
                name="a_goal_is_kept_as_it_was_with_a_talk",
            ),
            models.UniqueConstraint(
                fields=["enrolment", "goal"],
                condition=Q(interview=None, goal__isnull=False),
                name="a_goal_is_in_the_file_once",
            ),
            models.UniqueConstraint(
                fields=["enrolment", "version", "page"],
                condition=Q(interview=None, page__isnull=False),
                name="a_page_is_in_the_file_once",
            ),
            models.UniqueConstraint(
                fields=["enrolment", "version"],
                condition=Q(interview=None, version__isnull=False, page=None),
                name="a_whole_upload_is_in_the_file_once",
            ),
        ]

    def __str__(self):
        return f"{self._meta.verbose_name} {self.pk}"

    @property
    def shown_goal(self):
        """What the reader gets of the goal, by field name; None for another kind."""
        if self.goal is None:
            return None
        return self.goal_as_was or self.goal.as_shared

    @property
    def goal_state(self):
        """The words for how far the goal is."""
        return LearningGoal.State(self.shown_goal["state"]).label
