"""How often a certificate is looked up: a number a day, and nothing about who looked."""

import structlog
from django.db import IntegrityError, OperationalError, transaction
from django.db.models import F
from django.utils import timezone

from certificates.models import CertificateLookup

log = structlog.get_logger("leerlijn.lookups")


def counted(certificate, user):
    """Count one look at ``certificate``; its holder's own looks are not counted.

    Where the database is too busy to write, the answer matters and the count does not.
    """
    if user is not None and user.pk == certificate.enrolment.participant_id:
        return
    try:
        _count(certificate)
    except OperationalError:
        log.warning("lookup_not_counted", certificate=certificate.pk)


def _count(certificate):
    day = timezone.localdate()
    if _one_more(certificate, day):
        return
    try:
        with transaction.atomic():
            CertificateLookup.objects.create(certificate=certificate, day=day, count=1)
    except IntegrityError:
        # Somebody else was the first of today, between the two questions.
        _one_more(certificate, day)


def _one_more(certificate, day):
    today = CertificateLookup.objects.filter(certificate=certificate, day=day)
    return today.update(count=F("count") + 1)
