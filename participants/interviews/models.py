from django.conf import settings
from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, Subquery, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from participants.accounts.models import Role
from participants.enrolments.models import Enrolment


class Value(models.TextChoices):
    """How well something was shown; words, never marks (domain: final interview)."""

    NOT_YET = "not_yet", _("nog niet laten zien")
    SUFFICIENT = "sufficient", _("voldoende laten zien")
    GOOD = "good", _("goed laten zien")


PASSING = (Value.SUFFICIENT, Value.GOOD)


class FinalInterviewQuerySet(models.QuerySet):
    """Attempts, and who may see, assess and plan them."""

    def final(self):
        return self.filter(status=FinalInterview.Status.FINAL)

    def unfinished(self):
        return self.filter(status=FinalInterview.Status.PLANNED)

    def passed(self):
        return self.final().filter(result=FinalInterview.Result.PASS)

    def on(self, day):
        """Talks of that day in Amsterdam, also those that were not held."""
        return self.filter(planned_at__date=day)

    def visible_to(self, user):
        """Your own, where you sit as assessor, and those of the cohorts you coordinate."""
        seat = Seat.objects.taken().filter(interview=OuterRef("pk"), assessor=user)
        coordinated = Enrolment.objects.handled_by(user, Role.Kind.COORDINATOR)
        return self.filter(
            Q(enrolment__participant=user) | Exists(seat) | Q(enrolment__in=coordinated)
        )

    def of_others(self, user):
        return self.exclude(enrolment__participant=user)

    def assessed_by(self, user):
        """Where ``user`` sits now; nobody assesses their own."""
        seat = Seat.objects.taken().filter(interview=OuterRef("pk"), assessor=user)
        return self.filter(Exists(seat)).exclude(enrolment__participant=user)

    def planned_by(self, user):
        """What ``user`` may plan and change as coordinator; never one's own."""
        return self.filter(enrolment__in=Enrolment.objects.coordinated_by(user))

    def all_rated(self):
        """Where every assessor has handed in: from then on they see each other's ratings."""
        seats = Seat.objects.taken().filter(interview=OuterRef("pk"))
        return self.filter(Exists(seats), ~Exists(seats.filter(rated_at=None)))

    def awaiting_rating_by(self, user):
        """Where ``user`` has to write something down: alone, or together once all are in.

        Adds ``waiting_since``: the moment of the talk, or when the last of them handed in.
        """
        rows = FinalInterview.objects.filter(pk=OuterRef("pk"))
        seats = Seat.objects.taken().filter(interview=OuterRef("pk"))
        all_in = Exists(rows.all_rated())
        last = Subquery(seats.rated().order_by("-rated_at").values("rated_at")[:1])
        held = self.unfinished().assessed_by(user).filter(planned_at__lte=timezone.now())
        turn = all_in | Exists(seats.filter(assessor=user, rated_at=None))
        return held.filter(turn).annotate(
            waiting_since=Case(When(all_in, then=last), default=F("planned_at"))
        )

    def as_seen_by(self, user):
        """Adds what a page for ``user`` asks, each true or false.

        ``seated``, ``rated_by_me``, ``everyone_rated``, ``plannable``, and ``shows_joint``:
        the joint ratings are open to all who see it once final, before that to who sits in it
        once everyone has handed in.
        """
        rows = FinalInterview.objects.filter(pk=OuterRef("pk"))
        mine = Seat.objects.taken().filter(interview=OuterRef("pk"), assessor=user)
        seated, all_in = Exists(rows.assessed_by(user)), Exists(rows.all_rated())
        return self.annotate(
            seated=seated,
            rated_by_me=Exists(mine.rated()),
            everyone_rated=all_in,
            plannable=Exists(rows.planned_by(user)),
            shows_joint=Case(
                When(Q(status="final") | Q(seated) & Q(all_in), then=True), default=False
            ),
        )


