"""What one interview asks, and what was seen of it: alone, and together."""

from django.db import models
from django.db.models import Case, Q, When, Window
from django.db.models.functions import RowNumber
from django.utils.translation import gettext_lazy as _

from participants.interviews.models import FinalInterview, Seat, Value
from participants.tracks.models import InterviewCriterion


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
