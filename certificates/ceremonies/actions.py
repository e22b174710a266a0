"""What a coordinator asks for a whole cohort: certificates for all who are ready, a large file.

The work itself is done in the background; see ``making``, ``bundling`` and ``tasks``.
"""

import datetime as dt
import uuid

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from certificates import exports
from certificates.actions import award_date_or_refusal
from certificates.ceremonies import tasks
from certificates.ceremonies.models import Batch, BatchLine, Bundle
from certificates.models import Certificate
from certificates.offices import cohorts_of, handled_by

KEPT_FOR = dt.timedelta(days=1)


def begin(cohort, enrolments, *, by, award_date=None, key=None):
    """The Batch in which ``enrolments`` (of ``cohort``) get their certificates, soon.

    Asked again, with the same ``key`` or for people who all wait already, it is the same Batch.
    Raises PermissionDenied unless each is ``by``'s work (never oneself; see ``offices``), and
    ValidationError with code ``award_date_out_of_range`` or ``already_issued``.
    """
    batch, is_new = _drafted(cohort, enrolments, by, award_date, key)
    if is_new:
        tasks.issue_batch.enqueue(batch.pk)
    return batch


@transaction.atomic
def _drafted(cohort, enrolments, by, award_date, key):
    """(Batch, whether it is new); those who wait in another one stay there."""
    award_date = award_date_or_refusal(award_date)
    asked = set(enrolments.values_list("pk", flat=True))
    _lock(cohort, asked, by)
    if same := Batch.objects.filter(key=key, cohort=cohort).first():
        return same, False
    waiting = dict(
        BatchLine.objects.filter(enrolment__in=asked, state=BatchLine.State.WAITING).values_list(
            "enrolment", "batch"
        )
    )
    left = asked - set(waiting)
    if not left and waiting:
        return Batch.objects.get(pk=min(waiting.values())), False
    _refuse_when_all_have_one(left)
    batch = Batch.objects.create(
        cohort=cohort, asked_by=by, award_date=award_date, key=key or uuid.uuid4()
    )
    BatchLine.objects.bulk_create(BatchLine(batch=batch, enrolment_id=pk) for pk in sorted(left))
    return batch, True


def go_on(work, *, by):
    """Have an unfinished Batch or Bundle taken up again, where nobody is at it any more.

    Raises PermissionDenied unless its cohort is ``by``'s work.
    """
    if not type(work).objects.visible_to(by).filter(pk=work.pk).exists():
        raise PermissionDenied
    if type(work).objects.abandoned().filter(pk=work.pk).exists():
        tasks.of(work).enqueue(work.pk)


def bundle(cohort, kind, *, by, told=exports.FOR_THE_CEREMONY):
    """The Bundle of ``kind`` that will hold the valid certificates of ``cohort``.

    The one that ``by`` asked before and that is not ready yet is the same. Raises as the
    functions of ``exports`` do.
    """
    with transaction.atomic():
        _lock(cohort, set(), by)
        mine = Bundle.objects.unfinished().filter(cohort=cohort, kind=kind, asked_by=by)
        if same := mine.first():
            return same
        asked = Bundle.objects.create(
            cohort=cohort,
            kind=kind,
            asked_by=by,
            why=told.why,
            reason=told.reason,
            total=exports.count_or_refusal(cohort, by=by),
            expires_at=timezone.now() + KEPT_FOR,
        )
    tasks.make_bundle.enqueue(asked.pk)
    return asked


def _lock(cohort, asked, by):
    """Of two who ask for this cohort, the second waits and then sees what the first asked."""
    mine = cohorts_of(by).filter(pk=cohort.pk)
    handled = handled_by(by).filter(cohort=cohort, pk__in=asked)
    if not mine.select_for_update(no_key=True).exists() or handled.count() != len(asked):
        raise PermissionDenied


def _refuse_when_all_have_one(asked):
    having = Certificate.objects.valid().filter(enrolment__in=asked)
    if having.count() == len(asked):
        raise ValidationError(
            _("Iedereen die je koos heeft al een certificaat."), code="already_issued"
        )
