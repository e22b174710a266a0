from functools import cache

from django.conf import settings
from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, Subquery, Value, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from participants.accounts.models import Role
from participants.once import Asker, Once, Today
from participants.tracks.models import Cohort


class OnlyAnnotated:
    """A value that only the database computes; reading it without asking is a bug.

    It was asked by itself, or is part of the dict ``within``.
    """

    def __init__(self, ask, within=None):
        self.ask = ask
        self.within = within

    def __set_name__(self, owner, name):
        self.name = name

    def __get__(self, instance, owner=None):
        if instance is None:
            return self
        if self.within in instance.__dict__:
            return instance.__dict__[self.within][self.name]
        raise RuntimeError(f"{self.name}: load this {owner.__name__} through {self.ask}.")


class CriterionKey(models.TextChoices):
    """The seven criteria for the certificate (domain.md, the criteria)."""

    WORK = "work", _("Werk")
    STUDY = "study", _("Studie")
    LESSONS = "lessons", _("Lessen")
    INTERVISION = "intervision", _("Intervisie")
    POP = "pop", _("POP")
    GOP = "gop", _("GOP")
    INTERVIEW = "interview", _("Eindgesprek")


NOT_ADMITTED = ("applied", "declined")
TOOK_PART = ~Q(status__in=NOT_ADMITTED)


# Compiled once, since every page asks them (docs/adr/0039).


@cache
def _is_visible():
    """Whether who asks may see an outer Enrolment; see ``visible_to``."""
    here = Q(cohort__in=Cohort.objects.staffed_by(Asker())) & TOOK_PART
    decides = Q(cohort__in=Cohort.objects.coordinated_by(Asker()))
    question = Q(participant=Asker()) | here | decides
    read = ["participant", "cohort", "status"]
    return Once("visible", question, models.BooleanField(), Enrolment, read)


@cache
def _state():
    """The state of an outer Enrolment and the end of its pause; see ``with_state``."""
    pause = _pause_on(Today())
    state = Case(
        When(Q(status=Enrolment.Status.ACTIVE) & Exists(pause), then=Value("paused")),
        default=F("status"),
    )
    until = Subquery(pause.values("ends_on")[:1])
    return {
        "paused_until": Once("paused_until", until, models.DateField(), Enrolment, ["pk"]),
        "state": Once("state", state, models.CharField(), Enrolment, ["pk", "status"]),
    }


@cache
def _asks_for_pause():
    """Whether a pause of an outer Enrolment waits; see ``with_question``."""
    waiting = Pause.objects.awaiting_confirmation().filter(enrolment=OuterRef("pk"))
    return Once("asks_for_pause", Exists(waiting), models.BooleanField(), Enrolment, ["pk"])


def _of_cohorts(user, *kinds):
    """A Q: of the cohorts ``with_role`` of one of ``kinds``, which were looked up."""
    held = set(Role.objects.of(user, *kinds).values_list("cohort", flat=True))
    in_use = Q(cohort__is_active=True)
    return in_use if None in held else in_use & Q(cohort__in=held)


class EnrolmentQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Your own, and those of the cohorts where you are trainer, assessor or coordinator.

        Who applied or was declined is seen by who decides: coordinators only.
        """
        return self.filter(_is_visible().by(user))

    def own(self, user):
        """What ``user`` takes part in, without applications that were declined."""
        return self.filter(participant=user).exclude(status=Enrolment.Status.DECLINED)

    def of_person(self, user):
        """All of ``user``'s, applications that were declined too."""
        return self.filter(participant=user)

    def handled_by(self, user, *kinds):
        """Those of cohorts where ``user`` holds one of the roles; never one's own."""
        return self.filter(cohort__in=Cohort.objects.with_role(user, *kinds)).exclude(
            participant=user
        )

    def staffed_by(self, user):
        """Those whose hours and registers are ``user``'s work; see ``visible_to``."""
        decides = Q(cohort__in=Cohort.objects.coordinated_by(user))
        return self.handled_by(user, *Role.STAFF).filter(TOOK_PART | decides)

    def listed_for(self, user):
        """As ``staffed_by``, for the list of everybody: two queries more, but it may be long.

        With the keys of the cohorts at hand, or none where all are meant, the database follows
        the index by name and stops when the page is full; a subquery makes it sort all.
        """
        listed = self.filter(_of_cohorts(user, *Role.STAFF)).exclude(participant=user)
        return listed.filter(TOOK_PART | _of_cohorts(user, Role.Kind.COORDINATOR))

    def coordinated_by(self, user):
        return self.handled_by(user, Role.Kind.COORDINATOR)

    def admitted(self):
        """Who takes or took part: everybody but applicants and the declined."""
        return self.filter(TOOK_PART)

    def active(self):
        return self.filter(status=Enrolment.Status.ACTIVE)

    def applied(self):
        return self.filter(status=Enrolment.Status.APPLIED)

    def oldest_first(self):
        """As applications are read: who waits longest stands on top."""
        return self.order_by("created_at", "pk")

    def declined_before(self, moment):
        """Applications that were declined before ``moment``: what was written then may go."""
        return self.filter(status=Enrolment.Status.DECLINED, decided_at__lt=moment)

    def stopped(self):
        return self.filter(status=Enrolment.Status.STOPPED)

    def owned_by(self, user):
        """What ``user`` was admitted to: there the acts that only a participant may do are."""
        return self.filter(participant=user).admitted()

    def running_first(self):
        """Where somebody takes part now, then the latest."""
        later = Case(When(status=Enrolment.Status.ACTIVE, then=0), default=1)
        return self.order_by(later, "-cohort__starts_on", "-pk")

    def by_name(self):
        return self.order_by("participant__name_key", "pk")

    def with_state(self, on=None):
        """Adds ``state``: the status, or ``paused`` where a confirmed pause covers ``on``.

        And ``paused_until``: the last day of that pause, None where it is open or there is none.
        """
        return self.annotate(**{name: one.on(on) for name, one in _state().items()})

    def with_question(self):
        """Adds ``asks_for_pause``: whether a pause of theirs waits to be confirmed."""
        return self.annotate(asks_for_pause=_asks_for_pause())

    def in_state(self, state, on=None):
        """Those whose ``state`` (see ``with_state``) is this one; an index may help here."""
        if state == "paused":
            return self.active().filter(Exists(_pause_on(on)))
        found = self.filter(status=state)
        return found.exclude(Exists(_pause_on(on))) if state == Enrolment.Status.ACTIVE else found


