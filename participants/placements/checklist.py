"""What has to be arranged at a learning place, as a list that is ticked off; never in the way."""

from django.conf import settings
from django.db import models
from django.db.models import Count, IntegerField, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce, Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from participants.placements.models import Placement
from participants.tracks.models import LearningTrack


class ChecklistItemQuerySet(models.QuerySet):
    def in_use(self):
        return self.filter(is_active=True)

    def set_up_by(self, user):
        """Those of the tracks that are ``user``'s to arrange."""
        return self.filter(track__in=LearningTrack.objects.set_up_by(user))


class ChecklistItem(models.Model):
    """One thing to arrange at each learning place of a track; nothing about a person's health."""

    track = models.ForeignKey(
        LearningTrack,
        on_delete=models.PROTECT,
        related_name="checklist",
        verbose_name=_("leerlijn"),
    )
    text = models.CharField(_("wat er geregeld moet zijn"), max_length=120)
    is_active = models.BooleanField(_("in gebruik"), default=True)

    objects = ChecklistItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("punt op de lijst van een leerplek")
        verbose_name_plural = _("punten op de lijst van een leerplek")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                "track",
                Lower("text"),
                condition=Q(is_active=True),
                name="a_point_stands_on_a_checklist_once",
                violation_error_message=_("Dit punt staat al op de lijst."),
            ),
            models.CheckConstraint(condition=~Q(text=""), name="a_point_of_a_checklist_has_words"),
        ]

    def __str__(self):
        return self.text


class TickQuerySet(models.QuerySet):
    def with_the_words_of_today(self):
        """Those that were ticked with what their point says now."""
        return self.filter(words="")


class Tick(models.Model):
    """A point that is arranged at one placement: since when, and who says so."""

    placement = models.ForeignKey(Placement, on_delete=models.CASCADE, related_name="ticks")
    item = models.ForeignKey(ChecklistItem, on_delete=models.PROTECT, related_name="ticks")
    ticked_at = models.DateTimeField(default=timezone.now)
    ticked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    # What it was ticked with, where the point has other words since; "" for what it says now.
    words = models.CharField(max_length=120, blank=True)

    objects = TickQuerySet.as_manager()

    class Meta:
        verbose_name = _("geregeld punt van een leerplek")
        verbose_name_plural = _("geregelde punten van een leerplek")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["placement", "item"], name="a_point_is_ticked_once_a_placement"
            )
        ]

    def __str__(self):
        return f"{self.placement_id}: {self.item_id}"

    @property
    def text(self):
        """What was arranged, in the words with which it was ticked."""
        return self.words or self.item.text


def lines_of(placement):
    """(item, its Tick or None) of ``placement``: what is in use, and what was ticked before."""
    ticks = {tick.item_id: tick for tick in placement.ticks.select_related("ticked_by", "item")}
    in_use = Q(track=placement.enrolment.cohort.track_id, is_active=True)
    items = ChecklistItem.objects.filter(in_use | Q(pk__in=list(ticks)))
    return [(item, ticks.get(item.pk)) for item in items.order_by("pk")]


def with_counts(placements):
    """``placements`` with ``arranged``: how many points of ``to_arrange`` are ticked."""
    ticks = Tick.objects.filter(placement=OuterRef("pk"))
    items = ChecklistItem.objects.filter(
        Q(is_active=True, track=OuterRef("enrolment__cohort__track"))
        | Q(ticks__placement=OuterRef("pk"))
    )
    return placements.annotate(arranged=_many(ticks), to_arrange=_many(items))


def _many(rows):
    one = rows.order_by().annotate(whole=Value(1)).values("whole")
    counted = one.annotate(many=Count("pk", distinct=True)).values("many")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)
