from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from participants.accounts.models import Role, User
from participants.enrolments.models import Enrolment
from participants.placements.models import Supervisor
from participants.tracks.models import Cohort


class BounceQuerySet(models.QuerySet):
    def unsolved(self):
        """Those of an address that somebody still has: with another one it is solved."""
        of_user = User.objects.filter(email__iexact=OuterRef("address"))
        of_supervisor = Supervisor.objects.filter(email__iexact=OuterRef("address"))
        return self.filter(Exists(of_user) | Exists(of_supervisor), solved_at=None)

    def visible_to(self, user):
        """Of the people, supervisors and staff of the cohorts that ``user`` coordinates."""
        cohorts = Cohort.objects.coordinated_by(user)
        people = Enrolment.objects.coordinated_by(user).values(lower=Lower("participant__email"))
        supervisors = Supervisor.objects.coordinated_by(user).values(lower=Lower("email"))
        roles = Role.objects.filter(Q(cohort__in=cohorts) | Q(cohort=None))
        staff = roles.values(lower=Lower("user__email"))
        return self.filter(
            Q(address__in=people) | Q(address__in=supervisors) | Q(address__in=staff),
            Exists(cohorts),
        )

    def latest_first(self):
        return self.order_by("-noted_at", "-pk")


class Bounce(models.Model):
    """An address at which our mail does not arrive, until somebody did something about it."""

    address = models.EmailField(_("e-mailadres"))
    # What the mail server answered: "550", or as RFC 3463 has it: "5.1.1".
    status = models.CharField(max_length=12)
    noted_at = models.DateTimeField(default=timezone.now)
    solved_at = models.DateTimeField(null=True, blank=True)
    solved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = BounceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["address"],
                condition=Q(solved_at=None),
                name="an_address_bounces_once_until_that_is_solved",
            ),
            models.CheckConstraint(
                condition=Q(solved_at=None, solved_by=None)
                | Q(solved_at__isnull=False, solved_by__isnull=False),
                name="a_bounce_is_solved_by_somebody_at_some_moment",
            ),
        ]

    def __str__(self):
        return f"{self.status} {self.pk}"

    @property
    def is_full(self):
        """Whether the mailbox is full or too small (RFC 3463: X.2.2), and nothing is wrong."""
        return self.status in ("552", "5.2.2")
