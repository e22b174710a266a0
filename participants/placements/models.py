from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from participants.accounts.models import Role
from participants.enrolments.models import Enrolment


class LearningPlaceQuerySet(models.QuerySet):
    def in_use(self):
        return self.filter(is_active=True)

    def visible_to(self, user):
        """Those in use for staff; for others where they work, or worked."""
        if Role.objects.of(user, *Role.STAFF).exists():
            return self.in_use()
        return self.filter(Exists(Placement.objects.owned_by(user).filter(place=OuterRef("pk"))))

    def closed(self):
        return self.filter(is_active=False)

    def listed_for(self, user):
        """As ``visible_to``, and for who may open them again: those that were closed."""
        if Role.objects.of(user, Role.Kind.COORDINATOR).exists():
            return self.all()
        return self.visible_to(user)

    def with_people_at(self, placements):
        """Loads ``shown_placements``: those of ``placements``, with who works there."""
        people = placements.by_name().select_related("enrolment__participant", "supervisor")
        return self.prefetch_related(
            models.Prefetch("placements", queryset=people, to_attr="shown_placements")
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


class SupervisorQuerySet(models.QuerySet):
    def at(self, email):
        """The one who reads mail at this address, whatever its capitals; none for ""."""
        return self.filter(email__iexact=email) if email else self.none()

    def guiding(self, user):
        """Who guides ``user``, or did."""
        return self._of(Enrolment.objects.filter(participant=user))

    def handled_by(self, user, *kinds):
        """Those of the people for whom ``user`` holds one of these roles; never by one's own."""
        return self._of(Enrolment.objects.handled_by(user, *kinds))

    def visible_to(self, user):
        """The supervisors of the people of your cohorts."""
        return self.handled_by(user, *Role.STAFF)

    def coordinated_by(self, user):
        return self.handled_by(user, Role.Kind.COORDINATOR)

    def reachable(self):
        """Who knows what our mail is about, and may be mailed."""
        return self.filter(introduced_at__isnull=False, stopped_at=None)

    def handing_over(self):
        """Who stopped and named somebody else: staff decide whether that is so."""
        return self.exclude(successor_email="")

    def _of(self, enrolments):
        theirs = Placement.objects.filter(supervisor=OuterRef("pk"), enrolment__in=enrolments)
        return self.filter(Exists(theirs))


class Supervisor(models.Model):
    """Who guides people at a learning place. Has no account: mail and paper are the only doors."""

    name = models.CharField(_("naam"), max_length=120)
    email = models.EmailField(_("e-mailadres"), blank=True)
    phone = models.CharField(_("telefoon"), max_length=30, blank=True)
    # Told at this address who we are; before that nothing else is mailed.
    introduced_at = models.DateTimeField(null=True, blank=True)
    introduced_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    stopped_at = models.DateTimeField(null=True, blank=True)
    # Whom somebody who stops names; staff decide whether that is so.
    successor_name = models.CharField(_("naam van de opvolger"), max_length=120, blank=True)
    successor_email = models.EmailField(_("e-mail van de opvolger"), blank=True)
    # One higher, and every browser that proved the code has to do so again.
    browsers_forgotten = models.PositiveSmallIntegerField(default=0)

    objects = SupervisorQuerySet.as_manager()

    class Meta:
        verbose_name = _("begeleider op een leerplek")
        verbose_name_plural = _("begeleiders op de leerplekken")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                condition=~Q(email=""),
                name="an_address_is_of_one_supervisor",
                violation_error_message=_("Dit adres hoort al bij een andere begeleider."),
            ),
            models.CheckConstraint(condition=~Q(name=""), name="supervisor_has_a_name"),
            models.CheckConstraint(
                condition=Q(introduced_at=None, introduced_by=None)
                | Q(introduced_at__isnull=False, introduced_by__isnull=False) & ~Q(email=""),
                name="supervisor_is_introduced_by_someone_at_an_address",
            ),
            models.CheckConstraint(
                condition=Q(stopped_at__isnull=False) | Q(successor_name="", successor_email=""),
                name="only_who_stops_names_a_successor",
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def first_name(self):
        """The first word of the name, for a sentence."""
        return (self.name.split() or [""])[0]

    @property
    def is_reachable(self):
        """Whether mail about hours may go to this person; as ``reachable``."""
        return self.introduced_at is not None and self.stopped_at is None


class PlacementQuerySet(models.QuerySet):
    def active(self, on=None):
        """Placements that run on ``on`` (default today)."""
        on = on or timezone.localdate()
        return self.filter(starts_on__lte=on).filter(Q(ends_on=None) | Q(ends_on__gte=on))

    def by_name(self):
        return self.order_by("enrolment__participant__name_key", "pk")

    def open(self, on=None):
        """Without a last day, or with one that is not before ``on`` (default today)."""
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=on or timezone.localdate()))

    def owned_by(self, user):
        return self.filter(enrolment__participant=user)

    def visible_to(self, user):
        return self.filter(enrolment__in=Enrolment.objects.visible_to(user))

    def coordinated_by(self, user):
        return self.filter(enrolment__in=Enrolment.objects.handled_by(user, Role.Kind.COORDINATOR))

    def with_names(self):
        """With what a page names of a placement, in the same query."""
        return self.select_related("place", "supervisor")

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
    supervisor = models.ForeignKey(
        Supervisor,
        on_delete=models.PROTECT,
        related_name="placements",
        verbose_name=_("begeleider op de leerplek"),
    )
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
