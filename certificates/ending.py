"""How a certificate ends: taken back, revoked (by one person or by two), and buried in the end.

Lock order: the enrolment, then what asks to revoke, then the certificate.
"""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from certificates.models import Certificate, EndCategory, Revocation
from certificates.offices import Kind, handled_by, holders
from certificates.revocations import REVOKED_FOR
from participants.enrolments import actions as enrolling
from participants.enrolments.locking import given, lock
from participants.events.actions import decided
from participants.mailing import post
from participants.models import Enrolment, User

Answer = Revocation.Answer


@transaction.atomic
def revoke(certificate, *, by, reason, category=EndCategory.OTHER):
    """End ``certificate`` at once and tell its holder; the person goes on taking part.

    Where the track asks two people, the wish waits for the second one and is returned, a
    Revocation; without anybody else it counts at once, and None is returned. Before the award date
    it is ``withdraw``. Raises PermissionDenied unless ``by`` handles this certificate, and
    ValidationError: ``reason_needed``, ``unknown_category``, ``already_ended``, ``already_asked``.
    """
    if not certificate.is_awarded:
        return withdraw(certificate, by=by, reason=reason)
    locked = lock_handled(certificate, by)
    reason = given(reason)
    if category not in REVOKED_FOR:
        raise ValidationError(_("Kies een soort reden uit de lijst."), code="unknown_category")
    refuse_when_asked(certificate)
    if locked.cohort.track.revoking_takes_two and second_people(certificate, by):
        return _ask(certificate, by, reason, category)
    _revoke(certificate, by, reason, category)
    return None


@transaction.atomic
def withdraw(certificate, *, by, reason):
    """Take back ``certificate`` before its award date: to the check page it never was.

    The register keeps it, with number, who, when and why. Its holder never saw it and hears
    nothing. Raises PermissionDenied as ``revoke``, and ValidationError: ``reason_needed``,
    ``already_awarded``, ``already_ended``.
    """
    lock_handled(certificate, by)
    reason = given(reason)
    if certificate.is_awarded:
        raise ValidationError(
            _("De datum van uitreiking is er al. Je kunt het certificaat nog wel intrekken."),
            code="already_awarded",
        )
    end(certificate, Certificate.Status.REVOKED, EndCategory.NOT_AWARDED, by=by, reason=reason)
    _goes_on(certificate, by)
    decided("certificate_withdrawn", certificate, by=by)


@transaction.atomic
def confirm(revocation, *, by):
    """Do what the first person asked: the certificate ends now.

    Raises PermissionDenied unless it waits for ``by``, and ValidationError (code
    ``already_answered``) when someone was first.
    """
    certificate = revocation.certificate
    _answer(revocation, Answer.CONFIRMED, by)
    _revoke(certificate, by, revocation.reason, revocation.category)


@transaction.atomic
def reject(revocation, *, by, note):
    """Leave the certificate valid, with ``note`` for who asked. Raises as ``confirm`` does.

    And ValidationError (code ``reason_needed``) without a note.
    """
    _answer(revocation, Answer.REJECTED, by, note=given(note))
    decided("revocation_rejected", revocation.certificate, by=by)
    post("revocation_rejected", revocation.pk)


@transaction.atomic
def take_back(revocation, *, by):
    """Ask no longer. Raises PermissionDenied for anyone but who asked; see ``confirm``."""
    lock(revocation.certificate.enrolment)
    if not Revocation.objects.asked_by(by).filter(pk=revocation.pk).exists():
        raise PermissionDenied
    _close(revocation, Answer.TAKEN_BACK, by)
    decided("revocation_taken_back", revocation.certificate, by=by)


