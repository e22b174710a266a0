import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import Case, Count, Exists, F, Min, OuterRef, Q, Subquery, Sum, When
from django.db.models.functions import TruncWeek
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from participants.enrolments.models import Enrolment
from participants.placements.models import Placement, Supervisor
from participants.trainings.models import TrainingChoice

OF_A_LINE = (
    *("kind", "date", "minutes", "description", "status", "submitted_at", "replaced_at"),
    *("return_reason", "reviewed_by__name", "confirmed_by__name", "placement__place__team"),
    *("training_choice__own_title", "training_choice__training__title"),
)


class HourEntryQuerySet(models.QuerySet):
    def approved(self):
        return self.filter(status=HourEntry.Status.APPROVED)

    def awaiting_review(self):
        return self.filter(status=HourEntry.Status.SUBMITTED)

    def returned(self):
        return self.filter(status=HourEntry.Status.RETURNED)

    def handed_in(self):
        """What has been before a reviewer at some time; never a draft, withdrawn or not."""
        return self.filter(submitted_at__isnull=False)

    def standing(self):
        """Entries that take up time on their day: all but the withdrawn."""
        return self.exclude(status=HourEntry.Status.WITHDRAWN)

    def editable(self):
        """What the owner may still change: until approved (domain: hours)."""
        return self.filter(status__in=HourEntry.EDITABLE)

    def just_written_as(self, content):
        """Made in the last hour with the same kind, day, length and words as ``content``."""
        alike = {name: content[name] for name in ("kind", "date", "minutes", "description")}
        return self.standing().filter(
            created_at__gte=timezone.now() - dt.timedelta(hours=1), **alike
        )

    def not_sent_as(self, client_id):
        """Without the entry that this very send made before."""
        return self.exclude(client_id=client_id) if client_id else self

    def restorable(self):
        """Withdrawn by their owner; not those that a correction replaced."""
        return self.filter(status=HourEntry.Status.WITHDRAWN, replaced_at=None)

    def owned_by(self, user):
        return self.filter(enrolment__participant=user)

    def visible_to(self, user):
        """Your own; of others in your cohorts what they submitted, never a draft."""
        seen = Enrolment.objects.visible_to(user)
        # Not by a join: PostgreSQL then reads all enrolments for each entry of a page.
        own = Q(enrolment__in=Enrolment.objects.of_person(user))
        return self.filter(own | Q(enrolment__in=seen, submitted_at__isnull=False))

    def reviewable_by(self, user):
        """Hours of the people of your cohorts; nobody reviews their own."""
        return self.filter(enrolment__in=Enrolment.objects.staffed_by(user))

    def retractable_by(self, user):
        """Approved by ``user`` shortly ago, and nothing was built on it since."""
        after = timezone.now() - HourEntry.TAKE_BACK_WITHIN
        own = self.approved().reviewable_by(user).filter(reviewed_by=user, reviewed_at__gte=after)
        correction = HourEntry.objects.standing().filter(corrects=OuterRef("pk"))
        return own.filter(~Exists(correction), enrolment__status=Enrolment.Status.ACTIVE)

    def in_week(self, monday):
        """Of the seven days that begin with ``monday``."""
        return self.filter(date__range=(monday, monday + dt.timedelta(days=6)))

    def between(self, first, last):
        """Of the days from ``first`` up to and including ``last``."""
        return self.filter(date__range=(first, last))

    def confirmable_by(self, supervisor):
        """Work that ``supervisor`` guided; nobody confirms their own from behind an address."""
        theirs = self.filter(kind=HourEntry.Kind.WORK, placement__supervisor=supervisor)
        return theirs.exclude(enrolment__participant__email__iexact=supervisor.email)

    def with_people(self):
        """With all that a page or the API names of an entry, in the same query."""
        return self.select_related(
            "enrolment__participant",
            "enrolment__cohort",
            "placement__place",
            "training_choice__training",
            "reviewed_by",
            "confirmed_by",
            "written_by",
            "corrects",
        )

    def as_lines(self):
        """With what a line in a list of one's own hours shows, and no more of anybody."""
        return self.select_related(
            "placement__place", "training_choice__training", "reviewed_by", "confirmed_by"
        ).only(*OF_A_LINE)

    def with_review_facts(self):
        """Adds ``day_minutes`` and ``overlaps``, over all that this person put on that day."""
        correction = HourEntry.objects.awaiting_review().filter(corrects=OuterRef("pk"))
        same_day = (
            HourEntry.objects.standing()
            .filter(enrolment__participant=OuterRef("enrolment__participant"))
            .filter(~Exists(correction), date=OuterRef("date"))
            .order_by()
        )
        total = same_day.values("date").annotate(total=Sum("minutes")).values("total")
        at_once = same_day.exclude(pk=OuterRef("pk")).filter(
            starts_at__lt=OuterRef("ends_at"), ends_at__gt=OuterRef("starts_at")
        )
        return self.annotate(day_minutes=Subquery(total), overlaps=Exists(at_once))

    def returned_first(self):
        """What asks something of its owner on top, then the latest day first."""
        asked = Case(When(status=HourEntry.Status.RETURNED, then=0), default=1)
        return self.order_by(asked, "-date", "-pk")

    def by_week(self):
        """One row per enrolment and ISO week (its Monday), the longest waiting first."""
        weeks = self.order_by().annotate(monday=TruncWeek("date")).values("enrolment", "monday")
        return weeks.annotate(oldest=Min("submitted_at")).order_by("oldest", "enrolment", "monday")

    def tallies(self):
        """``{(kind, status): (minutes, how many entries)}`` of these entries, in one query."""
        rows = self.order_by().values_list("kind", "status")
        found = rows.annotate(minutes=Sum("minutes"), entries=Count("pk"))
        return {(kind, status): (minutes, number) for kind, status, minutes, number in found}


