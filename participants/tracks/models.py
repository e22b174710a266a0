import datetime as dt
from functools import cache

from django.db import models
from django.db.models import Case, Count, Exists, F, Q, Value, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from participants.accounts.models import Role
from participants.once import Asker, Once
from participants.tracks.criteria import CohortCriterion, InterviewCriterion
from participants.tracks.programme import LearningTrack, Norms

__all__ = [
    "Cohort",
    "CohortBreak",
    "CohortCriterion",
    "InterviewCriterion",
    "LearningTrack",
    "Norms",
]


@cache
def _roles_held(*kinds):
    """Whether who asks holds one of the roles in an outer Cohort, or organisation-wide."""
    held = Role.objects.of(Asker(), *kinds)
    # Not an Exists per cohort: PostgreSQL then thinks a list dear and sorts everybody.
    here = held.filter(cohort__isnull=False).values("cohort")
    question = Q(pk__in=here) | Exists(held.filter(cohort=None))
    return Once(f"held: {', '.join(kinds)}", question, models.BooleanField(), Cohort, ["pk"])


class CohortQuerySet(models.QuerySet):
    def in_use(self):
        return self.filter(is_active=True)

    def put_away(self):
        """Those that were archived: nobody is in them, and no list shows them."""
        return self.filter(is_active=False)

    def with_role(self, user, *kinds):
        """Cohorts in use where ``user`` holds one of the roles, here or organisation-wide."""
        return self.in_use().under(user, *kinds)

    def under(self, user, *kinds):
        """As ``with_role``, those that were archived too."""
        return self.filter(_roles_held(*kinds).by(user))

    def visible_to(self, user):
        """The cohorts where you have a role, and those you take part in."""
        staff = self.model.objects.with_role(user, *Role.Kind.values)
        return self.filter(
            Q(pk__in=staff.values("pk"))
            | Q(enrolments__in=user.enrolments.exclude(status="declined"))
        ).distinct()

    def coordinated_by(self, user):
        return self.with_role(user, Role.Kind.COORDINATOR)

    def staffed_by(self, user):
        """Cohorts whose participants' hours and registers are ``user``'s work."""
        return self.with_role(user, *Role.STAFF)

    def with_counts(self):
        """Adds ``people``: how many take or took part."""
        admitted = ~Q(enrolments__status__in=["applied", "declined"])
        return self.annotate(people=Count("enrolments", filter=admitted))

    def running(self, on=None):
        on = on or timezone.localdate()
        return self.filter(starts_on__lte=on, ends_on__gte=on)

    def applications_open(self, on=None):
        """Cohorts for which anyone may apply on ``on`` (default today)."""
        on = on or timezone.localdate()
        return self.in_use().filter(applications_until__gte=on, ends_on__gte=on)

    def applications_known(self, on=None):
        """Cohorts that are or were open for applications, and have not ended."""
        on = on or timezone.localdate()
        return self.in_use().filter(applications_until__isnull=False, ends_on__gte=on)

    def helping(self, cohort):
        """The cohort whose contact helps the people of ``cohort``: nearly always itself.

        One that ended and names nobody: another of its track that does, the running one first.
        """
        if cohort.contact_name or cohort.ends_on >= timezone.localdate():
            return cohort
        named = self.in_use().filter(track=cohort.track_id).exclude(contact_name="")
        return named.running_first().first() or cohort

    def asked_about_applying(self):
        """The cohort whose contact a stranger asks about applying, or None: an open one first."""
        named = self.applications_known().exclude(contact_name="")
        return named.order_by("-applications_until", "pk").first()

    def running_first(self):
        """Running ones, then those to come (the next one first), then the last that finished."""
        today = timezone.localdate()
        turn = Case(
            When(ends_on__lt=today, then=Value(2)),
            When(starts_on__gt=today, then=Value(1)),
            default=Value(0),
        )
        soonest = Case(When(starts_on__gt=today, then="starts_on"))
        return self.order_by(turn, soonest, "-ends_on", "-starts_on", "name")


class Cohort(Norms):
    """One group that follows a track, with the norms that were pinned when it was made."""

    track = models.ForeignKey(
        LearningTrack, on_delete=models.PROTECT, related_name="cohorts", verbose_name=_("leerlijn")
    )
    name = models.CharField(_("naam"), max_length=80)
    starts_on = models.DateField(_("begint op"))
    ends_on = models.DateField(_("eindigt op"))
    contact_name = models.CharField(_("contactpersoon"), max_length=120, blank=True)
    contact_phone = models.CharField(_("telefoon contactpersoon"), max_length=30, blank=True)
    contact_when = models.CharField(
        _("bereikbaar"), max_length=80, blank=True, help_text=_("Bijvoorbeeld: op maandag.")
    )
    applications_until = models.DateField(
        _("aanmelden kan tot en met"),
        null=True,
        blank=True,
        help_text=_("Leeg: deze lichting staat niet op de pagina met aanmelden."),
    )

    is_active = models.BooleanField(_("in gebruik"), default=True, editable=False)

    objects = CohortQuerySet.as_manager()

    class Meta:
        verbose_name = _("lichting")
        verbose_name_plural = _("lichtingen")
        ordering = ["-starts_on", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["track", "name"],
                condition=Q(is_active=True),
                name="cohort_name_once_a_track",
                violation_error_message=_("Er is al een lichting met deze naam. Kies een andere."),
            ),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="cohort_ends_after_it_starts",
                violation_error_message=_("De einddatum ligt voor de begindatum. Draai ze om."),
            ),
            models.CheckConstraint(
                condition=Q(study_minutes__gte=1, work_minutes__gte=1),
                name="norms_are_more_than_nothing",
            ),
        ]

    def __str__(self):
        return f"{self.name}, {self.track.name}"

    @property
    def criteria(self):
        """What its final interview asks, in order; see ``asked_in``."""
        return InterviewCriterion.objects.asked_in(self)

    @property
    def is_running(self):
        return self.starts_on <= timezone.localdate() <= self.ends_on

    @property
    def last_entry_on(self):
        """The last day on which hours may be dated, pauses and personal dates aside."""
        return self.ends_on + dt.timedelta(days=self.late_entry_days)


class CohortBreak(models.Model):
    """Days in which a cohort has no lessons: a holiday, from its first up to its last day.

    In them nothing is expected (participants.pace). Those of one cohort never overlap.
    """

    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="breaks")
    name = models.CharField(_("naam"), max_length=80)
    starts_on = models.DateField(_("eerste vrije dag"))
    ends_on = models.DateField(_("laatste vrije dag"))

    class Meta:
        verbose_name = _("vrije dagen")
        verbose_name_plural = _("vrije dagen")
        ordering = ["starts_on"]
        constraints = [
            models.UniqueConstraint(fields=["cohort", "starts_on"], name="a_break_begins_once"),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="break_ends_after_it_starts",
                violation_error_message=_("De laatste dag ligt voor de eerste dag. Draai ze om."),
            ),
        ]

    def __str__(self):
        return self.name
