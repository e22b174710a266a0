from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from participants.accounts.models import Role
from participants.enrolments.models import Enrolment, Pause
from participants.sessions.times import end_time
from participants.tracks.models import Cohort

PLANNERS = (Role.Kind.TRAINER, Role.Kind.COORDINATOR)


class SessionQuerySet(models.QuerySet):
    def planned(self):
        """Meetings that were or will be held."""
        return self.filter(cancelled_at=None)

    def past(self, on=None):
        return self.filter(date__lte=on or timezone.localdate())

    def coming(self):
        """Meetings after today that go on."""
        return self.planned().filter(date__gt=timezone.localdate())

    def ahead(self):
        """Meetings of today and later without a closed register, called off or not."""
        return self.filter(date__gte=timezone.localdate(), closed_at=None)

    def behind(self):
        """All that is not ``ahead``."""
        return self.filter(Q(date__lt=timezone.localdate()) | Q(closed_at__isnull=False))

    def unregistered(self):
        """Meetings up to today whose register is still open."""
        return self.planned().past().filter(closed_at=None)

    def settled(self):
        """Meetings that ask nothing any more: register closed, or cancelled."""
        return self.filter(Q(closed_at__isnull=False) | Q(cancelled_at__isnull=False))

    def visible_to(self, user):
        return self._of(Cohort.objects.visible_to(user))

    def staffed_by(self, user):
        """Meetings whose register you fill in."""
        return self._of(Cohort.objects.staffed_by(user))

    def plannable_by(self, user):
        """Meetings you may change or cancel: you plan for every cohort that they are for."""
        of_others = self.model.cohorts.through.objects.filter(session=OuterRef("pk")).exclude(
            cohort__in=Cohort.objects.with_role(user, *PLANNERS)
        )
        return self.visible_to(user).exclude(Exists(of_others))

    def meant_for(self, user):
        """Meetings on a day on which ``user`` takes part in one of their cohorts."""
        return self.filter(Exists(_on_that_day(Enrolment.objects.own(user).admitted())))

    def with_rights_of(self, user):
        """Adds what ``user`` may do: ``is_joinable`` (the online link is for them, as for who
        takes part and for staff), ``is_fillable`` (the register) and ``is_plannable``."""
        meetings = self.model.objects
        joinable = meetings.meant_for(user) | meetings.staffed_by(user)
        return self.annotate(
            is_joinable=_among(joinable),
            is_fillable=_among(meetings.staffed_by(user)),
            is_plannable=_among(meetings.plannable_by(user)),
        )

    def with_cohorts_of(self, user):
        """Loads ``shown_cohorts``: of each meeting the cohorts that ``user`` can see."""
        seen = Cohort.objects.visible_to(user).select_related("track").order_by("pk")
        return self.prefetch_related(
            models.Prefetch("cohorts", queryset=seen, to_attr="shown_cohorts")
        )

    def with_presence_of(self, user):
        """Loads ``own_presence``, the rows of ``user`` in registers that are closed, and adds
        ``is_paused``: a confirmed pause of ``user`` covers the day."""
        rows = Attendance.objects.counting().filter(enrolment__participant=user).with_achieved()
        pauses = Pause.objects.confirmed().covering(OuterRef("date"))
        own = pauses.filter(enrolment__participant=user, enrolment__cohort__sessions=OuterRef("pk"))
        return self.annotate(is_paused=Exists(own)).prefetch_related(
            models.Prefetch("attendances", queryset=rows, to_attr="own_presence")
        )

    def _of(self, cohorts):
        # Not a join: a meeting of two cohorts would be there twice, and could not be locked.
        links = self.model.cohorts.through.objects.filter(session=OuterRef("pk"))
        return self.filter(Exists(links.filter(cohort__in=cohorts)))


def _among(meetings):
    return Exists(meetings.filter(pk=OuterRef("pk")))


def _on_that_day(enrolments):
    """Those of ``enrolments`` that cover the day of an outer Session, in one of its cohorts."""
    return enrolments.filter(
        cohort__sessions=OuterRef("pk"), starts_on__lte=OuterRef("date")
    ).filter(Q(ends_on=None) | Q(ends_on__gte=OuterRef("date")))


