from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Prefetch, Q, Subquery
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from participants.accounts.models import Role
from participants.enrolments.models import Enrolment
from participants.files.models import StoredFile
from participants.plans.endorsement import Endorsement as Endorsement
from participants.plans.feedback import Feedback
from participants.plans.goal import LearningGoal
from participants.plans.sections import Part, parts
from participants.tracks.models import Cohort

# Who reads the shared POP of others: trainers and coordinators; an assessor only what is
# put in the interview file (domain: who may do what).
POP_READERS = (Role.Kind.TRAINER, Role.Kind.COORDINATOR)
# Who writes in a plan, and whom the group counts: not who stopped.
TAKING_PART = (Enrolment.Status.ACTIVE, Enrolment.Status.COMPLETED)


class DevelopmentPlanQuerySet(models.QuerySet):
    def personal(self):
        return self.filter(kind=DevelopmentPlan.Kind.PERSONAL)

    def of_groups(self):
        return self.filter(kind=DevelopmentPlan.Kind.GROUP)

    def visible_to(self, user):
        """Your own POP, shared POPs of your people, and the GOP of your groups."""
        read = Enrolment.objects.handled_by(user, *POP_READERS)
        shared = Exists(PlanVersion.objects.shared().filter(plan=OuterRef("pk")))
        own = Q(enrolment__participant=user)
        group = Q(cohort__in=Cohort.objects.staffed_by(user)) | Q(cohort__in=_own_cohorts(user))
        return self.filter(own | (Q(enrolment__in=read) & Q(shared)) | group)

    def owned_by(self, user):
        """One's own POP, and the GOP of the groups that one takes or took part in."""
        return self.filter(Q(enrolment__participant=user) | Q(cohort__in=_own_cohorts(user)))

    def of_others(self, user):
        """Plans that are neither the POP of ``user`` nor the GOP of a group of ``user``."""
        return self.exclude(pk__in=DevelopmentPlan.objects.owned_by(user).values("pk"))

    def reviewable_by(self, user):
        """Plans that ``user`` may comment on and complete; never one's own."""
        people = Enrolment.objects.handled_by(user, *POP_READERS)
        groups = Cohort.objects.with_role(user, *POP_READERS).exclude(
            pk__in=_own_cohorts(user).values("pk")
        )
        return self.filter(Q(enrolment__in=people) | Q(cohort__in=groups))

    def reopenable_by(self, user):
        """A complete GOP is reopened by a coordinator, a POP by who may complete it."""
        groups = Cohort.objects.coordinated_by(user).exclude(pk__in=_own_cohorts(user).values("pk"))
        people = Enrolment.objects.handled_by(user, *POP_READERS)
        return self.filter(Q(enrolment__in=people) | Q(cohort__in=groups))

    def awaiting_review(self):
        """Shared POPs whose latest shared version was not sent back with a question.

        Each with ``waiting_since``: the moment at which that version was shared.
        """
        latest = PlanVersion.objects.shared().filter(plan=OuterRef("pk")).order_by("-number")
        return (
            self.personal()
            .filter(
                ~Exists(Feedback.objects.unanswered().filter(version__plan=OuterRef("pk"))),
                status=DevelopmentPlan.Status.SHARED,
            )
            .annotate(waiting_since=Subquery(latest.values("shared_at")[:1]))
        )

    def as_seen_by(self, user):
        """Adds what a page for ``user`` asks, each true or false: owned, reviewable, reopenable."""
        same = DevelopmentPlan.objects.filter(pk=OuterRef("pk"))
        return self.annotate(
            owned=Exists(same.owned_by(user)),
            reviewable=Exists(same.reviewable_by(user)),
            reopenable=Exists(same.reopenable_by(user)),
        )

    def with_versions_as_seen_by(self, user):
        """With ``seen_versions`` (newest first), their authors, files and feedback.

        And ``own_goals``: the goals as they are now, for the owner alone. Staff read what was
        shared of them, in the versions.
        """
        feedback = Feedback.objects.select_related("author")
        versions = PlanVersion.objects.visible_to(user).select_related("author", "file")
        versions = versions.prefetch_related(Prefetch("feedback", feedback))
        goals = LearningGoal.objects.standing().owned_by(user)
        return self.prefetch_related(
            Prefetch("versions", versions, to_attr="seen_versions"),
            Prefetch("goals", goals, to_attr="own_goals"),
        )


def _own_cohorts(user):
    own = Enrolment.objects.filter(participant=user).admitted()
    return Cohort.objects.filter(pk__in=own.values("cohort"))


