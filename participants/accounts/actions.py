"""What can happen to accounts and roles."""

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from participants import mailing
from participants.accounts import devices, names, phones
from participants.accounts.doors import EmailChange
from participants.accounts.models import Role, User
from participants.events.actions import decided, subject_of
from participants.events.models import Event


def register(*, name, email, phone="", by):
    """A new person who logs in with a mailed code; returns the User.

    ``by`` is a coordinator or an administrator, anywhere. Raises PermissionDenied, and
    ValidationError with code ``email_taken`` or for a name or address that cannot be.
    """
    return register_all([{"name": name, "email": email, "phone": phone}], by=by)[0]


@transaction.atomic
def register_all(people, *, by):
    """New accounts for ``people`` (dicts of name, email, phone), all or none; see ``register``."""
    if not Role.objects.of(by, Role.Kind.COORDINATOR, Role.Kind.ADMINISTRATOR).exists():
        raise PermissionDenied
    users = [_account(**person) for person in people]
    try:
        with transaction.atomic():
            User.objects.bulk_create(users)
    except IntegrityError as clash:
        raise ValidationError(_("Dit e-mailadres is al in gebruik."), code="email_taken") from clash
    decided("registered", users, by=by)
    return users


def applicant(name, email, phone=""):
    """The person with this address, or a new one. Only for who proved to read its mail.

    The name of an account stays as it is; a phone number is noted where there was none.
    """
    email = address_of(email)
    if known := User.objects.filter(email__iexact=email).first():
        return _reached(known, phone)
    try:
        with transaction.atomic():
            user = _account(name=name, email=email, phone=phone)
            user.save()
    except IntegrityError:
        # Confirmed twice at once: the other one made the account.
        return User.objects.get(email__iexact=email)
    decided("registered", user, by=user)
    return user


def _reached(user, phone):
    if phone and not user.phone:
        user.phone = phones.cleaned(phone)
        user.save(update_fields=["phone"])
        decided("phone_changed", user, by=user)
    return user


def remove_if_empty(user):
    """Take away an account that holds nothing: no role, no enrolment, no act about others.

    Returns whether it went (domain: retention).
    """
    if user.roles.exists() or user.enrolments.exists() or user.is_superuser:
        return False
    try:
        with transaction.atomic():
            Event.objects.filter(subject=subject_of(user), enrolment=None).forget()
            EmailAddress.objects.filter(user=user).delete()
            user.delete()
    except ProtectedError:
        # Something that others rely on names this person.
        return False
    return True


def _account(*, name, email, phone=""):
    return User(
        name=names.cleaned(name),
        email=address_of(email),
        phone=phones.cleaned(phone),
        password=make_password(None),
    )


def address_of(email):
    """``email`` as we keep it; raises ValidationError when it is no address."""
    email = email.strip().lower()
    validate_email(email)
    return email


@transaction.atomic
def change_email(user, email, *, by):
    """From now on ``user`` logs in with ``email``, and with no other; every session ends.

    The address that was known hears of it. Raises PermissionDenied unless ``by`` is another
    person and an administrator, and ValidationError (code ``email_taken``, or for an address
    that cannot be).
    """
    if by.pk == user.pk or not Role.objects.of(by, Role.Kind.ADMINISTRATOR).exists():
        raise PermissionDenied
    old_email = user.email
    move(user, address_of(email))
    told(user, old_email)
    devices.forget(user)
    decided("email_changed", user, by=by)


def told(user, old_email):
    """Have ``old_email`` hear that staff moved it; what was asked meanwhile is over by that."""
    change = EmailChange.objects.create(
        user=user, email=user.email, old_email=old_email, confirmed_at=timezone.now()
    )
    mailing.post("address_set", change.pk)


def move(user, email):
    """Write the address ``email``. Part of an action; raises ValidationError (``email_taken``)."""
    before, user.email = user.email, email
    try:
        with transaction.atomic():
            user.save(update_fields=["email"])
    except IntegrityError as clash:
        user.email = before
        raise ValidationError(_("Dit e-mailadres is al in gebruik."), code="email_taken") from clash
    # What the login package noted would open the door to the old address. It notes the new one
    # when it needs it, and nobody else's note may stand there.
    EmailAddress.objects.filter(Q(user=user) | Q(email__iexact=user.email)).delete()


@transaction.atomic
def change_phone(user, phone, *, by):
    """Note another telephone number, or none. Everybody does so for themselves.

    Raises PermissionDenied, and ValidationError (code ``no_phone``).
    """
    if by.pk != user.pk:
        raise PermissionDenied
    user.phone = phones.cleaned(phone)
    user.save(update_fields=["phone"])
    decided("phone_changed", user, by=by)


@transaction.atomic
def give_role(user, kind, *, cohort=None, by):
    """Let ``user`` act as ``kind`` in ``cohort``, or everywhere; the same again changes nothing.

    Raises PermissionDenied (see ``_may_set_roles``), and ValidationError (code
    ``needs_cohort``) for a trainer or assessor without a cohort.
    """
    _may_set_roles(by, kind, cohort)
    if kind not in (Role.Kind.COORDINATOR, Role.Kind.ADMINISTRATOR) and cohort is None:
        raise ValidationError(
            _("Kies de lichting van deze trainer of beoordelaar."), code="needs_cohort"
        )
    role, is_new = Role.objects.get_or_create(user=user, kind=kind, cohort=cohort)
    if is_new:
        decided(f"{kind}_role_given", role, by=by)
    return role


@transaction.atomic
def add_to_team(cohort, kind, *, name, email, by):
    """Make somebody trainer or assessor of ``cohort``, with a new account where there is none.

    A known e-mail address is that person. Raises as ``register`` and ``give_role`` do.
    """
    person = User.objects.filter(email__iexact=email.strip()).first()
    person = person or register(name=name, email=email, by=by)
    return give_role(person, kind, cohort=cohort, by=by)


@transaction.atomic
def take_role(role, *, by):
    """End ``role``. Administrators cannot end their own administration (nobody would be left).

    Raises PermissionDenied, and ValidationError (code ``own_role``).
    """
    _may_set_roles(by, role.kind, role.cohort)
    if role.user_id == by.pk and role.kind == Role.Kind.ADMINISTRATOR:
        raise ValidationError(
            _("Je kunt je eigen beheer niet weghalen. Vraag het een andere beheerder."),
            code="own_role",
        )
    decided(f"{role.kind}_role_taken", role, by=by)
    role.delete()


def _may_set_roles(user, kind, cohort):
    """Administrators set every role; a coordinator the trainers and assessors of a cohort."""
    if Role.objects.of(user, Role.Kind.ADMINISTRATOR).exists():
        return
    coordinating = Role.objects.of(user, Role.Kind.COORDINATOR)
    here = coordinating.filter(Q(cohort=cohort) | Q(cohort=None))
    if kind not in (Role.Kind.TRAINER, Role.Kind.ASSESSOR) or not here.exists():
        raise PermissionDenied