class FinalInterview(models.Model):
    """One attempt at the criteriumgericht interview; final is frozen."""

    class Status(models.TextChoices):
        PLANNED = "planned", _("gepland")
        FINAL = "final", _("vastgesteld")
        NOT_HELD = "not_held", _("niet doorgegaan")

    class Result(models.TextChoices):
        PASS = "pass", _("behaald")
        NOT_YET = "not_yet", _("nog niet behaald")

    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="interviews")
    planned_at = models.DateTimeField(_("datum en tijd"))
    place = models.CharField(_("plaats"), max_length=120, blank=True)
    online_link = models.URLField(_("link voor online"), blank=True)
    status = models.CharField(max_length=8, choices=Status, default=Status.PLANNED)
    result = models.CharField(  # noqa: DJ001 (no result is nothing, in the API too)
        max_length=8, choices=Result, null=True, blank=True
    )
    strengths = models.TextField(_("sterke punten"), blank=True)
    advice = models.TextField(_("advies om verder te groeien"), blank=True)
    assessor_count = models.PositiveSmallIntegerField(null=True, blank=True, editable=False)
    alone_reason = models.TextField(_("waarom er één beoordelaar was"), blank=True)
    recorded_how = models.CharField(_("hoe het gesprek is vastgelegd"), max_length=240, blank=True)
    planned_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    finalised_at = models.DateTimeField(null=True, blank=True)
    finalised_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    objects = FinalInterviewQuerySet.as_manager()

    class Meta:
        verbose_name = _("eindgesprek")
        verbose_name_plural = _("eindgesprekken")
        ordering = ["planned_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["enrolment"],
                condition=Q(status="planned"),
                name="one_interview_at_a_time",
                violation_error_message=_("Er staat al een eindgesprek gepland."),
            ),
            models.UniqueConstraint(
                fields=["enrolment"],
                condition=Q(status="final", result="pass"),
                name="an_interview_is_passed_once",
            ),
            models.CheckConstraint(
                condition=Q(
                    status="final",
                    result__isnull=False,
                    finalised_at__isnull=False,
                    finalised_by__isnull=False,
                )
                | ~Q(status="final") & Q(result=None, finalised_at=None, finalised_by=None),
                name="a_final_interview_has_a_result_and_an_open_one_has_none",
            ),
            models.CheckConstraint(
                condition=Q(assessor_count=None)
                | Q(assessor_count__gte=2)
                | Q(assessor_count=1) & ~Q(alone_reason="") & ~Q(recorded_how=""),
                name="one_assessor_says_why_and_how_the_talk_was_recorded",
            ),
        ]

    def __str__(self):
        return f"{_('Eindgesprek')} {self.pk}"

    @property
    def is_final(self):
        return self.status == self.Status.FINAL


class SeatQuerySet(models.QuerySet):
    def taken(self):
        return self.filter(left_at=None)

    def rated(self):
        return self.filter(rated_at__isnull=False)

    def held_by(self, user):
        return self.taken().filter(assessor=user)


class Seat(models.Model):
    """One assessor at one interview: independence declared, ratings handed in alone."""

    interview = models.ForeignKey(FinalInterview, models.PROTECT, related_name="seats")
    assessor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="seats")
    independent_at = models.DateTimeField(
        _("verklaarde onafhankelijk te zijn"), null=True, blank=True
    )
    guided_reason = models.TextField(_("waarom toch deze beoordelaar"), blank=True)
    rated_at = models.DateTimeField(null=True, blank=True)
    left_at = models.DateTimeField(null=True, blank=True)

    objects = SeatQuerySet.as_manager()

    class Meta:
        verbose_name = _("beoordelaarsplaats")
        verbose_name_plural = _("beoordelaarsplaatsen")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["interview", "assessor"],
                condition=Q(left_at=None),
                name="an_assessor_has_one_seat",
                violation_error_message=_("Kies twee verschillende beoordelaars."),
            ),
            models.CheckConstraint(
                condition=Q(rated_at=None) | Q(independent_at__isnull=False),
                name="who_rates_has_declared_independence",
            ),
            models.CheckConstraint(
                condition=Q(left_at=None) | Q(rated_at=None),
                name="who_has_rated_stays_seated",
                violation_error_message=_("Deze beoordelaar heeft al ingeleverd."),
            ),
        ]

    def __str__(self):
        return f"{self.interview}: {self.assessor_id}"
