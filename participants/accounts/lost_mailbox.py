"""Who cannot read their mail any more: another address, or a card of codes, by somebody who knows.

Knows, because they met or called back; that is written down with the reason. Whoever held the
account until now hears of it at the address that was known, and is logged out.
"""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from participants import mailing
from participants.accounts import codes, devices
from participants.accounts.actions import address_of, move, told
from participants.accounts.cards import CODES, LETTERS, CardCode, LoginCard, digest_of
from participants.accounts.models import Role, User
from participants.events.actions import decided


def helped_by(user):
    """The people whom ``user`` may help in: never themselves.

    Administrators: everybody. Coordinators: the participants of their cohorts, and of the whole
    organisation also who has a role, but no administrator: who moves the address of somebody
    may log in as them.
    """
    people = User.objects.filter(is_active=True).exclude(pk=user.pk)
    if Role.objects.of(user, Role.Kind.ADMINISTRATOR).exists():
        return people
    coordinating = Role.objects.of(user, Role.Kind.COORDINATOR)
    if coordinating.filter(cohort=None).exists():
        administrators = Role.objects.filter(kind=Role.Kind.ADMINISTRATOR).values("user")
        return people.exclude(pk__in=administrators).exclude(is_superuser=True)
    participants = people.filter(roles=None, is_superuser=False)
    return participants.filter(enrolments__cohort__in=coordinating.values("cohort")).distinct()


def helps(user):
    """Whether ``user`` has an office in which one helps others in."""
    office = (Role.Kind.COORDINATOR, Role.Kind.ADMINISTRATOR)
    return Role.objects.of(user, *office).exists()


@transaction.atomic
def set_address(user, email, *, by, reason):
    """From now on ``user`` logs in with ``email`` and with no other; every session ends.

    ``reason`` says how ``by`` knows who asked. Raises PermissionDenied (see ``helped_by``), and
    ValidationError (``no_reason``, ``same_email``, ``email_taken``, or for what is no address).
    """
    reason = _allowed(user, by, reason)
    email, old_email = address_of(email), user.email
    if email == old_email.lower():
        raise ValidationError(_("Dit is het adres al. Er verandert niets."), code="same_email")
    move(user, email)
    told(user, old_email)
    _end_cards(user)
    devices.forget(user)
    decided("address_set", user, by=by, reason=reason)


@transaction.atomic
def print_card(user, *, by, reason):
    """Ten codes as text, to be shown now and never again; the card before it ends.

    Every session ends too. Raises as ``set_address`` does.
    """
    reason = _allowed(user, by, reason)
    _end_cards(user)
    card = LoginCard.objects.create(user=user)
    printed = [codes.new(LETTERS) for _number in range(CODES)]
    CardCode.objects.bulk_create(CardCode(card=card, digest=digest_of(code)) for code in printed)
    devices.forget(user)
    decided("login_card_made", user, by=by, reason=reason)
    mailing.post("login_card_made", user.pk)
    return printed


@transaction.atomic
def end_card(user, *, by):
    """No code of ``user`` works any more; without a card nothing changes.

    Raises PermissionDenied unless it is their own, or of whom ``by`` may help.
    """
    if by.pk != user.pk and not helped_by(by).contains(user):
        raise PermissionDenied
    if _end_cards(user):
        decided("login_card_ended", user, by=by)


@transaction.atomic
def used(email, code):
    """The User behind a code of a card, which is used up by that; None when it opens nothing."""
    found = CardCode.objects.opening(email, code).select_related("card__user").first()
    # One conditional UPDATE of that row alone: of two who type the same code one gets in.
    unused = found and CardCode.objects.filter(pk=found.pk, used_at=None)
    if not unused or not unused.update(used_at=timezone.now()):
        return None
    user = found.card.user
    decided("login_card_used", user, by=user)
    return user


def sweep():
    """Forget the cards that open nothing any more; says how many."""
    count = LoginCard.objects.over().count()
    LoginCard.objects.over().delete()
    return f"{count} cards" if count else ""


def _allowed(user, by, reason):
    """The reason, of who may do this; the person is locked from here on."""
    if not helped_by(by).contains(user):
        raise PermissionDenied
    User.objects.select_for_update().get(pk=user.pk)
    if not reason.strip():
        raise ValidationError(_("Schrijf op hoe je weet wie je sprak."), code="no_reason")
    return reason.strip()


def _end_cards(user):
    standing = LoginCard.objects.owned_by(user).filter(ended_at=None)
    return standing.update(ended_at=timezone.now())
