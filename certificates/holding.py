"""What the holder does with a certificate: choose what its check page tells."""

import datetime as dt

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from certificates import documents, facts
from certificates.letterheads.images import KEPT
from certificates.models import Certificate
from participants import progress
from participants.enrolments.locking import lock
from participants.events.actions import decided
from participants.paper import names

# Stands where a number and a code would be: nobody can take a preview for a certificate.
NO_NUMBER, NO_CODE = "LL-0000-0000", "X" * 12


@transaction.atomic
def show(certificate, shown, *, by):
    """Let the check page of ``certificate`` tell little (``short``) or all (``full``).

    Raises PermissionDenied for anyone but the holder, and ValidationError: ``unknown_choice``,
    or ``already_ended`` when there is nothing left to tell.
    """
    lock(certificate.enrolment)
    if not Certificate.objects.held_by(by).filter(pk=certificate.pk).exists():
        raise PermissionDenied
    if shown not in Certificate.Shown.values:
        raise ValidationError(_("Kies kort of uitgebreid."), code="unknown_choice")
    if not Certificate.objects.valid().filter(pk=certificate.pk).update(shown=shown):
        raise ValidationError(
            _("Dit certificaat geldt niet meer. Er valt niets meer te kiezen."),
            code="already_ended",
        )
    certificate.shown = shown
    decided(f"check_page_{shown}", certificate, by=by)


def preview_of(enrolment, name):
    """The pages as they would be printed today, with VOORBEELD across them, as PDF bytes.

    ``enrolment`` comes from ``progress.of``. Raises ValidationError (``name_not_printable``).
    """
    if sentence := names.refusal(name):
        raise ValidationError(sentence, code="name_not_printable")
    draft = Certificate(
        number=NO_NUMBER,
        code=NO_CODE,
        hand_code=NO_CODE,
        name=names.clean(name),
        award_date=_likely_day(enrolment.cohort),
    )
    found = facts.findings([enrolment])
    said = facts.facts_of(draft, enrolment, progress.lines(enrolment), found)
    return documents.preview(said, images=KEPT)


def _likely_day(cohort) -> dt.date:
    """For the date on the preview: the end of the cohort, or today when that is over."""
    return max(cohort.ends_on, timezone.localdate())
