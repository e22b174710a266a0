from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from participants.accounts.models import Role
from participants.enrolments.models import Enrolment


class LearningPlaceQuerySet(models.QuerySet):
    def in_use(self):
        return self.filter(is_active=True)

    def with_people_of(self, user):
        """Loads ``shown_placements``: those of today of the people ``user`` can see."""
        placements = Placement.objects.active().visible_to(user)
        return self.prefetch_related(
            models.Prefetch(
                "placements",
                queryset=placements.by_name().select_related("enrolment__participant"),
                to_attr="shown_placements",
            )
        )


class LearningPlace(models.Model):
    """A team where people learn by working."""

    organisation = models.CharField(_("organisatie"), max_length=120)
    team = models.CharField(_("team"), max_length=120)
    team_kind = models.CharField(_("soort team"), max_length=80, blank=True)
    district = models.CharField(_("stadsdeel"), max_length=80, blank=True)
    is_active = models.BooleanField(_("in gebruik"), default=True)

    objects = LearningPlaceQuerySet.as_manager()

    class Meta:
        verbose_name = _("leerplek")
        verbose_name_plural = _("leerplekken")
        ordering = ["organisation", "team"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "team"],
                name="a_team_is_listed_once",
                violation_error_message=_("Deze leerplek staat al op de lijst."),
            ),
        ]

    def __str__(self):
        return f"{self.team}, {self.organisation}"

    @property
    def about(self):
        """Organisation, kind of team and district, as far as they are known."""
        return ", ".join(filter(None, [self.organisation, self.team_kind, self.district]))


class PlacementQuerySet(models.QuerySet):
    def active(self, on=None):
        """Placements that run on ``on`` (default today)."""
        on = on or timezone.localdate()
        return self.filter(starts_on__lte=on).filter(Q(ends_on=None) | Q(ends_on__gte=on))

    def by_name(self):
        return self.order_by("enrolment__participant__name_key", "pk")

    def owned_by(self, user):
        return self.filter(enrolment__participant=user)

    def visible_to(self, user):
        return self.filter(enrolment__in=Enrolment.objects.visible_to(user))

    def coordinated_by(self, user):
        return self.filter(enrolment__in=Enrolment.objects.handled_by(user, Role.Kind.COORDINATOR))

    def unplaced(self, user):
        """The active enrolments that ``user`` coordinates and that have no placement today."""
        running = self.active().filter(enrolment=OuterRef("pk"))
        return Enrolment.objects.coordinated_by(user).active().exclude(Exists(running))


class Placement(models.Model):
    """One participant at one learning place, with the one supervisor there."""

    class Form(models.TextChoices):
        VOLUNTEER = "volunteer", _("vrijwilliger")
        INTERNSHIP = "internship", _("stage")
        PAID = "paid", _("betaald")

    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="placements")
    place = models.ForeignKey(
        LearningPlace,
        on_delete=models.PROTECT,
        related_name="placements",
        verbose_name=_("leerplek"),
    )
    supervisor_name = models.CharField(_("begeleider op de leerplek"), max_length=120)
    supervisor_email = models.EmailField(_("e-mail van de begeleider"), blank=True)
    supervisor_phone = models.CharField(_("telefoon begeleider"), max_length=30, blank=True)
    form = models.CharField(_("vorm"), max_length=12, choices=Form, default=Form.VOLUNTEER)
    starts_on = models.DateField(_("vanaf"))
    ends_on = models.DateField(_("tot en met"), null=True, blank=True)

    objects = PlacementQuerySet.as_manager()

    class Meta:
        verbose_name = _("plaatsing")
        verbose_name_plural = _("plaatsingen")
        ordering = ["-starts_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="placement_ends_after_it_starts",
                violation_error_message=_("De laatste dag ligt voor de eerste dag."),
            ),
            models.UniqueConstraint(
                fields=["enrolment", "place"],
                condition=Q(ends_on=None),
                name="a_person_is_placed_once_at_a_time_at_one_place",
                violation_error_message=_("Deze persoon werkt al op deze leerplek."),
            ),
        ]

    def __str__(self):
        return str(self.place)

    @property
    def is_open(self):
        """Whether it can still be ended: no last day, or one that is yet to come."""
        return self.ends_on is None or self.ends_on > timezone.localdate()
