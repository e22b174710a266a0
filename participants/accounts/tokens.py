"""Tokens for programs: made, used, revoked."""

import secrets

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from participants.accounts.doors import ApiToken
from participants.accounts.links import digest_of
from participants.accounts.models import User
from participants.events.actions import decided

BYTES = 30
SHOWN_CHARACTERS = 6
MOST = 10


@transaction.atomic
def make(user, *, name, by):
    """A new token of ``user`` as ``(row, secret)``; nobody can read the secret again later.

    Raises PermissionDenied unless ``by`` is that person, and ValidationError (code ``no_name``
    or ``too_many_tokens``).
    """
    if user.pk != by.pk or not user.is_active:
        raise PermissionDenied
    name = " ".join(name.split())[: ApiToken._meta.get_field("name").max_length]
    if not name:
        raise ValidationError(_("Geef het token een naam, bijvoorbeeld “Agenda”."), code="no_name")
    User.objects.select_for_update().get(pk=user.pk)
    if ApiToken.objects.owned_by(user).working().count() >= MOST:
        raise ValidationError(
            _("Je hebt al %d tokens. Trek er eerst een in.") % MOST, code="too_many_tokens"
        )
    return _made(user, name, by)


@transaction.atomic
def make_for_operator(user, *, name):
    """As ``make``, for who runs the server, without an end to how many."""
    return _made(user, name, user)


@transaction.atomic
def revoke(token, *, by):
    """From now on ``token`` opens nothing; again changes nothing.

    Raises PermissionDenied unless it is of ``by``.
    """
    if token.user_id != by.pk:
        raise PermissionDenied
    standing = ApiToken.objects.filter(pk=token.pk, revoked_at=None)
    if standing.update(revoked_at=timezone.now()):
        decided("token_revoked", token, by=by)


def revoke_all(user, *, by):
    """End every token of ``user``. Part of an action of ``by``, which asks whether it may."""
    standing = list(ApiToken.objects.owned_by(user).filter(revoked_at=None))
    ApiToken.objects.filter(pk__in=[token.pk for token in standing]).update(
        revoked_at=timezone.now()
    )
    decided("token_revoked", standing, by=by)


def used(secret):
    """The working token behind ``secret``, with its user; None for what opens nothing."""
    token = ApiToken.objects.behind(secret).select_related("user").first()
    today = timezone.localdate()
    if token and token.last_used_on != today:
        # One write a day; it may not come after a later day.
        earlier = Q(last_used_on=None) | Q(last_used_on__lt=today)
        ApiToken.objects.filter(earlier, pk=token.pk).update(last_used_on=today)
    return token


def _made(user, name, by):
    secret = secrets.token_urlsafe(BYTES)
    token = ApiToken.objects.create(
        user=user, name=name, start=secret[:SHOWN_CHARACTERS], digest=digest_of(secret)
    )
    decided("token_made", token, by=by)
    return token, secret
