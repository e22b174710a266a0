from django.conf import settings
from django.db import models
from django.db.models import Case, Exists, OuterRef, Q, When, Window
from django.db.models.functions import RowNumber
from django.utils.translation import gettext_lazy as _

from participants.accounts.models import Role
from participants.enrolments.models import Enrolment
from participants.tracks.models import InterviewCriterion


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


class InterviewItemQuerySet(models.QuerySet):
    def not_shown(self):
        """What a resit still asks (domain: what was shown stays shown)."""
        return self.filter(joint_value=Value.NOT_YET)

    def standing(self):
        """Per enrolment and criterion the best joint rating of its final interviews."""
        rank = Case(
            *(When(joint_value=value, then=place) for place, value in enumerate(Value.values)),
            output_field=models.IntegerField(),
        )
        best_first = Window(
            RowNumber(),
            partition_by=["interview__enrolment", "criterion"],
            order_by=[rank.desc(), "-interview"],
        )
        final = self.filter(interview__status=FinalInterview.Status.FINAL)
        return final.filter(joint_value__isnull=False).annotate(place=best_first).filter(place=1)


class InterviewItem(models.Model):
    """One criterion of one interview, its words frozen, with the joint rating."""

    interview = models.ForeignKey(FinalInterview, models.PROTECT, related_name="items")
    criterion = models.ForeignKey(InterviewCriterion, models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=120)
    required = models.BooleanField()
    joint_value = models.CharField(  # noqa: DJ001 (not agreed yet is nothing, in the API too)
        _("samen"), max_length=10, choices=Value, null=True, blank=True
    )
    motivation = models.TextField(_("motivering"), blank=True)

    objects = InterviewItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("criterium in een eindgesprek")
        verbose_name_plural = _("criteria in een eindgesprek")
        ordering = ["interview", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["interview", "criterion"], name="a_criterion_is_asked_once_an_interview"
            ),
            models.CheckConstraint(
                condition=Q(joint_value=None) | Q(joint_value__in=Value.values),
                name="a_joint_rating_is_one_of_three",
            ),
        ]

    def __str__(self):
        return self.title


class RatingQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Your own ratings; those of others once every seat has handed in.

        The participant and the coordinator see the joint rating, never these. Nobody sees
        what somebody wrote who left the seat.
        """
        mine = FinalInterview.objects.assessed_by(user)
        open_to_me = Q(seat__assessor=user) | Q(seat__interview__in=mine.all_rated())
        return self.filter(open_to_me, seat__left_at=None, seat__interview__in=mine)


class Rating(models.Model):
    """What one assessor saw of one criterion, notes along STARR; a draft may lack the value."""

    seat = models.ForeignKey(Seat, models.PROTECT, related_name="ratings")
    item = models.ForeignKey(InterviewItem, models.PROTECT, related_name="ratings")
    value = models.CharField(_("oordeel"), max_length=10, choices=Value, blank=True)
    notes = models.TextField(_("notities"), blank=True)

    objects = RatingQuerySet.as_manager()

    class Meta:
        verbose_name = _("oordeel")
        verbose_name_plural = _("oordelen")
        ordering = ["item__position", "seat"]
        constraints = [
            models.UniqueConstraint(fields=["seat", "item"], name="a_seat_rates_a_criterion_once"),
            models.CheckConstraint(
                condition=Q(value__in=["", *Value.values]),
                name="a_rating_is_one_of_three_or_a_draft",
            ),
        ]

    def __str__(self):
        return f"{self.item}: {self.get_value_display()}"
