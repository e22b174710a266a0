"""A programme: what it asks, and what it says on paper."""

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from participants.accounts.models import Role

# Who arranges tracks, cohorts and what goes with them (domain: who may do what).
SETTERS = (Role.Kind.COORDINATOR, Role.Kind.ADMINISTRATOR)


class Norms(models.Model):
    """What a certificate asks (domain: the criteria). Time in minutes."""

    study_minutes = models.PositiveIntegerField(
        _("studie-uren, in minuten"), default=3600, validators=[MinValueValidator(1)]
    )
    work_minutes = models.PositiveIntegerField(
        _("werkuren, in minuten"), default=3600, validators=[MinValueValidator(1)]
    )
    study_required = models.BooleanField(_("studie-uren tellen mee als voorwaarde"), default=True)
    may_miss_one_in = models.PositiveSmallIntegerField(
        _("één op de … bijeenkomsten mag gemist worden"),
        default=5,
        help_text=_("0 betekent: er mag niets gemist worden. Naar boven afgerond."),
    )
    late_entry_days = models.PositiveSmallIntegerField(
        _("dagen na het einde waarop uren nog mogen"), default=30
    )
    assessors_required = models.PositiveSmallIntegerField(
        _("aantal beoordelaars"), default=2, validators=[MinValueValidator(1)]
    )
    resits_allowed = models.PositiveSmallIntegerField(_("aantal herkansingen"), default=1)
    objection_days = models.PositiveSmallIntegerField(
        _("dagen om bezwaar te maken na de uitslag"), default=42
    )
    talk_behind_minutes = models.PositiveIntegerField(
        _("even praten vanaf zoveel minuten minder dan de planning"),
        default=600,
        help_text=_("0 betekent: nooit vanzelf."),
    )
    talk_first_days = models.PositiveSmallIntegerField(
        _("dagen waarin alleen de deelnemer dat ziet"), default=7
    )
    quiet_days = models.PositiveSmallIntegerField(
        _("dagen zonder uren voor we iets laten horen"),
        default=14,
        help_text=_("0 betekent: daarover sturen we niets."),
    )

    class Meta:
        abstract = True

    def norms(self):
        """The norms by field name, to pin on a cohort."""
        return {field.name: getattr(self, field.name) for field in Norms._meta.local_fields}

    def pin(self, norms):
        """Take over ``norms`` (by field name); the caller saves."""
        for name, value in norms.items():
            setattr(self, name, value)


def arranges_everything(user):
    """Whether ``user`` arranges the whole organisation, and so its tracks."""
    return Role.objects.of(user, *SETTERS).filter(cohort=None).exists()


class LearningTrackQuerySet(models.QuerySet):
    def in_use(self):
        """Those that a new cohort may follow."""
        return self.filter(is_active=True)

    def set_up_by(self, user):
        """The tracks that are ``user``'s to arrange: of a cohort in one's care, or all of them."""
        held = Role.objects.of(user, *SETTERS)
        here = held.filter(Q(cohort=None) | Q(cohort__track=OuterRef("pk")))
        return self.filter(Exists(here))

    def visible_to(self, user):
        """As ``set_up_by``: for others a track is a name on their cohort."""
        return self.set_up_by(user)


class LearningTrack(Norms):
    """A programme that cohorts follow, and what its certificate says."""

    name = models.CharField(
        _("naam"),
        max_length=120,
        unique=True,
        error_messages={"unique": _("Er is al een leerlijn met deze naam. Kies een andere.")},
    )
    description = models.TextField(_("beschrijving"), blank=True)
    provider = models.CharField(_("aanbieder"), max_length=120)
    partners = models.CharField(_("partners"), max_length=240, blank=True)
    place = models.CharField(_("plaats"), max_length=80, default="Amsterdam")
    first_signatory = models.CharField(_("eerste ondertekenaar"), max_length=120)
    first_signatory_role = models.CharField(_("functie eerste ondertekenaar"), max_length=120)
    second_signatory = models.CharField(_("tweede ondertekenaar"), max_length=120)
    second_signatory_role = models.CharField(_("functie tweede ondertekenaar"), max_length=120)
    revoking_takes_two = models.BooleanField(
        _("intrekken vraagt een tweede persoon"),
        default=False,
        help_text=_("Een andere coördinator kijkt mee voordat een certificaat niet meer geldt."),
    )

    is_active = models.BooleanField(
        _("in gebruik"), default=True, help_text=_("Nieuwe lichtingen kunnen deze leerlijn volgen.")
    )

    objects = LearningTrackQuerySet.as_manager()

    class Meta:
        verbose_name = _("leerlijn")
        verbose_name_plural = _("leerlijnen")
        ordering = ["name"]

    def __str__(self):
        return self.name
