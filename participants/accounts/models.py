from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.crypto import salted_hmac
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from participants.accounts import names


class UserQuerySet(models.QuerySet):
    """Writes ``name_key`` with every name, also where ``save`` is passed by."""

    def bulk_create(self, objs, *args, **kwargs):
        people = list(objs)
        for person in people:
            person.fold_name()
        return super().bulk_create(people, *args, **kwargs)

    def bulk_update(self, objs, fields, *args, **kwargs):
        people = list(objs)
        for person in people:
            person.fold_name()
        return super().bulk_update(people, _with_key(fields), *args, **kwargs)

    def update(self, **changes):
        """As Django's; a ``name`` must be text, not an expression (else TypeError)."""
        # bulk_update comes by here too, with an expression for the key.
        if "name" in changes and "name_key" not in changes:
            if not isinstance(changes["name"], str):
                raise TypeError("Only text can be folded into a name_key.")
            changes["name_key"] = names.folded(changes["name"])
        return super().update(**changes)


def _with_key(fields):
    return [*fields, "name_key"] if "name" in fields else fields


class UserManager(BaseUserManager):
    """People are found by e-mail, whatever its capitals."""

    def get_queryset(self):
        return UserQuerySet(self.model, using=self._db)

    def get_by_natural_key(self, email):
        return self.get(email__iexact=email)

    def create_user(self, email, password=None, **facts):
        """A person who can log in; without ``password`` only by a code that we mail."""
        user = self.model(email=email.strip().lower(), **facts)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email, password=None, **facts):
        """An administrator of the whole organisation, as ``createsuperuser`` makes one."""
        user = self.create_user(email, password, is_superuser=True, **facts)
        Role.objects.create(user=user, kind=Role.Kind.ADMINISTRATOR)
        return user


class User(AbstractBaseUser, PermissionsMixin):
    """Somebody who may log in. What they may do hangs on ``Role`` and ``Enrolment``."""

    email = models.EmailField(_("e-mailadres"), max_length=254)
    name = models.CharField(_("naam"), max_length=names.LONGEST)
    # Follows from the name; lists sort by it and searches look in it.
    name_key = models.CharField(max_length=names.KEY_LONGEST, editable=False)
    phone = models.CharField(_("telefoon"), max_length=30, blank=True)
    is_active = models.BooleanField(_("mag inloggen"), default=True)
    is_demo = models.BooleanField(_("hoort bij de demo"), default=False, editable=False)
    joined_at = models.DateTimeField(_("toegevoegd op"), auto_now_add=True)
    # See participants.erasing: the day on which everything goes, and when that was done.
    erase_on = models.DateField(_("wordt gewist op"), null=True, blank=True, editable=False)
    erased_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name = _("persoon")
        verbose_name_plural = _("personen")
        ordering = ["name_key", "pk"]
        indexes = [models.Index(fields=["name_key"], name="people_by_name")]
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="one_account_per_email",
                violation_error_message=_("Dit e-mailadres is al in gebruik."),
            ),
            models.CheckConstraint(condition=~Q(name=""), name="person_has_a_name"),
            models.CheckConstraint(condition=~Q(name_key=""), name="person_can_be_found_by_name"),
            models.CheckConstraint(
                condition=Q(erased_at=None)
                | Q(erase_on=None, phone="", is_active=False, is_superuser=False),
                name="who_is_erased_is_nobody_any_more",
            ),
        ]

    def __str__(self):
        return self.name

    def save(self, *args, update_fields=None, **kwargs):
        self.fold_name()
        if update_fields is not None:
            update_fields = _with_key(update_fields)
        super().save(*args, update_fields=update_fields, **kwargs)

    def fold_name(self):
        """Let ``name_key`` follow ``name``; not written yet."""
        self.name_key = names.folded(self.name)

    def get_full_name(self):
        return self.name

    def get_short_name(self):
        return self.first_name

    def _get_session_auth_hash(self, secret=None):
        # Of the address too: a new one ends every session, as a new password does.
        proof = f"{self.password} {self.email.lower()}"
        salt = "participants.User.session"
        return salted_hmac(salt, proof, secret=secret, algorithm="sha256").hexdigest()

    @property
    def first_name(self):
        """The first word of the name, for a greeting."""
        return self.name.split()[0] if self.name.split() else ""

    @cached_property
    def roles_held(self):
        """(kind, key of the cohort or None) of each role; one query a request.

        For what a page shows; who may do something is asked of ``Role`` at that moment.
        """
        return list(self.roles.values_list("kind", "cohort"))

    @cached_property
    def role_kinds(self):
        """The kinds of role this person holds anywhere."""
        return frozenset(kind for kind, _cohort in self.roles_held)

    @property
    def needs_second_factor(self):
        """Whether this person sees things of others, and so comes in with two things."""
        return self.is_superuser or bool(self.role_kinds)

    @property
    def is_staff_member(self):
        """Whether the staff pages are for this person (what they show is decided by row)."""
        return bool(self.role_kinds & set(Role.STAFF))

    @property
    def is_coordinator(self):
        """Whether the coordinator's pages are for this person (rows decide what they show)."""
        return Role.Kind.COORDINATOR in self.role_kinds

    @property
    def answers_proposals(self):
        """Whether the proposals for trainings are for this person (domain: who may do what)."""
        return bool(self.role_kinds & {Role.Kind.TRAINER, Role.Kind.COORDINATOR})

    @property
    def is_staff(self):
        """Whether Django's admin opens: for administrators only (domain: who may do what)."""
        return self.is_active and Role.Kind.ADMINISTRATOR in self.role_kinds


class RoleQuerySet(models.QuerySet):
    def of(self, user, *kinds):
        """The roles of these kinds that ``user`` holds now."""
        return self.filter(user=user, user__is_active=True, kind__in=kinds)


class Role(models.Model):
    """What one person may do in one cohort; without a cohort: in the whole organisation."""

    class Kind(models.TextChoices):
        TRAINER = "trainer", _("trainer")
        ASSESSOR = "assessor", _("beoordelaar")
        COORDINATOR = "coordinator", _("coördinator")
        ADMINISTRATOR = "administrator", _("beheerder")

    STAFF = (Kind.TRAINER, Kind.ASSESSOR, Kind.COORDINATOR)

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="roles")
    kind = models.CharField(_("rol"), max_length=20, choices=Kind)
    cohort = models.ForeignKey(
        "participants.Cohort",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="roles",
        verbose_name=_("lichting"),
    )

    objects = RoleQuerySet.as_manager()

    class Meta:
        verbose_name = _("rol")
        verbose_name_plural = _("rollen")
        constraints = [
            models.UniqueConstraint(fields=["user", "kind", "cohort"], name="role_is_held_once"),
            # Apart, because SQLite takes every NULL for a different one.
            models.UniqueConstraint(
                fields=["user", "kind"],
                condition=Q(cohort=None),
                name="role_in_the_whole_organisation_is_held_once",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["coordinator", "administrator"]) | Q(cohort__isnull=False),
                name="trainer_and_assessor_belong_to_a_cohort",
                violation_error_message=_("Kies de lichting van deze trainer of beoordelaar."),
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()}: {self.user}"
