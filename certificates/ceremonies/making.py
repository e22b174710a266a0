"""Makes the certificates of a Batch, a few at a time.

What is made and what is written down about it go in one transaction. A worker that is killed
leaves whole steps behind, and whoever takes the work up goes on with who still waits.
"""

import datetime as dt
import time

import structlog
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import OperationalError, connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from certificates import actions
from certificates.ceremonies.models import Batch, BatchLine
from certificates.offices import cohorts_of
from participants.models import Enrolment

KEPT_FOR = dt.timedelta(days=90)
STEP = 10  # people in one transaction: others who issue wait no longer than that
# SQLite lets one process write. Who waits for that looks again after a tenth of a second at most,
# and would find us writing each time. So there we rest for longer than that after a step, and for
# twice what the step took: two of three who write find us resting, on a slow machine too.
STEP_ALONE, REST = 2, 2
BREATH, LONGEST = 0.12, 1.0  # seconds; a step may itself have waited for others
log = structlog.get_logger("leerlijn.ceremonies")


def carry_out(pk):
    """Make what waits in the Batch with this key, unless somebody else is at it."""
    if Batch.objects.claimed(pk):
        start = time.monotonic()
        while _step(pk):
            _let_others_write(time.monotonic() - start)
            start = time.monotonic()


def _at_a_time():
    return min(STEP, STEP_ALONE) if connection.vendor == "sqlite" else STEP


def _let_others_write(after):
    """Rest as a step that took ``after`` seconds asks for."""
    if connection.vendor == "sqlite":
        time.sleep(min(max(BREATH, REST * after), LONGEST))


def sweep():
    """Forget how batches went that are long finished; how many rows went."""
    before = timezone.now() - KEPT_FOR
    gone, _per_model = Batch.objects.filter(finished_at__lt=before).delete()
    return gone


@transaction.atomic
def _step(pk):
    """The next few people; False when there is nobody left."""
    batch = Batch.objects.select_for_update(of=["self"]).select_related("asked_by").get(pk=pk)
    waiting = batch.lines.filter(state=BatchLine.State.WAITING)
    if not _may_still(batch):
        return _stop(batch, waiting)
    lines = list(waiting[: _at_a_time()])
    if not lines:
        if not batch.finished_at:
            batch.finishes()
        return False
    keys = [line.enrolment_id for line in lines]
    found = outcomes(keys, by=batch.asked_by, award_date=batch.award_date)
    for line in lines:
        _note(line, found[line.enrolment_id])
    BatchLine.objects.bulk_update(lines, ["state", "certificate", "why"])
    batch.gives_sign()
    return True


def _may_still(batch):
    """Whether who asked for it may still do so today."""
    by = batch.asked_by
    return by.is_active and cohorts_of(by).filter(pk=batch.cohort_id).exists()


def _stop(batch, waiting):
    refusal = _(
        "%s is geen coördinator meer van deze lichting. Wat al gemaakt is, blijft. Een andere "
        "coördinator kan de rest maken."
    )
    waiting.update(state=BatchLine.State.PASSED_OVER, why=_("De reeks is gestopt."))
    batch.finishes(refusal=refusal % batch.asked_by.name)
    return False


def outcomes(keys, **asked):
    """{key of an enrolment: its new certificate, or a sentence that says why there is none}.

    ``asked`` is what ``issue_all`` takes. One who cannot have a certificate stops nobody else.
    """
    try:
        with transaction.atomic():
            made = actions.issue_all(Enrolment.objects.filter(pk__in=keys), **asked)
    except (ValidationError, PermissionDenied):
        made = []  # somebody stands in the way of the others: now one by one
    found = {certificate.enrolment_id: certificate for certificate in made}
    rest = Enrolment.objects.filter(pk__in=set(keys) - set(found))
    return found | {enrolment.pk: _outcome(enrolment, asked) for enrolment in rest}


def _outcome(enrolment, asked):
    try:
        with transaction.atomic():
            return actions.issue(enrolment, **asked)
    except ValidationError as refusal:
        return " ".join(refusal.messages)
    except PermissionDenied as refusal:
        return str(refusal) or _("Voor deze persoon mag jij geen certificaat maken.")
    except OperationalError:
        raise  # of the database, not of this person: the whole step is done again later
    except Exception:
        log.exception("certificate_failed", enrolment=enrolment.pk)
        return _("Het maken lukte niet. Probeer het later opnieuw, of vraag het de beheerder.")


def _note(line, outcome):
    if isinstance(outcome, str):
        line.state, line.why = BatchLine.State.PASSED_OVER, outcome
    else:
        line.state, line.certificate = BatchLine.State.MADE, outcome