def _pause_on(day):
    """The confirmed pause of an outer Enrolment that covers ``day`` (default today)."""
    covering = Pause.objects.confirmed().covering(day or timezone.localdate())
    return covering.filter(enrolment=OuterRef("pk"))


class Enrolment(models.Model):
    """One participant in one cohort."""

    class Status(models.TextChoices):
        APPLIED = "applied", _("aangemeld")
        DECLINED = "declined", _("niet toegelaten")
        ACTIVE = "active", _("doet mee")
        STOPPED = "stopped", _("gestopt")
        COMPLETED = "completed", _("afgerond")

    # Paused is no status of its own: it follows from the dates of a pause (with_state).
    STATES = [*Status.choices, ("paused", _("pauze"))]

    participant = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="enrolments",
        verbose_name=_("deelnemer"),
    )
    cohort = models.ForeignKey(
        Cohort, on_delete=models.PROTECT, related_name="enrolments", verbose_name=_("lichting")
    )
    status = models.CharField(_("stand"), max_length=10, choices=Status, default=Status.APPLIED)
    starts_on = models.DateField(_("doet mee vanaf"))
    ends_on = models.DateField(_("doet mee tot en met"), null=True, blank=True)
    entries_until = models.DateField(_("uren mogen tot en met"), null=True, blank=True)
    # Earlier than the first day for who came from another cohort: those hours stay valid.
    entries_from = models.DateField(_("uren mogen vanaf"), null=True, blank=True)

    # Two preferences, never a block (domain: admission).
    did_training = models.BooleanField(
        _("heeft een opleiding voor ervaringsdeskundigen afgerond"), null=True, blank=True
    )
    did_training_note = models.CharField(_("toelichting opleiding"), max_length=240, blank=True)
    has_experience = models.BooleanField(
        _("werkte eerder samen als ervaringsdeskundige"), null=True, blank=True
    )
    has_experience_note = models.CharField(_("toelichting ervaring"), max_length=240, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    decision_reason = models.TextField(_("reden van het besluit"), blank=True)

    # The name as the certificate will print it; empty means: the name of the account.
    certificate_name = models.CharField(_("naam op het certificaat"), max_length=120, blank=True)
    name_confirmed_at = models.DateTimeField(null=True, blank=True, editable=False)
    name_confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    name_confirmed_how = models.CharField(max_length=80, blank=True)

    created_at = models.DateTimeField(auto_now_add=True)

    criteria_met = OnlyAnnotated("participants.progress.of()", within="standing")
    standing = OnlyAnnotated("participants.progress.of()")
    state = OnlyAnnotated("Enrolment.objects.with_state()")

    objects = EnrolmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("deelname")
        verbose_name_plural = _("deelnames")
        ordering = ["pk"]
        indexes = [models.Index(fields=["cohort", "status"], name="enrolments_of_a_cohort")]
        constraints = [
            models.UniqueConstraint(
                fields=["participant", "cohort"],
                name="enrolled_once_in_a_cohort",
                violation_error_message=_("Deze persoon staat al in deze lichting."),
            ),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="enrolment_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=Q(status="applied", decided_at=None)
                | ~Q(status="applied") & Q(decided_at__isnull=False, decided_by__isnull=False),
                name="admission_is_decided_by_someone_or_open",
            ),
            models.CheckConstraint(
                condition=Q(name_confirmed_at=None, name_confirmed_by=None)
                | Q(name_confirmed_at__isnull=False, name_confirmed_by__isnull=False),
                name="a_name_is_confirmed_by_someone_or_not",
            ),
        ]

    def __str__(self):
        return f"{self.participant}, {self.cohort}"

    @property
    def printed_name(self):
        """The name that a certificate would print now."""
        return self.certificate_name or self.participant.name


