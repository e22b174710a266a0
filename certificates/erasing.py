"""What erasing leaves of certificates: number, codes, state, dates and hash; no name."""

from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Max

from certificates import ending
from certificates.ceremonies import bundling
from certificates.ceremonies.models import Batch, BatchLine, Bundle
from certificates.models import (
    Certificate,
    CertificateDocument,
    CertificateLookup,
    Letterhead,
    PaperImage,
    Revocation,
)
from certificates.statements import ParticipationStatement
from participants.erasing.registry import last_award, prepared_files, register, stays
from participants.models import Event


@register
def take_names_out(enrolments):
    """Bury the certificates of ``enrolments``; their statements and working lists go."""
    certificates = Certificate.objects.filter(enrolment__in=enrolments)
    ending.bury(certificates, by=None)
    CertificateLookup.objects.filter(certificate__in=certificates).delete()
    BatchLine.objects.filter(enrolment__in=enrolments).delete()
    said = Event.objects.filter(enrolment__in=enrolments)
    said.filter(subject__startswith="participationstatement:").forget()
    ParticipationStatement.objects.filter(enrolment__in=enrolments).forget()
    # The admin may have written down a number; the number stays, its log entries need not.
    kind = ContentType.objects.get_for_model(Certificate)
    keys = [str(pk) for pk in certificates.values_list("pk", flat=True)]
    LogEntry.objects.filter(content_type=kind, object_id__in=keys).delete()


@last_award
def of_cohort(cohort):
    """The last award with a name on it, of what the register has of ``cohort``."""
    named = Certificate.objects.filter(enrolment__cohort=cohort).with_paper()
    return named.aggregate(last=Max("award_date"))["last"]


@prepared_files
def remove_bundles(cohorts):
    """Files to hand out or to print: made again when somebody asks."""
    bundles = Bundle.objects.filter(cohort__in=cohorts)
    names = [name for name in bundles.values_list("path", flat=True) if name]
    bundles.delete()
    transaction.on_commit(lambda: _unlink(names))


def _unlink(names):
    for name in names:
        (bundling.folder() / name).unlink(missing_ok=True)


AS_NOBODY = "a coordinator's work for others; whoever did it is nobody any more"

stays(Certificate, "buried: number, codes, state, dates and hash stay, without a name")
stays(CertificateDocument, "its bytes are emptied in the statement that buries")
stays(CertificateLookup, "goes with what is buried")
stays(Revocation, "its words go with what is buried; who asked and when is of the register")
stays(BatchLine, "goes")
stays(ParticipationStatement, "goes")
stays(Bundle, "every file of the cohort goes")
stays(Batch, AS_NOBODY)
stays(Letterhead, AS_NOBODY)
stays(PaperImage, AS_NOBODY)
