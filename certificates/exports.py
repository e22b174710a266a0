"""A cohort's valid certificates, to hand out (ZIP) or to print (one PDF)."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from certificates import bundles
from certificates.models import Certificate, CertificateDocument
from participants.events.actions import decided
from participants.tracks.models import Cohort


def as_zip(cohort, *, by):
    """The bytes of a ZIP, piece by piece: the stored PDF of each, and a list.

    Raises PermissionDenied unless ``by`` coordinates ``cohort``, and ValidationError with code
    ``nothing_to_export``. That it was taken is written down.
    """
    keys = _taken_out(cohort, by)
    rows = CertificateDocument.objects.filter(certificate__in=keys).order_by("certificate__number")
    return bundles.zip_of(
        rows.values_list("certificate__number", "certificate__name", "pdf").iterator(50)
    )


def as_print_pdf(cohort, *, by):
    """The bytes of one PDF for the printer. Raises as ``as_zip`` does."""
    keys = _taken_out(cohort, by)
    rows = Certificate.objects.filter(pk__in=keys).order_by("number")
    return bundles.print_pdf(rows.values_list("facts", flat=True).iterator(50))


def _taken_out(cohort, by):
    """The keys of the valid certificates of ``cohort`` that ``by`` may hand out."""
    if not Cohort.objects.coordinated_by(by).filter(pk=cohort.pk).exists():
        raise PermissionDenied
    mine = Certificate.objects.valid().registered_for(by).filter(enrolment__cohort=cohort)
    certificates = list(mine.only("pk", "enrolment"))
    if not certificates:
        raise ValidationError(
            _("Er zijn nog geen geldige certificaten in deze lichting."), code="nothing_to_export"
        )
    decided("certificate_exported", certificates, by=by)
    return [certificate.pk for certificate in certificates]