class PauseQuerySet(models.QuerySet):
    def confirmed(self):
        return self.filter(confirmed_at__isnull=False)

    def covering(self, day):
        """Pauses in which ``day`` lies; ``day`` may be a date or an expression."""
        return self.filter(starts_on__lte=day).filter(Q(ends_on=None) | Q(ends_on__gte=day))

    def overlapping(self, starts_on, ends_on):
        """Pauses that share a day with these dates; None as end is open."""
        later = self if ends_on is None else self.filter(starts_on__lte=ends_on)
        return later.filter(Q(ends_on=None) | Q(ends_on__gte=starts_on))

    def awaiting_confirmation(self):
        return self.filter(confirmed_at=None)

    def visible_to(self, user):
        return self.filter(enrolment__in=Enrolment.objects.visible_to(user))

    def coordinated_by(self, user):
        """Pauses that ``user`` decides on; never one's own."""
        return self.filter(enrolment__in=Enrolment.objects.coordinated_by(user))


class Pause(models.Model):
    """A time away from the track: dates, never a reason (domain: people first)."""

    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="pauses")
    starts_on = models.DateField(_("vanaf"))
    ends_on = models.DateField(_("tot en met"), null=True, blank=True)
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    requested_at = models.DateTimeField(auto_now_add=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    confirmed_at = models.DateTimeField(null=True, blank=True)

    objects = PauseQuerySet.as_manager()

    class Meta:
        verbose_name = _("pauze")
        verbose_name_plural = _("pauzes")
        ordering = ["-starts_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="pause_ends_after_it_starts",
                violation_error_message=_("De laatste dag ligt voor de eerste dag."),
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at=None, confirmed_by=None)
                | Q(confirmed_at__isnull=False, confirmed_by__isnull=False),
                name="pause_is_confirmed_by_someone_or_waits",
            ),
        ]

    def __str__(self):
        return f"{self.starts_on} - {self.ends_on or '…'}"

    @property
    def is_ahead(self):
        """Whether its last day is still to come, or not known yet."""
        return self.ends_on is None or self.ends_on > timezone.localdate()


class ExemptionQuerySet(models.QuerySet):
    def standing(self):
        return self.filter(withdrawn_at=None)

    def whole(self):
        """Those that make their criterion count as met."""
        return self.filter(minutes=None)

    def of_minutes(self):
        """Those that lower a norm."""
        return self.filter(minutes__isnull=False)

    def visible_to(self, user):
        return self.filter(enrolment__in=Enrolment.objects.visible_to(user))

    def coordinated_by(self, user):
        """Exemptions that ``user`` may withdraw; never one's own."""
        return self.filter(enrolment__in=Enrolment.objects.coordinated_by(user))


class Exemption(models.Model):
    """A criterion that counts as met on other grounds, or a norm lowered by some minutes."""

    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="exemptions")
    criterion = models.CharField(_("voorwaarde"), max_length=12, choices=CriterionKey)
    minutes = models.PositiveIntegerField(
        _("minuten eraf"),
        null=True,
        blank=True,
        help_text=_("Leeg: de hele voorwaarde telt als behaald."),
    )
    reason = models.TextField(_("reden"), help_text=_("Schrijf hier niets over gezondheid."))
    granted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    granted_at = models.DateTimeField(auto_now_add=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = ExemptionQuerySet.as_manager()

    class Meta:
        verbose_name = _("vrijstelling")
        verbose_name_plural = _("vrijstellingen")
        ordering = ["-granted_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["enrolment", "criterion"],
                condition=Q(withdrawn_at=None),
                name="one_standing_exemption_a_criterion",
                violation_error_message=_("Er is al een vrijstelling voor deze voorwaarde."),
            ),
            models.CheckConstraint(
                condition=Q(minutes=None) | Q(minutes__gte=1, criterion__in=["study", "work"]),
                name="only_hours_are_lowered_by_minutes",
                violation_error_message=_("Alleen bij studie en werk gaan er minuten af."),
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="exemption_has_a_reason"),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawn_by=None)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
                name="exemption_is_withdrawn_by_someone_or_stands",
            ),
        ]

    def __str__(self):
        return f"{self.get_criterion_display()}: {self.enrolment}"
