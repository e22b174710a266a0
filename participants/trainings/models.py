from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Prefetch, Q, Sum
from django.db.models.functions import Coalesce, Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from participants.accounts import names
from participants.accounts.models import Role
from participants.enrolments.models import Enrolment
from participants.tracks.models import Cohort, LearningTrack
from participants.tracks.programme import arranges_everything

ANSWERERS = (Role.Kind.TRAINER, Role.Kind.COORDINATOR)


class TrainingQuerySet(models.QuerySet):
    def on_offer(self):
        return self.filter(is_active=True)

    def for_cohort(self, cohort):
        """What a member of ``cohort`` may choose: of its track, or for every track."""
        return self.filter(Q(track=None) | Q(track=cohort.track_id))

    def visible_to(self, user):
        """The catalogue of the tracks whose cohorts you can see."""
        cohorts = Cohort.objects.visible_to(user)
        return self.filter(Q(track=None) | Q(track__in=cohorts.values("track")))

    def set_up_by(self, user):
        """Those of the tracks that are ``user``'s to arrange; for every track: of everything."""
        tracks = LearningTrack.objects.set_up_by(user)
        whole = Q(track=None) if arranges_everything(user) else Q(pk__in=[])
        return self.filter(Q(track__in=tracks) | whole)

    def with_choice_of(self, user):
        """Adds ``is_chosen``: ``user`` has it under way or has followed it."""
        chosen = TrainingChoice.objects.open().owned_by(user).filter(training=OuterRef("pk"))
        return self.annotate(is_chosen=Exists(chosen))

    def with_coming_dates(self):
        """Loads ``coming_dates``: when it is given from today on, the first one first."""
        dates = TrainingDate.objects.coming()
        return self.prefetch_related(Prefetch("dates", dates, to_attr="coming_dates"))

    def with_a_coming_date(self):
        coming = TrainingDate.objects.coming().filter(training=OuterRef("pk"))
        return self.filter(Exists(coming))

    def containing(self, text):
        """Those with every word of ``text``, without accents or capitals.

        In title, description, provider or place.
        """
        # A catalogue is short, so it is folded here: a column of its own could lag behind.
        words = names.folded(text).split()
        parts = ("title", "description", "provider", "where_and_when", "dates__place")
        rows = self.values_list("pk", *parts)
        told = {}
        for key, *parts in rows.order_by():
            told[key] = f"{told.get(key, '')} {' '.join(part or '' for part in parts)}"
        found = [key for key, said in told.items() if _has_all(words, said)]
        return self.filter(pk__in=found)


def _has_all(words, text):
    # Ours to cut up: ``folded`` is made for names and stops at their length.
    said = " ".join(names.folded(word) for word in text.split())
    return all(word in said for word in words)


class Training(models.Model):
    """A training in the catalogue that a participant may choose."""

    track = models.ForeignKey(
        LearningTrack,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="trainings",
        verbose_name=_("leerlijn"),
        help_text=_("Leeg: voor alle leerlijnen."),
    )
    title = models.CharField(_("titel"), max_length=120)
    description = models.TextField(_("beschrijving"), blank=True)
    minutes = models.PositiveIntegerField(_("duur in minuten, ongeveer"))
    provider = models.CharField(_("wie geeft de training"), max_length=120, blank=True)
    where_and_when = models.CharField(_("waar en wanneer"), max_length=240, blank=True)
    has_register = models.BooleanField(
        _("heeft een presentielijst"),
        default=False,
        help_text=_("Dan komen de uren uit de lijst en schrijft niemand ze zelf op."),
    )
    is_active = models.BooleanField(_("te kiezen"), default=True)

    objects = TrainingQuerySet.as_manager()

    class Meta:
        verbose_name = _("training")
        verbose_name_plural = _("trainingen")
        ordering = ["title"]
        constraints = [
            models.CheckConstraint(condition=Q(minutes__gte=1), name="training_takes_time"),
        ]

    def __str__(self):
        return self.title


class TrainingDateQuerySet(models.QuerySet):
    def coming(self):
        return self.filter(date__gte=timezone.localdate())


class TrainingDate(models.Model):
    """A day on which a training is given, as far as it is known."""

    training = models.ForeignKey(Training, on_delete=models.CASCADE, related_name="dates")
    date = models.DateField(_("datum"))
    starts_at = models.TimeField(_("begint om"), null=True, blank=True)
    place = models.CharField(_("plaats"), max_length=120, blank=True)
    note = models.CharField(
        _("wat je nog moet weten"),
        max_length=240,
        blank=True,
        help_text=_("Bijvoorbeeld: neem een laptop mee."),
    )

    objects = TrainingDateQuerySet.as_manager()

    class Meta:
        verbose_name = _("datum van een training")
        verbose_name_plural = _("datums van een training")
        ordering = ["date", "starts_at", "pk"]

    def __str__(self):
        return f"{self.date}"


