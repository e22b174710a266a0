"""The mails about taking part. Nothing personal in them: who wants to know more logs in."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from participants.accounts.models import User
from participants.enrolments.applications import Application
from participants.enrolments.models import Enrolment
from participants.files.models import StoredFile
from participants.mailing import Letter, letter


@letter("application_confirm")
def application_confirm(application_pk):
    """The link that makes an application real; None once it was pressed or swept away."""
    waiting = Application.objects.unconfirmed().fresh().select_related("cohort__track")
    application = waiting.filter(pk=application_pk).first()
    if application is None:
        return None
    return Letter(
        to=application.email,
        subject=_("Bevestig je aanmelding"),
        template="mail/application_confirm.txt",
        context={
            "cohort": application.cohort,
            "link": _address("enrolments:confirm-application", application.token),
            "days": settings.UNCONFIRMED_APPLICATION_DAYS,
        },
    )


@letter("welcome")
def welcome(enrolment_pk):
    """Somebody takes part: how to log in without a password."""
    enrolment = _found(enrolment_pk, Enrolment.Status.ACTIVE)
    return enrolment and _about(enrolment, _("Je doet mee"), "mail/welcome.txt")


@letter("application_declined")
def application_declined(enrolment_pk):
    """There is a decision; it is read after logging in, or heard on the telephone."""
    enrolment = _found(enrolment_pk, Enrolment.Status.DECLINED)
    if enrolment is None:
        return None
    subject = _("Er is een besluit over je aanmelding")
    return _about(enrolment, subject, "mail/application_declined.txt")


@letter("moved")
def moved(enrolment_pk):
    """Another cohort, with all that was done already."""
    enrolment = _found(enrolment_pk, Enrolment.Status.ACTIVE)
    subject = _("Je doet mee met een andere groep")
    return enrolment and _about(enrolment, subject, "mail/moved.txt")


@letter("virus_removed")
def virus_removed(stored_pk):
    """To whose file it was; None when it is gone, or the owner may not log in any more."""
    rows = StoredFile.objects.filter(pk=stored_pk, owner__is_active=True).select_related("owner")
    stored = rows.first()
    return stored and Letter(
        to=stored.owner.email,
        subject=_("Een bestand is weggehaald"),
        template="mail/virus_removed.txt",
        context={"name": stored.owner.first_name, "login": settings.SITE_URL},
    )


@letter("virus_reported")
def virus_reported(reader_pk, enrolment_pk):
    """To who is near; ``enrolment_pk`` is None for a file of somebody who takes part in nothing."""
    reader = User.objects.filter(pk=reader_pk, is_active=True).first()
    link = _address("overview:person", enrolment_pk) if enrolment_pk else settings.SITE_URL
    return reader and Letter(
        to=reader.email,
        subject=_("Er is een bestand met een virus weggehaald"),
        template="mail/virus_reported.txt",
        context={"name": reader.first_name, "link": link},
    )


def _found(pk, status):
    """The enrolment, unless it is gone or something else happened since; then None."""
    rows = Enrolment.objects.filter(pk=pk, status=status, participant__is_active=True)
    return rows.select_related("participant", "cohort__track").first()


def _about(enrolment, subject, template):
    return Letter(
        to=enrolment.participant.email,
        subject=subject,
        template=template,
        context={
            "name": enrolment.participant.first_name,
            "cohort": enrolment.cohort,
            "login": _address("account_request_login_code"),
            "application": _address("enrolments:application", enrolment.pk),
        },
    )


def _address(route, *args):
    return f"{settings.SITE_URL}{reverse(route, args=args)}"
