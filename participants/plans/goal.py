from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

MOST_GOALS = 5


class LearningGoalQuerySet(models.QuerySet):
    def standing(self):
        """The goals of now, one to five of a plan."""
        return self.filter(archived_at=None)

    def archived(self):
        """What its owner took away; kept, because a shared version may tell of it."""
        return self.filter(archived_at__isnull=False)

    def owned_by(self, user):
        """The goals of ``user``; nobody else reads these rows (staff read what was shared)."""
        return self.filter(plan__enrolment__participant=user)


class LearningGoal(models.Model):
    """One goal in somebody's POP, as its owner has it now.

    What others read of it stands in the ``goals`` of the versions that were shared. Taken away,
    it is archived and never deleted: an interview file may refer to it.
    """

    class State(models.TextChoices):
        NOT_BEGUN = "not_begun", _("nog niet begonnen")
        BUSY = "busy", _("bezig")
        DONE = "done", _("gelukt")

    plan = models.ForeignKey(
        "participants.DevelopmentPlan", on_delete=models.PROTECT, related_name="goals"
    )
    position = models.PositiveSmallIntegerField(null=True, blank=True)
    what = models.CharField(_("wat wil ik leren"), max_length=300)
    why = models.TextField(_("waarom wil ik dit"), blank=True)
    actions = models.TextField(_("wat ga ik doen"), blank=True)
    until = models.DateField(_("wanneer is het klaar"), null=True, blank=True)
    how_seen = models.TextField(_("hoe merk ik dat het lukt"), blank=True)
    state = models.CharField(_("stand"), max_length=9, choices=State, default=State.NOT_BEGUN)
    archived_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = LearningGoalQuerySet.as_manager()

    class Meta:
        verbose_name = _("leerdoel")
        verbose_name_plural = _("leerdoelen")
        ordering = ["plan", "position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "position"], name="goals_stand_in_an_order"),
            models.CheckConstraint(
                # NULL >= 1 is not false to a database, so it is named.
                condition=Q(
                    archived_at=None,
                    position__isnull=False,
                    position__gte=1,
                    position__lte=MOST_GOALS,
                )
                | Q(archived_at__isnull=False, position=None),
                name="a_goal_is_one_of_five_or_archived",
            ),
            models.CheckConstraint(condition=~Q(what=""), name="a_goal_says_what"),
            models.CheckConstraint(
                condition=Q(state__in=["not_begun", "busy", "done"]),
                name="a_goal_is_not_begun_busy_or_done",
            ),
        ]

    def __str__(self):
        return f"{self.plan}, leerdoel {self.position or '-'}"

    @property
    def enrolment_id(self):
        """Whose goal it is; for the rows of decisions."""
        return self.plan.enrolment_id

    @property
    def is_first(self):
        return self.position == 1

    @property
    def as_shared(self):
        """What a shared version keeps of it."""
        return {
            "goal": self.pk,
            "what": self.what,
            "why": self.why,
            "actions": self.actions,
            "until": self.until.isoformat() if self.until else None,
            "how_seen": self.how_seen,
            "state": self.state,
        }
