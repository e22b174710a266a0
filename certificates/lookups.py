"""How often a certificate is looked up: a number a day, and nothing about who looked.

Who looks does not wait for the number: it is written down when the answer has left. A process
that dies before that loses the looks of that moment, which is no harm; the papers are elsewhere.
"""

import threading
from collections import Counter
from functools import partial

import structlog
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.db.models import F
from django.utils import timezone

from certificates.models import CertificateLookup

log = structlog.get_logger("leerlijn.lookups")

# Of this process: the looks (by certificate and day) that are not written down yet, and who may
# touch them; and whose turn it is to write.
_waiting = Counter()
_adding, _writing = threading.Lock(), threading.Lock()


def counted_after(response, certificate, user=None):
    """``response``, which counts one look at ``certificate`` once the server has sent it.

    The holder's own looks are not counted; ``user`` is None where nobody is asked who they are.
    """
    if not _is_holder(user, certificate):
        # What Django closes with an answer: before it gives back the connection to the database.
        response._resource_closers.append(partial(counted, certificate.pk))
    return response


def _is_holder(user, certificate):
    if user is None or not user.is_authenticated:
        return False
    return user.pk == certificate.enrolment.participant_id


def counted(certificate_id):
    """Count one look at this certificate; where another thread is writing, that takes it along."""
    with _adding:
        _waiting[certificate_id, timezone.localdate()] += 1
    # One thread at a time: a row takes one writer, and the others have readers to serve.
    while _waiting and _writing.acquire(blocking=False):
        try:
            _write(_taken())
        finally:
            _writing.release()


def _taken():
    with _adding:
        taken = list(_waiting.items())
        _waiting.clear()
    return taken


def _write(taken):
    """Where the database is too busy to write, the answer mattered and the count does not."""
    for (certificate_id, day), looks in taken:
        try:
            _write_down(certificate_id, day, looks)
        except DatabaseError:
            log.warning("lookup_not_counted", certificate=certificate_id, looks=looks)


def _write_down(certificate_id, day, looks):
    with transaction.atomic(savepoint=False):
        _wait_for_no_disk()
        if _more(certificate_id, day, looks):
            return
        try:
            with transaction.atomic():
                CertificateLookup.objects.create(
                    certificate_id=certificate_id, day=day, count=looks
                )
        except IntegrityError:
            # Somebody else was the first of today, between the two questions.
            _more(certificate_id, day, looks)


def _wait_for_no_disk():
    """On PostgreSQL this commit does not wait for the disk: a crash may lose the last looks."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL synchronous_commit TO off")


def _more(certificate_id, day, looks):
    today = CertificateLookup.objects.filter(certificate=certificate_id, day=day)
    return today.update(count=F("count") + looks)