class HourEntry(models.Model):
    """Minutes of study or work on one day in Amsterdam; they count once approved."""

    class Kind(models.TextChoices):
        STUDY = "study", _("studie")
        WORK = "work", _("werk")

    class Status(models.TextChoices):
        DRAFT = "draft", _("concept")
        SUBMITTED = "submitted", _("ingediend")
        APPROVED = "approved", _("akkoord")
        RETURNED = "returned", _("teruggestuurd")
        WITHDRAWN = "withdrawn", _("ingetrokken")

    EDITABLE = (Status.DRAFT, Status.SUBMITTED, Status.RETURNED)
    MOST_A_DAY = 16 * 60
    LONG_DAY = 10 * 60
    TAKE_BACK_WITHIN = dt.timedelta(days=14)

    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="hours")
    kind = models.CharField(_("soort"), max_length=5, choices=Kind)
    date = models.DateField(_("datum"))
    minutes = models.PositiveSmallIntegerField(_("duur"))
    starts_at = models.TimeField(_("van"), null=True, blank=True)
    ends_at = models.TimeField(_("tot"), null=True, blank=True)
    description = models.CharField(_("wat heb je gedaan"), max_length=500, blank=True)
    private_note = models.TextField(_("notitie voor jezelf"), blank=True)
    placement = models.ForeignKey(
        Placement, models.PROTECT, null=True, blank=True, related_name="hours"
    )
    training_choice = models.ForeignKey(
        TrainingChoice, models.PROTECT, null=True, blank=True, related_name="hours"
    )
    status = models.CharField(max_length=10, choices=Status, default=Status.DRAFT)
    submitted_at = models.DateTimeField(null=True, blank=True)
    # Of staff who wrote it down for the participant, and how they know; mostly nobody.
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    written_note = models.CharField(max_length=240, blank=True)
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    # The verdict is of somebody with an account, or of the supervisor at the learning place.
    confirmed_by = models.ForeignKey(
        Supervisor, models.PROTECT, null=True, blank=True, related_name="+"
    )
    reviewed_at = models.DateTimeField(null=True, blank=True)
    review_note = models.CharField(_("notitie bij het akkoord"), max_length=280, blank=True)
    return_reason = models.TextField(_("wat moet er anders"), blank=True)
    # An approved entry is never edited: a new one corrects it and takes its place on approval.
    corrects = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="corrections"
    )
    replaced_at = models.DateTimeField(null=True, blank=True)
    client_id = models.UUIDField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    # When what a reviewer sees last changed; a verdict is about that version.
    changed_at = models.DateTimeField(auto_now=True)

    objects = HourEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("uren")
        verbose_name_plural = _("uren")
        ordering = ["-date", "-pk"]
        indexes = [
            # Covering: the sums of progress read the index alone (design.md, section 4).
            models.Index(
                fields=["enrolment", "status", "kind"], include=["minutes"], name="hour_sums"
            ),
            models.Index(fields=["enrolment", "date"], name="hours_of_a_day"),
            # The API lists the latest day first, of six million as of six.
            models.Index(fields=["date", "id"], name="hours_by_day"),
            models.Index(
                fields=["submitted_at"],
                condition=Q(status="submitted"),
                name="hours_awaiting_review",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(minutes__range=(1, 16 * 60)),
                name="an_entry_is_one_minute_to_sixteen_hours",
                violation_error_message=_("Vul 1 minuut tot 16 uur in."),
            ),
            models.CheckConstraint(
                condition=Q(status="draft", submitted_at=None)
                | Q(status="withdrawn")
                | Q(status__in=["submitted", "approved", "returned"], submitted_at__isnull=False),
                name="hours_know_when_they_were_submitted",
            ),
            models.CheckConstraint(
                condition=Q(
                    status__in=["draft", "submitted"],
                    reviewed_at=None,
                    reviewed_by=None,
                    confirmed_by=None,
                )
                | Q(status__in=["approved", "returned"], reviewed_at__isnull=False)
                & (
                    Q(reviewed_by__isnull=False, confirmed_by=None)
                    | Q(reviewed_by=None, confirmed_by__isnull=False)
                )
                | Q(status="withdrawn"),
                name="hours_have_a_verdict_and_its_moment_or_neither",
            ),
            models.CheckConstraint(
                condition=~Q(status="returned") | ~Q(return_reason=""),
                name="returned_hours_say_why",
            ),
            models.CheckConstraint(
                condition=Q(kind="work", training_choice=None) | Q(kind="study", placement=None),
                name="work_has_no_training_and_study_no_placement",
            ),
            models.CheckConstraint(
                condition=Q(starts_at=None, ends_at=None)
                | Q(starts_at__isnull=False, ends_at__isnull=False),
                name="times_come_in_pairs",
                violation_error_message=_("Vul de begintijd en de eindtijd allebei in."),
            ),
            models.CheckConstraint(
                condition=Q(starts_at=None) | Q(ends_at__gt=F("starts_at")),
                name="hours_end_after_they_start",
                violation_error_message=_("De eindtijd ligt voor de begintijd. Draai ze om."),
            ),
            models.UniqueConstraint(
                fields=["enrolment", "client_id"],
                condition=Q(client_id__isnull=False),
                name="a_repeated_send_is_one_entry",
            ),
            models.UniqueConstraint(
                fields=["corrects"],
                condition=Q(corrects__isnull=False) & ~Q(status="withdrawn"),
                name="hours_have_one_correction_at_a_time",
                violation_error_message=_("Er is al een verbetering van deze uren."),
            ),
            models.CheckConstraint(
                condition=Q(written_by=None, written_note="")
                | Q(written_by__isnull=False) & ~Q(written_note=""),
                name="who_writes_hours_for_another_says_how_they_know",
            ),
            models.CheckConstraint(
                condition=Q(replaced_at=None) | Q(status="withdrawn"),
                name="replaced_hours_no_longer_count",
            ),
        ]

    def __str__(self):
        return f"{self.date}: {self.minutes} min {self.get_kind_display()}"

    @property
    def judge(self):
        """Who gave the verdict, a User or a Supervisor; None as long as there is none."""
        return self.reviewed_by or self.confirmed_by

    @property
    def is_editable(self):
        """Whether its state still lets the owner change it."""
        return self.status in self.EDITABLE