@transaction.atomic
def bury(certificates, *, by):
    """After erasure: keep number, state, dates and hash of ``certificates`` (a QuerySet).

    Name, facts, evidence, bytes and what people wrote about them go, also the name that was to be
    printed. What was decided about them stays. ``by`` is an administrator, or None for the clock;
    else raises PermissionDenied. Returns how many; those that were buried before stay as they are.
    """
    people = Enrolment.objects.filter(pk__in=list(certificates.values_list("enrolment", flat=True)))
    locked = len(people.order_by("pk").select_for_update())
    administered = Enrolment.objects.handled_by(by, Kind.ADMINISTRATOR) if by else people
    if people.filter(pk__in=administered.values("pk")).count() != locked:
        raise PermissionDenied
    buried = list(certificates.with_paper().light())
    Certificate.objects.filter(pk__in=[each.pk for each in buried]).bury()
    wishes = Revocation.objects.filter(certificate__in=buried)
    wishes.waiting().delete()
    wishes.update(reason="", note="")
    people.update(
        certificate_name="", name_confirmed_at=None, name_confirmed_by=None, name_confirmed_how=""
    )
    decided("certificate_buried", buried, by=by)
    return len(buried)


def second_people(certificate, by):
    """Who may answer when ``by`` asks to revoke: coordinators, else administrators; or nobody."""
    enrolment = certificate.enrolment
    involved = [by.pk, enrolment.participant_id]
    for kind in (Kind.COORDINATOR, Kind.ADMINISTRATOR):
        roles = holders(kind, enrolment.cohort_id, but=involved)
        if people := list(User.objects.filter(pk__in=roles.values("user"))):
            return people
    return []


def lock_handled(certificate, by):
    """The locked enrolment; raises PermissionDenied unless ``by`` handles this certificate."""
    locked = lock(certificate.enrolment)
    if not handled_by(by).filter(pk=locked.pk).exists():
        raise PermissionDenied
    return locked


def refuse_when_asked(certificate):
    """Raise ValidationError (code ``already_asked``) while a wish to revoke it waits."""
    if Revocation.objects.waiting().filter(certificate=certificate).exists():
        raise ValidationError(
            _("Er wacht al een vraag om dit certificaat in te trekken."), code="already_asked"
        )


def end(certificate, status, category, *, by, reason):
    """Of two people who end it, exactly one does; the other gets ``already_ended``."""
    same = Certificate.objects.valid().with_paper().filter(pk=certificate.pk)
    ended = {"ended_at": timezone.now(), "ended_by": by}
    if not same.update(status=status, end_category=category, end_reason=reason, **ended):
        raise _already_ended()


def _already_ended():
    return ValidationError(_("Dit certificaat geldt al niet meer."), code="already_ended")


def _revoke(certificate, by, reason, category):
    end(certificate, Certificate.Status.REVOKED, category, by=by, reason=reason)
    _goes_on(certificate, by)
    # The words of the reason stand on the certificate alone: there they can be taken out.
    decided("certificate_revoked", certificate, by=by, reason=str(EndCategory(category).label))
    post("certificate_revoked", certificate.pk)


def _goes_on(certificate, by):
    same = Enrolment.objects.filter(pk=certificate.enrolment_id)
    enrolling.reactivate([certificate.enrolment], by=by, within=same)


def _ask(certificate, by, reason, category):
    if not Certificate.objects.valid().with_paper().filter(pk=certificate.pk).exists():
        raise _already_ended()
    asked = Revocation.objects.create(
        certificate=certificate, category=category, reason=reason, asked_by=by
    )
    decided("revocation_asked", certificate, by=by, reason=str(EndCategory(category).label))
    for person in second_people(certificate, by):
        post("revocation_asked", asked.pk, person.pk)
    return asked


def _answer(revocation, answer, by, note=""):
    lock(revocation.certificate.enrolment)
    theirs = Revocation.objects.filter(pk=revocation.pk)
    allowed = theirs.answerable_by(by) if theirs.waiting().exists() else theirs.visible_to(by)
    if not allowed.exists():
        raise PermissionDenied
    _close(revocation, answer, by, note)


def _close(revocation, answer, by, note=""):
    waiting = Revocation.objects.waiting().filter(pk=revocation.pk)
    if not waiting.update(answer=answer, answered_by=by, answered_at=timezone.now(), note=note):
        raise ValidationError(_("Op deze vraag is al geantwoord."), code="already_answered")
