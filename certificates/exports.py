"""A cohort's valid certificates: to hand out (ZIP), to print (one PDF), or as a list to sign.

Every file leaves by ``taken_out``: who may have it is asked there, and written down there.
"""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from certificates import bundles
from certificates.letterheads.images import KEPT
from certificates.models import Certificate, CertificateDocument
from certificates.offices import cohorts_of
from participants.accounts.names import folded
from participants.events.actions import decided
from participants.exports.actions import written_down
from participants.exports.models import Told, Why

KIND = "certificates"  # among what is taken along
FOR_THE_CEREMONY = Told(Why.CEREMONY)
AT_A_TIME = 25  # certificates that are in memory
ASKED_AT_ONCE = 1000  # keys that one question to the database names


def pieces(cohort, kind, *, by, told=FOR_THE_CEREMONY):
    """The bytes of the file of ``kind`` (of a Bundle), in pieces.

    Raises PermissionDenied unless ``cohort`` is ``by``'s work, and ValidationError with code
    ``nothing_to_export``. That it was taken is written down, and with ``told`` what for.
    """
    form = "zip" if kind == "zip" else "pdf"
    keys = [certificate.pk for certificate in taken_out(cohort, by=by, form=form, told=told)]
    return zipped(keys) if kind == "zip" else printed(keys, fronts_only=kind == "fronts")


def zipped(keys):
    """The stored PDF of each of the certificates with these keys, and a list; by key."""
    facts = ("certificate__number", "certificate__name", "certificate__sha256", "crc32", "pdf")
    rows = CertificateDocument.objects.order_by("pk").values_list(*facts)
    parts = (rows.filter(pk__in=each).iterator(AT_A_TIME) for each in batched(keys, ASKED_AT_ONCE))
    return bundles.zip_of(row for part in parts for row in part)


def printed(keys, *, fronts_only=False):
    """The pages of each of the certificates with these keys, drawn from their frozen facts."""
    rows = Certificate.objects.only("facts")
    return bundles.print_pdf(
        lambda: (each.facts for each in in_order(rows, keys)), images=KEPT, fronts_only=fronts_only
    )


@transaction.atomic
def taken_out(cohort, *, by, form="pdf", told=FOR_THE_CEREMONY):
    """The valid certificates of ``cohort`` that ``by`` may hand out, in the order of handing out.

    Raises as ``pieces`` does.
    """
    certificates = list(_handed_out(cohort, by).light())
    _refuse_none(certificates)
    decided("certificate_exported", certificates, by=by, reason=str(told))
    written_down(KIND, cohort, len(certificates), by=by, told=told, form=form)
    return sorted(certificates, key=lambda each: (folded(each.name), each.number))


def count_or_refusal(cohort, *, by):
    """How many certificates there are to take out. Raises as ``pieces`` does."""
    return _refuse_none(_handed_out(cohort, by).count())


def in_order(rows, keys):
    """Those of ``rows`` with these keys, in the order of ``keys``, a few in memory at a time."""
    for asked in batched(keys, AT_A_TIME):
        found = rows.in_bulk(asked)
        yield from (found[key] for key in asked)


def batched(keys, size):
    """``keys`` in slices of ``size``."""
    return (keys[start : start + size] for start in range(0, len(keys), size))


def _handed_out(cohort, by):
    if not cohorts_of(by).filter(pk=cohort.pk).exists():
        raise PermissionDenied
    return (
        Certificate.objects.valid().with_paper().registered_for(by).filter(enrolment__cohort=cohort)
    )


def _refuse_none(found):
    if not found:
        raise ValidationError(
            _("Er zijn nog geen geldige certificaten in deze lichting."), code="nothing_to_export"
        )
    return found
