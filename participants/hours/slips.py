"""A paper that the supervisor signed, recorded by staff: the lines that it covers are approved."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from participants.hours import verdicts
from participants.hours.proofs import attach_slip

NOTE = gettext_lazy("Getekend papier")


@transaction.atomic
def approve_by_slip(seen, received, *, by, note=""):
    """Approve hours of one person by a signed paper; ``{pk: refusal}`` of lines it could not.

    ``seen`` are entries as ``by`` saw them, ``received`` the judged file. Raises PermissionDenied
    when a line is not ``by``'s to review, ValidationError ``no_lines`` or ``several_people``,
    and ``none_approved`` when nothing is left to approve; then the file is not kept.
    """
    if not seen:
        raise ValidationError(_("Kies de regels die op het papier staan."), code="no_lines")
    if len({entry.enrolment_id for entry in seen}) > 1:
        raise ValidationError(_("Een papier gaat over één persoon."), code="several_people")
    said = ": ".join(filter(None, [str(NOTE), note.strip()]))
    answers = [
        verdicts.Verdict(entry, approved=True, note=said, seen=entry.changed_at) for entry in seen
    ]
    refused = verdicts.review(answers, by=by)
    covered = [entry for entry in seen if entry.pk not in refused]
    if not covered:
        raise ValidationError(
            _("Deze regels zijn intussen al nagekeken of aangepast."), code="none_approved"
        )
    attach_slip(covered, received, by=by)
    return refused
