"""Asking to be erased, thinking again, and carrying it out."""

import datetime as dt

import structlog
from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _

from participants.accounts.models import Role, User
from participants.enrolments.locking import given
from participants.enrolments.models import Enrolment
from participants.erasing import carrying, disk, ledger
from participants.events.actions import decided
from participants.mailing import post
from participants.tracks.models import Cohort

log = structlog.get_logger("leerlijn.erasing")
Kind = Role.Kind


def erasable_by(user):
    """The people whom ``user`` may have erased on request; never oneself.

    An administrator: who has to do with the own cohorts, organisation-wide everybody. A
    coordinator: who takes part in the own cohorts and has no role anywhere.
    """
    people = User.objects.filter(erased_at=None).exclude(pk=user.pk)
    if Role.objects.of(user, Kind.ADMINISTRATOR).filter(cohort=None).exists():
        return people
    administered = Cohort.objects.with_role(user, Kind.ADMINISTRATOR)
    coordinated = Cohort.objects.with_role(user, Kind.COORDINATOR)
    roles = Role.objects.filter(user=OuterRef("pk"))
    return people.filter(
        Exists(roles.filter(cohort__in=administered))
        | Exists(_enrolled(administered)) & ~Exists(roles.filter(cohort=None))
        | Exists(_enrolled(coordinated)) & ~Exists(roles)
    )


def _enrolled(cohorts):
    return Enrolment.objects.filter(participant=OuterRef("pk"), cohort__in=cohorts)


def awaiting(user):
    """Those of whom ``user`` may decide and who go within days, the first to go on top."""
    waiting = erasable_by(user).filter(erase_on__isnull=False)
    return waiting.order_by("erase_on", "name_key", "pk")


@transaction.atomic
def ask(person, *, by, reason=""):
    """Have everything of ``person`` erased in two weeks; returns the day. They are told by mail.

    Raises PermissionDenied unless it is oneself or ``erasable_by``, and ValidationError:
    ``reason_needed`` (for another), ``already_asked``, ``last_administrator``.
    """
    locked = _locked(person, by)
    if locked.pk != by.pk:
        reason = given(reason)
    if locked.erase_on:
        raise ValidationError(_("Dit is al gevraagd."), code="already_asked")
    _refuse_last_administrator(locked)
    day = timezone.localdate() + dt.timedelta(days=settings.ERASE_AFTER_DAYS)
    User.objects.filter(pk=locked.pk).update(erase_on=day)
    decided("erasure_asked", locked, by=by, reason=reason)
    post("erasure_asked", locked.pk)
    return day


@transaction.atomic
def undo(person, *, by):
    """Leave everything as it is. Raises as ``ask`` does, and ValidationError (``not_asked``)."""
    locked = _locked(person, by)
    if not locked.erase_on:
        raise ValidationError(_("Er staat niets om terug te draaien."), code="not_asked")
    User.objects.filter(pk=locked.pk).update(erase_on=None)
    decided("erasure_undone", locked, by=by)
    post("erasure_undone", locked.pk)


def erase_now(person, *, by):
    """Without two weeks to think again: the door of the operator. Returns carrying.Gone.

    Raises PermissionDenied unless ``by`` is an administrator of everybody, and ValidationError
    (``last_administrator``). The files of the database are written anew at once.
    """
    if not Role.objects.of(by, Kind.ADMINISTRATOR).filter(cohort=None).exists():
        raise PermissionDenied
    _refuse_last_administrator(person)
    gone = carrying.erase(person, by=None if by.pk == person.pk else by)
    disk.clean()
    return gone


def carry_out_due():
    """Erase everybody whose two weeks are over; how many. Safe to repeat.

    Who is the only administrator by now stays, until there is another.
    """
    today = timezone.localdate()
    count = 0
    for person in User.objects.filter(erase_on__lte=today).order_by("pk"):
        try:
            _refuse_last_administrator(person)
        except ValidationError:
            log.warning("erasing_waits_for_another_administrator", user=person.pk)
        else:
            count += carrying.erase(person, due=today) is not None
    disk.clean()
    return count


def carry_out_again():
    """After an older backup was put back: erase who had been erased since; how many.

    The ledger in the file is the one that counts: the one in the database is of the backup.
    """
    known = {line.person: line for line in ledger.lines()}
    back = User.objects.filter(pk__in=known, erased_at=None).order_by("pk")
    people = [person for person in back if known[person.pk].is_of(person)]
    count = sum(carrying.erase(person) is not None for person in people)
    disk.clean()
    return count


def _locked(person, by):
    locked = User.objects.select_for_update().filter(pk=person.pk, erased_at=None).first()
    if locked is None:
        raise PermissionDenied
    if locked.pk != by.pk and not erasable_by(by).filter(pk=locked.pk).exists():
        raise PermissionDenied
    return locked


def _refuse_last_administrator(person):
    """Someone has to be left who gives roles (domain: no rule may end in a deadlock)."""
    everywhere = Role.objects.filter(kind=Kind.ADMINISTRATOR, cohort=None, user__is_active=True)
    if everywhere.filter(user=person).exists() and not everywhere.exclude(user=person).exists():
        raise ValidationError(
            _("Dit is de enige beheerder. Maak eerst iemand anders beheerder."),
            code="last_administrator",
        )
