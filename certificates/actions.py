"""What can happen to certificates: issued, corrected, and ended (see ``ending``). Nothing else.

Lock order: enrolments by key, then the series of numbers, then certificates.
"""

import datetime as dt
import hashlib
import zlib

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from certificates import facts, numbers, signing
from certificates.ending import end, lock_handled, refuse_when_asked, revoke, withdraw
from certificates.letterheads.images import KEPT
from certificates.models import Certificate, CertificateDocument, EndCategory
from certificates.offices import handled_by, issuable_by
from certificates.readiness import preview, ready_enrolments
from participants import progress
from participants.enrolments import actions as enrolling
from participants.events.actions import decided
from participants.mailing import post
from participants.models import Enrolment
from participants.paper import names

__all__ = [
    "award_date_or_refusal",
    "correct",
    "issue",
    "issue_all",
    "preview",
    "ready_enrolments",
    "revoke",
    "withdraw",
]
MOST_DAYS_AHEAD = 60


def issue_all(enrolments, *, by, award_date=None):
    """Issue to those of ``enrolments`` that are ready; return the new certificates.

    Safe to repeat and to run twice at once: rows are locked first, judged after. All or nobody:
    a name that cannot be printed stops the batch before a number is taken. Whom ``by`` alone
    assessed is passed over: another issues that one (see ``offices``). Raises PermissionDenied
    unless each is ``by``'s work (never oneself), and ValidationError with code
    ``name_not_printable`` (a sentence for every name), ``award_date_out_of_range`` or
    ``already_issued``.
    """
    award_date = award_date_or_refusal(award_date)
    asked = list(enrolments.values_list("pk", flat=True))
    try:
        with transaction.atomic():
            return _issue_ready(asked, by, award_date)
    except IntegrityError as clash:
        if not Certificate.objects.valid().filter(enrolment__in=asked).exists():
            raise
        raise _already_issued() from clash


def issue(enrolment, *, by, award_date=None):
    """The certificate of one person. As ``issue_all``, and where that would pass over them:

    raises PermissionDenied, or ValidationError with code ``already_issued`` or
    ``criteria_not_met``.
    """
    same = Enrolment.objects.filter(pk=enrolment.pk)
    if issued := issue_all(same, by=by, award_date=award_date):
        return issued[0]
    if Certificate.objects.valid().filter(enrolment=enrolment).exists():
        raise _already_issued()
    if not issuable_by(by).filter(pk=enrolment.pk).exists():
        raise PermissionDenied
    raise ValidationError(_why_not(same), code="criteria_not_met")


@transaction.atomic
def correct(certificate, *, by, name):
    """Replace ``certificate`` by one with another ``name``; return the new one.

    Everything else stays as it was issued, the award date too; number and codes are new. The
    holder is told, and confirms the name again. Raises PermissionDenied unless ``by`` handles this
    certificate, and ValidationError with code ``already_ended``, ``already_asked``,
    ``name_not_printable`` or ``name_unchanged``.
    """
    lock_handled(certificate, by)
    refuse_when_asked(certificate)
    name = _other_name(certificate, name)
    signing.refuse_if_unable()
    replaced, category = Certificate.Status.REPLACED, EndCategory.NAME
    end(certificate, replaced, category, by=by, reason=_("De naam is verbeterd."))
    new = Certificate(
        number=numbers.take(1)[0],
        enrolment_id=certificate.enrolment_id,
        name=name,
        evidence=certificate.evidence,
        award_date=certificate.award_date,
        issued_by=by,
        replaces=certificate,
        shown=certificate.shown,
    )
    new.facts = {**certificate.facts, **facts.identity(new)}
    _keep([new])
    Enrolment.objects.filter(pk=certificate.enrolment_id).update(
        certificate_name=name,
        name_confirmed_at=None,
        name_confirmed_by=None,
        name_confirmed_how="",
    )
    decided("certificate_corrected", new, by=by)
    if new.is_awarded:
        post("certificate_corrected", new.pk)
    return new


