"""The signed list as evidence: added by who staffs the meeting, removed by who added it."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from participants.events.actions import decided
from participants.files import storing
from participants.sessions.models import Session
from participants.sessions.proofs import SessionProof

MOST_PROOFS = 10


def add_proof(session, uploads, *, by):
    """The photos or the PDF in ``uploads`` as one proof of the register of ``session``.

    Several photos become the pages of one PDF. Raises PermissionDenied when ``by`` does not
    staff the meeting, and ValidationError with a code of ``files.refusals``, ``cancelled`` or
    ``too_many_proofs``.
    """
    with storing.received_many(uploads) as received, transaction.atomic():
        session = Session.objects.select_for_update().get(pk=session.pk)
        if not Session.objects.staffed_by(by).filter(pk=session.pk).exists():
            raise PermissionDenied
        if session.cancelled_at:
            raise ValidationError(_("Deze bijeenkomst gaat niet door."), code="cancelled")
        if session.proofs.count() >= MOST_PROOFS:
            raise ValidationError(
                _("Er staan er al %d. Haal er eerst een weg.") % MOST_PROOFS, code="too_many_proofs"
            )
        proof = SessionProof.objects.create(session=session, file=received.keep(by=by), added_by=by)
        decided("proof_added", proof, by=by)
    return proof


@transaction.atomic
def remove_proof(proof, *, by):
    """Take ``proof`` and its file away; that it was there stays among the decisions.

    Raises PermissionDenied unless ``by`` added it, and ValidationError (``proof_gone``).
    """
    same = SessionProof.objects.select_for_update(of=("self",)).filter(pk=proof.pk)
    found = same.select_related("file").first()
    if found is None:
        raise ValidationError(_("Deze lijst is al weg."), code="proof_gone")
    if not SessionProof.objects.added_by_user(by).filter(pk=found.pk).exists():
        raise PermissionDenied
    decided("proof_removed", found, by=by, reason=_("bij bijeenkomst %d") % found.session_id)
    file = found.file
    found.delete()
    storing.remove(file)