class DevelopmentPlan(models.Model):
    """A POP of one participant, or the GOP of one cohort; its content stands in versions."""

    class Kind(models.TextChoices):
        PERSONAL = "personal", _("POP")
        GROUP = "group", _("GOP")

    class Status(models.TextChoices):
        DRAFT = "draft", _("concept")
        SHARED = "shared", _("gedeeld")
        COMPLETE = "complete", _("compleet")

    kind = models.CharField(max_length=8, choices=Kind)
    enrolment = models.OneToOneField(
        Enrolment, on_delete=models.PROTECT, null=True, blank=True, related_name="pop"
    )
    cohort = models.OneToOneField(
        Cohort, on_delete=models.PROTECT, null=True, blank=True, related_name="gop"
    )
    status = models.CharField(max_length=8, choices=Status, default=Status.DRAFT)
    completed_version = models.ForeignKey(
        "PlanVersion", models.PROTECT, null=True, blank=True, related_name="+"
    )
    completed_at = models.DateTimeField(null=True, blank=True)
    completed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    objects = DevelopmentPlanQuerySet.as_manager()

    class Meta:
        verbose_name = _("plan")
        verbose_name_plural = _("plannen")
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="personal", enrolment__isnull=False, cohort=None)
                | Q(kind="group", enrolment=None, cohort__isnull=False),
                name="a_pop_has_a_person_and_a_gop_a_cohort",
            ),
            models.CheckConstraint(
                condition=Q(
                    status="complete",
                    completed_version__isnull=False,
                    completed_at__isnull=False,
                    completed_by__isnull=False,
                )
                | ~Q(status="complete")
                & Q(completed_version=None, completed_at=None, completed_by=None),
                name="a_complete_plan_knows_version_moment_and_who",
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.pk}"

    @property
    def is_complete(self):
        return self.status == self.Status.COMPLETE

    @property
    def is_group(self):
        return self.kind == self.Kind.GROUP

    @property
    def in_cohort(self):
        """The cohort that it is part of; of a POP that of its owner."""
        return self.cohort if self.is_group else self.enrolment.cohort

    @property
    def title(self):
        """For who reads the plans of several people."""
        if self.is_group:
            return gettext("GOP van %s") % self.cohort.name
        return gettext("POP van %s") % self.enrolment.participant.name

    def members(self):
        """The enrolments of who may write in it: the owner, or the group as it is now."""
        people = Enrolment.objects.filter(status__in=TAKING_PART)
        if self.is_group:
            return people.filter(cohort=self.cohort_id)
        return people.filter(pk=self.enrolment_id)


class PlanVersionQuerySet(models.QuerySet):
    def shared(self):
        return self.filter(shared_at__isnull=False)

    def drafts(self):
        """What its owner alone sees; at most one that is written and one that is a file."""
        return self.filter(shared_at=None)

    def written(self):
        return self.filter(file=None)

    def latest(self):
        """The newest of these versions, or None."""
        return self.order_by("-number").first()

    def visible_to(self, user):
        """Versions of plans you see; of somebody else's POP only what was shared."""
        plans = DevelopmentPlan.objects.visible_to(user)
        own = Q(plan__enrolment__participant=user) | Q(plan__kind=DevelopmentPlan.Kind.GROUP)
        return self.filter(Q(plan__in=plans) & (own | Q(shared_at__isnull=False)))


class PlanVersion(models.Model):
    """An uploaded file, or the sections as written; kept for good from the moment it is shared.

    Until then it is a draft: one row, changed while somebody writes. Sharing freezes it, with
    the goals as they are then.
    """

    plan = models.ForeignKey(DevelopmentPlan, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    # One file may be in several versions: with other goals it is shared again.
    file = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="plan_versions"
    )
    sections = models.JSONField(null=True, blank=True)
    goals = models.JSONField(default=list, blank=True)  # as they were when it was shared
    created_at = models.DateTimeField(auto_now_add=True)
    shared_at = models.DateTimeField(null=True, blank=True)
    # Of a draft: how often it was saved, when, and in which window it was typed last.
    revision = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField(default=timezone.now)
    window = models.CharField(max_length=40, blank=True)

    objects = PlanVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("versie van een plan")
        verbose_name_plural = _("versies van plannen")
        ordering = ["plan", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="versions_are_numbered_once"),
            models.CheckConstraint(
                condition=Q(file__isnull=False, sections=None)
                | Q(file=None, sections__isnull=False),
                name="a_version_is_a_file_or_sections",
            ),
            models.UniqueConstraint(
                fields=["plan"],
                condition=Q(shared_at=None, file=None),
                name="a_plan_has_one_written_draft",
            ),
            models.UniqueConstraint(
                fields=["plan"],
                condition=Q(shared_at=None, file__isnull=False),
                name="a_plan_has_one_draft_that_is_a_file",
            ),
        ]

    def __str__(self):
        return f"{self.plan}, versie {self.number}"

    @property
    def enrolment_id(self):
        """Whose POP this is of; None for a GOP."""
        return self.plan.enrolment_id

    @property
    def is_shared(self):
        return self.shared_at is not None

    @property
    def parts(self) -> list[Part]:
        """What was written on screen, in order: the sections with a text, and each goal."""
        return parts(self.plan.kind, self.sections or {}, self.goals)

    @property
    def pages(self):
        """How many pages a remark can name; None for what is written, or cannot be counted."""
        if self.file is None:
            return None
        is_photo = self.file.kind in (StoredFile.Kind.JPEG, StoredFile.Kind.PNG)
        return 1 if is_photo else self.file.pages