class Session(models.Model):
    """One meeting of one or more cohorts, and the state of its register."""

    class Kind(models.TextChoices):
        LESSON = "lesson", _("les")
        INTERVISION = "intervision", _("intervisie")
        EVENT = "event", _("bijeenkomst")

    cohorts = models.ManyToManyField(Cohort, related_name="sessions", verbose_name=_("lichtingen"))
    kind = models.CharField(_("soort"), max_length=12, choices=Kind)
    title = models.CharField(_("onderwerp"), max_length=120)
    date = models.DateField(_("datum"))
    starts_at = models.TimeField(_("begint om"), null=True, blank=True)
    minutes = models.PositiveSmallIntegerField(_("duur in minuten"))
    place = models.CharField(_("plaats"), max_length=120, blank=True)
    online_link = models.URLField(_("link voor online"), blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancelled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    # Where it stood before it was moved, for who still has the old day in mind.
    moved_at = models.DateTimeField(null=True, blank=True, editable=False)
    was_on = models.DateField(null=True, blank=True, editable=False)
    was_at = models.TimeField(null=True, blank=True, editable=False)
    was_in = models.CharField(max_length=120, blank=True, editable=False)
    # For calendars that follow it: how often its plan changed, and when it last did.
    sequence = models.PositiveIntegerField(default=0, editable=False)
    changed_at = models.DateTimeField(default=timezone.now, editable=False)
    # Presence counts once the register is closed; every save of it is a new version.
    register_version = models.PositiveIntegerField(default=0, editable=False)
    closed_at = models.DateTimeField(null=True, blank=True, editable=False)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
    )

    objects = SessionQuerySet.as_manager()

    class Meta:
        verbose_name = _("bijeenkomst")
        verbose_name_plural = _("bijeenkomsten")
        ordering = ["date", "starts_at", "pk"]
        indexes = [models.Index(fields=["kind", "date"], name="sessions_by_kind_and_date")]
        constraints = [
            models.CheckConstraint(
                condition=Q(minutes__range=(1, 960)),
                name="a_meeting_lasts_one_minute_to_sixteen_hours",
                violation_error_message=_("Een bijeenkomst duurt 1 minuut tot 16 uur."),
            ),
            models.CheckConstraint(
                condition=Q(cancelled_at=None, cancelled_by=None)
                | Q(cancelled_at__isnull=False, cancelled_by__isnull=False),
                name="a_meeting_is_cancelled_by_someone_or_stands",
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None, closed_by=None)
                | Q(closed_at__isnull=False, closed_by__isnull=False),
                name="a_register_is_closed_by_someone_or_open",
            ),
            models.CheckConstraint(
                condition=Q(moved_at=None, was_on=None, was_at=None, was_in="")
                | Q(moved_at__isnull=False, was_on__isnull=False),
                name="a_moved_meeting_says_when_it_was_to_be",
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.date}: {self.title}"

    def get_absolute_url(self):
        return reverse("sessions:detail", args=[self.pk])

    @property
    def ends_at(self):
        """The clock time at which it ends; None when nobody said when it begins."""
        return end_time(self.date, self.starts_at, self.minutes) if self.starts_at else None

    @property
    def whereabouts(self):
        """Day, time and place: what makes it moved when it changes."""
        return self.date, self.starts_at, self.place

    @property
    def is_held(self):
        """Whether its day has come: from then on the register can be closed."""
        return self.date <= timezone.localdate()

    def people(self):
        """The enrolments that are expected: admitted, and the day lies within them."""
        return (
            Enrolment.objects.admitted()
            .filter(cohort__in=self.cohorts.all(), starts_on__lte=self.date)
            .filter(Q(ends_on=None) | Q(ends_on__gte=self.date))
        )

    def expected(self):
        """Those of ``people`` who take part now and have no pause on that day."""
        pause = Pause.objects.confirmed().covering(self.date).filter(enrolment=OuterRef("pk"))
        return self.people().active().exclude(Exists(pause))


class AttendanceQuerySet(models.QuerySet):
    def counting(self):
        """Rows of closed registers of meetings that were held."""
        return self.filter(session__closed_at__isnull=False, session__cancelled_at=None)

    def achieved(self):
        """Present or partly and took part, or caught up (domain: lessons)."""
        return self.filter(
            Q(status__in=Attendance.THERE, actively_participated=True)
            | Q(caught_up_on__isnull=False)
        )

    def with_achieved(self):
        """Adds ``is_achieved``: whether this row counts as presence."""
        achieved = Attendance.objects.achieved().filter(pk=OuterRef("pk"))
        return self.annotate(is_achieved=Exists(achieved))

    def visible_to(self, user):
        return self.filter(enrolment__in=Enrolment.objects.visible_to(user))


class Attendance(models.Model):
    """One person at one meeting. Absence has no reason (domain: people first)."""

    class Status(models.TextChoices):
        PRESENT = "present", _("er")
        PARTLY = "partly", _("deels")
        EXCUSED = "excused", _("afgemeld")
        ABSENT = "absent", _("niet er")

    THERE = (Status.PRESENT, Status.PARTLY)

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="attendances")
    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="attendances")
    status = models.CharField(max_length=10, choices=Status)
    actively_participated = models.BooleanField(_("deed mee"), default=False)
    minutes = models.PositiveSmallIntegerField(_("minuten"), default=0)
    caught_up_what = models.CharField(_("wat ingehaald"), max_length=240, blank=True)
    caught_up_on = models.DateField(_("ingehaald op"), null=True, blank=True)
    caught_up_accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=timezone.now)

    objects = AttendanceQuerySet.as_manager()

    class Meta:
        verbose_name = _("aanwezigheid")
        verbose_name_plural = _("aanwezigheid")
        indexes = [
            models.Index(
                fields=["enrolment", "session"],
                include=["status", "actively_participated", "minutes"],
                name="attendance_of_a_person",
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["session", "enrolment"], name="one_row_a_person_a_meeting"
            ),
            models.CheckConstraint(
                condition=Q(status__in=["present", "partly"])
                | Q(caught_up_on__isnull=False)
                | Q(minutes=0),
                name="minutes_belong_to_who_was_there",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["present", "partly"]) | Q(actively_participated=False),
                name="only_who_was_there_took_part",
            ),
            models.CheckConstraint(
                condition=Q(caught_up_on=None, caught_up_what="", caught_up_accepted_by=None)
                | Q(caught_up_on__isnull=False, caught_up_accepted_by__isnull=False)
                & ~Q(caught_up_what=""),
                name="catching_up_says_what_when_and_who_accepted",
            ),
            models.CheckConstraint(
                condition=Q(minutes__lte=960), name="attendance_fits_in_sixteen_hours"
            ),
        ]

    def __str__(self):
        return f"{self.session_id}: {self.get_status_display()}"
