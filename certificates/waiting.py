"""What of certificates waits on staff."""

from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from certificates.models import Revocation
from participants.overview.kinds import Kind, waits


def _revocations(user):
    waiting = Revocation.objects.waiting().answerable_by(user)
    return waiting.annotate(since=F("asked_at"))


def _revocation(revocation):
    certificate = revocation.certificate
    told = _("Vraagt een tweede persoon: %s intrekken") % certificate.number
    href = reverse("certificates:revocation", args=[revocation.pk])
    return certificate.enrolment.participant.name, told, href


waits(
    Kind(
        "intrekken",
        gettext_lazy("Intrekken"),
        _revocations,
        _revocation,
        related=("certificate__enrolment__participant",),
        cohort="certificate__enrolment__cohort",
        comes_back=False,
    )
)
