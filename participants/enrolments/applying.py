"""Applying by oneself: sent from the public form, confirmed by mail; or with one's account.

Whoever sends the form hears the same, whether we know the address or not: it is looked up only
after the owner of the address confirmed.
"""

import datetime as dt
from typing import NamedTuple

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.utils import timezone
from django.utils.translation import gettext as _

from participants.accounts import actions as accounts
from participants.accounts import names, phones
from participants.enrolments import limits
from participants.enrolments.applications import PREFERENCES, Application, IntakeNote
from participants.enrolments.models import Enrolment
from participants.events.actions import decided
from participants.events.models import Event
from participants.mailing import post
from participants.tracks.models import Cohort

NO_PREFERENCES = {name: "" if name.endswith("_note") else None for name in PREFERENCES}


class Applied(NamedTuple):
    """The enrolment of somebody who applied, and whether it was made just now."""

    enrolment: Enrolment
    is_new: bool


@transaction.atomic
def send(cohort, *, name, email, phone="", **preferences):
    """Keep what a stranger sent and mail the link that confirms it; returns the Application.

    Returns None when this address had enough mails today: it then has a link already. Raises
    ValidationError: ``closed``, or for a name, address or phone that cannot be.
    """
    _refuse_closed(cohort)
    email = email.strip().lower()
    validate_email(email)
    facts = {"name": names.cleaned(name), "email": email, "phone": phones.cleaned(phone)}
    if limits.one_too_many_to(email):
        return None
    application = Application.objects.create(cohort=cohort, **facts, **preferences)
    post("application_confirm", application.pk)
    return application


@transaction.atomic
def confirm(token):
    """Make the application of the mailed link real; returns Applied.

    A known address is that person, whose name then stays as it is. Raises ValidationError:
    ``link_unknown`` (wrong, too old, or swept away) and ``already_confirmed``. A cohort that
    closed meanwhile is no objection: it was open when this was sent.
    """
    found = Application.objects.fresh().of_token(token).select_for_update(of=("self",))
    application = found.select_related("cohort").first()
    if application is None:
        raise ValidationError(
            _("Deze link werkt niet meer. Meld je opnieuw aan, dan krijg je een nieuwe."),
            code="link_unknown",
        )
    if application.confirmed_at:
        raise ValidationError(
            _("Je aanmelding is al bevestigd. Je hoeft niets meer te doen."),
            code="already_confirmed",
        )
    person = accounts.applicant(application.name, application.email, application.phone)
    applied = _applied(person, application.cohort, application.preferences())
    _keep_nothing_of(application)
    return applied


@transaction.atomic
def apply(cohort, *, by, **preferences):
    """Apply with one's own account: the login proves the address. Returns Applied.

    Twice is once: who is in this cohort already stays there as they are. Raises
    ValidationError: ``closed``.
    """
    _refuse_closed(cohort)
    return _applied(by, cohort, preferences)


def _refuse_closed(cohort):
    if not Cohort.objects.applications_open().filter(pk=cohort.pk).exists():
        raise ValidationError(_("Aanmelden voor %s kan nu niet meer.") % cohort.name, code="closed")


def waiting_link(token):
    """The application whose link this is and that still waits, or None; changes nothing."""
    waiting = Application.objects.unconfirmed().fresh().of_token(token)
    return waiting.select_related("cohort__track").first()


def _applied(person, cohort, preferences):
    if known := cohort.enrolments.filter(participant=person).first():
        return Applied(known, is_new=False)
    row = Enrolment(participant=person, cohort=cohort, starts_on=cohort.starts_on, **preferences)
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        # The same person pressed twice at once: one of the two is the application.
        return Applied(cohort.enrolments.get(participant=person), is_new=False)
    decided("applied", row, by=person)
    return Applied(row, is_new=True)


def _keep_nothing_of(application):
    """The row stays for a week, so that a second press is answered kindly; it says nothing."""
    nothing = {"name": "", "email": "", "phone": ""}
    Application.objects.filter(pk=application.pk).update(
        confirmed_at=timezone.now(), **nothing, **NO_PREFERENCES
    )


# Retention


def sweep():
    """Take away applications that nobody confirmed in time, and those declined weeks ago.

    Returns how many of each. Safe to repeat.
    """
    unconfirmed = Application.objects.stale().delete()[0]
    return unconfirmed, _forget_declined()


def _forget_declined():
    before = timezone.now() - dt.timedelta(days=settings.REJECTED_APPLICATION_DAYS)
    keys = Enrolment.objects.declined_before(before).order_by("pk").values_list("pk", flat=True)
    return sum(_forget(key, before) for key in list(keys))


@transaction.atomic
def _forget(key, before):
    """One declined application with what was decided about it, and the account it was all of."""
    declined = Enrolment.objects.declined_before(before).select_for_update().filter(pk=key)
    enrolment = declined.first()
    if enrolment is None:
        return 0
    person, cohort = enrolment.participant, enrolment.cohort
    try:
        with transaction.atomic():
            # The decisions go with what they decided; that something went stays known.
            Event.objects.about(enrolment).forget()
            enrolment.delete()
    except ProtectedError:
        # Something hangs on it that has a term of its own: only the words go.
        _wipe(declined)
        return 0
    decided("declined_application_removed", cohort, by=None)
    accounts.remove_if_empty(person)
    return 1


def _wipe(enrolments):
    IntakeNote.objects.filter(enrolment__in=enrolments).delete()
    enrolments.update(decision_reason="", **NO_PREFERENCES)
