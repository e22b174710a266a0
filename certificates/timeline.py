"""What of certificates stands on the time line of somebody; from the award date on for them."""

from django.db.models import F, Value
from django.urls import reverse
from django.utils.translation import gettext as _

from certificates.models import Certificate
from participants.overview.timeline import Told, tells


def _seen(enrolment, user):
    seen = Certificate.objects.visible_to(user).light().filter(enrolment=enrolment)
    return seen.annotate(is_own=Value(enrolment.participant_id == user.pk))


def _issued(enrolment, user):
    return _seen(enrolment, user).annotate(at=F("award_date"))


def _ended(enrolment, user):
    return _seen(enrolment, user).annotate(at=F("ended_at"))


@tells("certificaat", _issued)
def issued(certificate):
    return Told(_("Certificaat %s") % certificate.number, href=_page(certificate))


@tells("certificaat", _ended)
def ended(certificate):
    words = {"number": certificate.number, "state": certificate.get_status_display()}
    return Told(_("Certificaat %(number)s %(state)s") % words, href=_page(certificate))


def _page(certificate):
    if certificate.is_own:
        return reverse("certificates:mine")
    return reverse("certificates:detail", args=[certificate.number])
