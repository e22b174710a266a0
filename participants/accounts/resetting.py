"""Taking away the second factors of somebody who cannot get in any more: never one's own."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from participants import mailing
from participants.accounts import devices, factors, tokens
from participants.accounts.models import Role, User
from participants.events.actions import decided


def resettable_by(user):
    """The people whose second factors ``user`` may take away.

    Administrators: everybody's. Coordinators: of whoever reaches no further than they do; so
    not of an administrator, and of somebody with a role in the whole organisation only when
    they have one themselves. Nobody their own.
    """
    people = User.objects.exclude(pk=user.pk).filter(is_active=True)
    if Role.objects.of(user, Role.Kind.ADMINISTRATOR).exists():
        return people
    coordinating = Role.objects.of(user, Role.Kind.COORDINATOR)
    administrators = Role.objects.filter(kind=Role.Kind.ADMINISTRATOR).values("user")
    people = people.exclude(pk__in=administrators).exclude(is_superuser=True)
    if coordinating.filter(cohort=None).exists():
        return people
    return _within(people, list(coordinating.values_list("cohort", flat=True)))


def helps_others(user):
    """Whether taking away second factors is among the work of ``user`` at all."""
    return Role.objects.of(user, Role.Kind.ADMINISTRATOR, Role.Kind.COORDINATOR).exists()


def _within(people, cohorts):
    """Those of ``people`` in these cohorts who coordinate no other one."""
    coordinators = Role.objects.filter(kind=Role.Kind.COORDINATOR)
    further = coordinators.filter(Q(cohort=None) | ~Q(cohort__in=cohorts)).values("user")
    working = Role.objects.filter(cohort__in=cohorts).values("user")
    inside = Q(pk__in=working) | Q(enrolments__cohort__in=cohorts)
    return people.filter(inside).exclude(pk__in=further).distinct()


@transaction.atomic
def reset(user, *, by, reason):
    """Take away every second factor of ``user``: they choose anew at their next login.

    Their sessions and tokens end too, as what was lost may be in other hands; they get a mail.
    Raises PermissionDenied, and ValidationError (code ``no_reason``, or ``no_second_factor``
    when there is nothing to take away).
    """
    if not resettable_by(by).filter(pk=user.pk).exists():
        raise PermissionDenied
    _reset(user, by, reason)


@transaction.atomic
def reset_by_operator(user, *, by, reason):
    """As ``reset``, for who runs the server.

    ``by`` may be ``user`` only where nobody else may do it, or the only administrator would
    be shut out for ever. Raises as ``reset`` does.
    """
    alone = by.pk == user.pk and not _somebody_else_may(user)
    if not alone and not resettable_by(by).filter(pk=user.pk).exists():
        raise PermissionDenied
    _reset(user, by, reason)


def _somebody_else_may(user):
    office = [Role.Kind.ADMINISTRATOR, Role.Kind.COORDINATOR]
    others = User.objects.filter(is_active=True, roles__kind__in=office).exclude(pk=user.pk)
    return any(resettable_by(each).filter(pk=user.pk).exists() for each in others.distinct())


def _reset(user, by, reason):
    reason = reason.strip()
    if not reason:
        raise ValidationError(_("Schrijf op waarom."), code="no_reason")
    User.objects.select_for_update().get(pk=user.pk)
    count, _by_model = factors.of(user).delete()
    if not count:
        raise ValidationError(
            _("Deze persoon heeft nog geen extra stap. Er valt niets terug te zetten."),
            code="no_second_factor",
        )
    decided("second_factor_reset", user, by=by, reason=reason)
    devices.forget(user)
    tokens.revoke_all(user, by=by)
    mailing.post("second_factor_reset", user.pk)
