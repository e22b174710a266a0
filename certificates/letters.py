"""The mails about certificates. Nothing personal in them: who wants to know more logs in."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from certificates.models import Certificate, Revocation
from participants.mailing import Letter, letter
from participants.models import User


@letter("certificate_revoked")
def certificate_revoked(certificate_pk):
    """To the holder: it is no longer valid; who can explain it."""
    subject = _("Er is iets veranderd met je certificaat")
    return _to_holder(certificate_pk, subject, "mail/certificate_revoked.txt")


@letter("certificate_corrected")
def certificate_corrected(certificate_pk):
    """To the holder: there is a new one in place of the old."""
    subject = _("Je hebt een nieuw certificaat")
    return _to_holder(certificate_pk, subject, "mail/certificate_corrected.txt")


@letter("revocation_asked")
def revocation_asked(revocation_pk, user_pk):
    """To a second person: somebody asks to revoke; None once it was answered."""
    asked = Revocation.objects.waiting().filter(pk=revocation_pk).first()
    reader = User.objects.filter(pk=user_pk, is_active=True).first()
    subject = _("Kijk je mee met een certificaat?")
    return asked and reader and _to_staff(reader, asked, subject, "mail/revocation_asked.txt")


@letter("revocation_rejected")
def revocation_rejected(revocation_pk):
    """To who asked: the second person leaves it valid."""
    asked = Revocation.objects.select_related("asked_by").get(pk=revocation_pk)
    subject = _("Er is een antwoord op je vraag over een certificaat")
    return _to_staff(asked.asked_by, asked, subject, "mail/revocation_rejected.txt")


def _to_holder(pk, subject, template):
    """None when the person is gone, or may not log in any more."""
    rows = Certificate.objects.with_paper().filter(enrolment__participant__is_active=True)
    certificate = rows.select_related("enrolment__participant", "enrolment__cohort").filter(pk=pk)
    if not (found := certificate.first()):
        return None
    holder = found.enrolment.participant
    context = {
        "name": holder.first_name,
        "cohort": found.enrolment.cohort,
        "link": _address("certificates:mine"),
    }
    return Letter(holder.email, subject, template, context)


def _to_staff(reader, asked, subject, template):
    link = _address("certificates:revocation", asked.pk)
    return Letter(reader.email, subject, template, {"name": reader.first_name, "link": link})


def _address(route, *args):
    return f"{settings.SITE_URL}{reverse(route, args=args)}"
