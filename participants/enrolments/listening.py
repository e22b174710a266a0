"""What enrolments hear of the uploads of people who take part."""

from django.db.models import Q
from django.dispatch import receiver

from participants.accounts.models import Role, User
from participants.enrolments.models import Enrolment
from participants.events.actions import decided
from participants.files.scanning import virus_found
from participants.mailing import post


@receiver(virus_found)
def tell_of_virus(stored, **_):
    """Write it down where staff of the person see it, and mail the owner and who is near."""
    taken_part = Enrolment.objects.filter(participant=stored.owner_id).admitted()
    latest = taken_part.order_by("-pk").first()
    decided("virus_found", latest or stored.owner, by=None)
    post("virus_removed", stored.pk)
    for reader in _near(stored.owner_id, latest):
        post("virus_reported", reader.pk, latest and latest.pk)


def _near(owner, enrolment):
    """The coordinators of this enrolment; without one, the administrators."""
    holders = Role.objects.filter(user__is_active=True).exclude(user=owner)
    cohort = Q(cohort=None) | Q(cohort=enrolment.cohort_id if enrolment else None)
    near = holders.filter(cohort, kind=Role.Kind.COORDINATOR) if enrolment else holders.none()
    chosen = near if near.exists() else holders.filter(kind=Role.Kind.ADMINISTRATOR)
    return User.objects.filter(pk__in=chosen.values("user")).order_by("pk")
