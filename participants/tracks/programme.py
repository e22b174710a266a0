"""A programme: what it asks, what it says on paper, and what its final interview is about."""

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


class LearningTrackQuerySet(models.QuerySet):
    def set_up_by(self, user):
        """The tracks that are ``user``'s to arrange: of a cohort in one's care, or all of them."""
        held = Role.objects.of(user, *SETTERS)
        here = held.filter(Q(cohort=None) | Q(cohort__track=OuterRef("pk")))
        return self.filter(Exists(here))


class LearningTrack(Norms):
    """A programme that cohorts follow, and what its certificate says."""

    name = models.CharField(_("naam"), max_length=120, unique=True)
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

    objects = LearningTrackQuerySet.as_manager()

    class Meta:
        verbose_name = _("leerlijn")
        verbose_name_plural = _("leerlijnen")
        ordering = ["name"]

    def __str__(self):
        return self.name


class InterviewCriterion(models.Model):
    """One thing to show in the final interview of a track."""

    track = models.ForeignKey(
        LearningTrack, on_delete=models.PROTECT, related_name="interview_criteria"
    )
    position = models.PositiveSmallIntegerField(_("volgorde"))
    title = models.CharField(_("criterium"), max_length=120)
    explanation = models.TextField(_("uitleg"), blank=True)
    example_question = models.TextField(
        _("voorbeeldvraag"), blank=True, help_text=_("Zoals een beoordelaar het kan vragen.")
    )
    hint = models.TextField(
        _("tip bij de voorbereiding"),
        blank=True,
        help_text=_("Waar de deelnemer bij een voorbeeld aan denkt: situatie, taak, actie, …"),
    )
    required = models.BooleanField(_("moet voldoende zijn"), default=True)
    is_active = models.BooleanField(_("in gebruik"), default=True)

    class Meta:
        verbose_name = _("criterium van het eindgesprek")
        verbose_name_plural = _("criteria van het eindgesprek")
        ordering = ["track", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["track", "position"],
                condition=Q(is_active=True),
                name="criteria_stand_in_one_order",
            )
        ]

    def __str__(self):
        return self.title