def award_date_or_refusal(award_date=None):
    """``award_date``, or today; ValidationError when it lies in the past or too far ahead."""
    today = timezone.localdate()
    award_date = award_date or today
    if not today <= award_date <= today + dt.timedelta(days=MOST_DAYS_AHEAD):
        raise ValidationError(
            _("Kies een datum van uitreiking vanaf vandaag, hoogstens %d dagen vooruit.")
            % MOST_DAYS_AHEAD,
            code="award_date_out_of_range",
        )
    return award_date


def _issue_ready(asked, by, award_date):
    locked = _locked(asked, by)
    mine = issuable_by(by).filter(pk__in=locked).values("pk")
    rows = progress.of(ready_enrolments().filter(pk__in=mine))
    ready = list(rows.select_related("participant", "cohort__track"))
    if not ready:
        return []
    _refuse_unprintable(enrolment.printed_name for enrolment in ready)
    signing.refuse_if_unable()
    certificates = _drafted(ready, by, award_date)
    _keep(certificates)
    enrolling.complete(ready, by=by, within=handled_by(by))
    decided("certificate_issued", certificates, by=by)
    return certificates


def _locked(asked, by):
    """The keys of the enrolments that were ``asked``, kept for us until the transaction ends.

    Raises PermissionDenied when one of them is not ``by``'s work.
    """
    rows = Enrolment.objects.filter(pk__in=asked).order_by("pk").select_for_update()
    locked = list(rows.values_list("pk", flat=True))
    if handled_by(by).filter(pk__in=locked).count() != len(asked):
        raise PermissionDenied
    return locked


def _drafted(enrolments, by, award_date):
    """A certificate with its facts for each of ``enrolments``, numbered but not kept yet."""
    found = facts.findings(enrolments)
    certificates = []
    for enrolment, number in zip(enrolments, numbers.take(len(enrolments)), strict=True):
        certificate = Certificate(
            number=number,
            enrolment=enrolment,
            name=names.clean(enrolment.printed_name),
            evidence=progress.lines(enrolment),
            award_date=award_date,
            issued_by=by,
        )
        certificate.facts = facts.facts_of(certificate, enrolment, certificate.evidence, found)
        certificates.append(certificate)
    return certificates


def _keep(certificates):
    """Draw, hash and store; the bytes that are stored are the certificate."""
    papers = [signing.certificate_pdf(each.facts, images=KEPT) for each in certificates]
    for certificate, pdf in zip(certificates, papers, strict=True):
        certificate.sha256 = hashlib.sha256(pdf).hexdigest()
    Certificate.objects.bulk_create(certificates)
    CertificateDocument.objects.bulk_create(
        CertificateDocument(certificate=certificate, pdf=pdf, crc32=zlib.crc32(pdf))
        for certificate, pdf in zip(certificates, papers, strict=True)
    )


def _other_name(certificate, name):
    _refuse_unprintable([name])
    if names.clean(name) == certificate.name:
        raise ValidationError(
            _("Deze naam staat al op het certificaat. Vul de verbeterde naam in."),
            code="name_unchanged",
        )
    return names.clean(name)


def _refuse_unprintable(wanted):
    refused = [sentence for name in wanted if (sentence := names.refusal(name))]
    if refused:
        raise ValidationError(
            [ValidationError(sentence, code="name_not_printable") for sentence in refused]
        )


def _already_issued():
    return ValidationError(_("Dit certificaat is al gemaakt."), code="already_issued")


def _why_not(same):
    """The sentence for somebody (a QuerySet of one) who cannot have a certificate now."""
    enrolment = progress.of(same).get()
    missing = [line["label"] for line in progress.lines(enrolment) if not line["met"]]
    if missing:
        return _("Nog niet alles is behaald. Het gaat nog om: %s.") % ", ".join(missing)
    return _("Een certificaat is er voor wie meedoet. Deze deelname loopt niet.")