class TrainingChoiceQuerySet(models.QuerySet):
    def open(self):
        """Choices that are under way: proposed, chosen or completed."""
        return self.filter(status__in=TrainingChoice.OPEN)

    def proposed(self):
        return self.filter(status=TrainingChoice.Status.PROPOSED)

    def visible_to(self, user):
        return self.filter(enrolment__in=Enrolment.objects.visible_to(user))

    def owned_by(self, user):
        return self.filter(enrolment__participant=user)

    def followable(self, on=None):
        """Chosen, and it can have been followed by ``on``: no date is known, or the first came."""
        dates = TrainingDate.objects.filter(training=OuterRef("training"))
        come = dates.filter(date__lte=on or timezone.localdate())
        return self.filter(Exists(come) | ~Exists(dates), status=TrainingChoice.Status.CHOSEN)

    def for_owner(self):
        """As its owner sees it: with ``written_minutes``, the hours written down for it so far.

        And with ``is_followable``. Newest first, with what the page names of each.
        """
        followable = TrainingChoice.objects.followable().filter(pk=OuterRef("pk"))
        written = Sum("hours__minutes", filter=~Q(hours__status="withdrawn"))
        related = self.select_related("training", "answered_by", "enrolment")
        told = related.annotate(written_minutes=Coalesce(written, 0))
        return told.annotate(is_followable=Exists(followable)).order_by("-pk")

    def answerable_by(self, user):
        """Choices of the people of your cohorts; nobody answers their own."""
        return self.filter(enrolment__in=Enrolment.objects.handled_by(user, *ANSWERERS))


class TrainingChoice(models.Model):
    """A training that a participant chose from the catalogue, or proposed."""

    class Status(models.TextChoices):
        PROPOSED = "proposed", _("voorgesteld")
        CHOSEN = "chosen", _("gekozen")
        DECLINED = "declined", _("niet akkoord")
        COMPLETED = "completed", _("gevolgd")
        DROPPED = "dropped", _("niet meer gekozen")

    OPEN = (Status.PROPOSED, Status.CHOSEN, Status.COMPLETED)
    DROPPABLE = (Status.PROPOSED, Status.CHOSEN)

    enrolment = models.ForeignKey(
        Enrolment, on_delete=models.PROTECT, related_name="training_choices"
    )
    training = models.ForeignKey(
        Training, on_delete=models.PROTECT, null=True, blank=True, related_name="choices"
    )
    own_title = models.CharField(_("eigen training"), max_length=120, blank=True)
    reason = models.TextField(_("waarom wil je dit"), blank=True)
    status = models.CharField(max_length=10, choices=Status)
    answer = models.TextField(_("antwoord"), blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = TrainingChoiceQuerySet.as_manager()

    class Meta:
        verbose_name = _("gekozen training")
        verbose_name_plural = _("gekozen trainingen")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(training=None) & ~Q(own_title="")
                | Q(training__isnull=False, own_title=""),
                name="a_choice_is_from_the_catalogue_or_ones_own",
                violation_error_message=_("Kies een training of schrijf een eigen titel op."),
            ),
            models.UniqueConstraint(
                fields=["enrolment", "training"],
                condition=Q(status__in=["proposed", "chosen", "completed"]),
                name="a_training_is_chosen_once",
                violation_error_message=_("Je hebt deze training al gekozen."),
            ),
            models.UniqueConstraint(
                "enrolment",
                Lower("own_title"),
                condition=~Q(own_title="") & Q(status__in=["proposed", "chosen", "completed"]),
                name="an_own_training_is_proposed_once",
                violation_error_message=_("Je hebt deze training al voorgesteld."),
            ),
            models.CheckConstraint(
                condition=Q(answered_at=None, answered_by=None)
                | Q(answered_at__isnull=False, answered_by__isnull=False),
                name="an_answer_has_someone_who_gave_it",
            ),
            models.CheckConstraint(
                condition=~Q(status="declined") | Q(answered_at__isnull=False) & ~Q(answer=""),
                name="a_declined_proposal_has_an_answer",
            ),
        ]

    def __str__(self):
        return self.title

    @property
    def title(self):
        """What people call it, from the catalogue or their own words."""
        return self.training.title if self.training_id else self.own_title

    @property
    def is_droppable(self):
        """Whether its owner can still let go of it."""
        return self.status in self.DROPPABLE

    @property
    def has_register(self):
        """Whether its hours come from a register, so that nobody types them."""
        return self.training is not None and self.training.has_register

    @property
    def hours_are_typed(self):
        """Whether it was followed and its owner can still write down the hours: no register does.

        Not for who finished or stopped: then no new hours can be.
        """
        return self.is_reopenable and not self.has_register

    @property
    def is_reopenable(self):
        """Whether its owner can take back that it was followed, as long as no hours hang on it."""
        return self.status == self.Status.COMPLETED and self._goes_on

    @property
    def is_restorable(self):
        """Whether its owner can take back that it was dropped."""
        return self.status == self.Status.DROPPED and self._goes_on

    @property
    def _goes_on(self):
        return self.enrolment.status == Enrolment.Status.ACTIVE
