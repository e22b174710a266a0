"""What comes after a final talk: the reply of the participant, an objection, an amendment."""

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q, Value
from django.db.models.functions import Cast, Concat
from django.utils.translation import gettext_lazy as _

from participants.enrolments.models import Enrolment
from participants.events.models import Event
from participants.interviews import models as talks
from participants.interviews.items import InterviewItem


class ReplyQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Who sees the talk, sees what the participant says about it."""
        return self.filter(interview__in=talks.FinalInterview.objects.visible_to(user))

    def unread_by(self, user):
        """Replies to talks where ``user`` sits, written after ``user`` last opened the talk."""
        subject = Concat(Value("finalinterview:"), Cast(OuterRef("interview"), models.CharField()))
        reads = Event.objects.reads().filter(
            actor=user, subject=subject, happened_at__gte=OuterRef("written_at")
        )
        seated = talks.FinalInterview.objects.assessed_by(user)
        return self.filter(~Exists(reads), interview__in=seated)


class InterviewReply(models.Model):
    """What the participant says about the report; as often as they like."""

    interview = models.ForeignKey(talks.FinalInterview, models.PROTECT, related_name="replies")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    text = models.TextField(_("reactie"))
    written_at = models.DateTimeField(auto_now_add=True)

    objects = ReplyQuerySet.as_manager()

    class Meta:
        verbose_name = _("reactie op een eindgesprek")
        verbose_name_plural = _("reacties op eindgesprekken")
        ordering = ["written_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="a_reply_says_something"),
        ]

    def __str__(self):
        return f"{self.interview}: {self.written_at:%d-%m-%Y}"


class ObjectionQuerySet(models.QuerySet):
    def awaiting_decision(self):
        return self.filter(outcome="")

    def visible_to(self, user):
        return self.filter(interview__in=talks.FinalInterview.objects.visible_to(user))

    def decidable_by(self, user):
        """Objections in the cohorts that ``user`` coordinates; never about the own talk.

        Who sat as assessor does not decide, but may record what somebody from outside decided
        (``objecting.decide``): where a small foundation has nobody else, it does not stop there.
        """
        return self.filter(interview__enrolment__in=Enrolment.objects.coordinated_by(user))


class Objection(models.Model):
    """The participant does not agree with some joint ratings; somebody else decides."""

    class Outcome(models.TextChoices):
        UPHELD = "upheld", _("je krijgt gelijk")
        REJECTED = "rejected", _("het oordeel blijft staan")

    interview = models.ForeignKey(talks.FinalInterview, models.PROTECT, related_name="objections")
    items = models.ManyToManyField(
        InterviewItem, related_name="objections", verbose_name=_("criteria")
    )
    text = models.TextField(_("waarom je het er niet mee eens bent"))
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    outcome = models.CharField(_("besluit"), max_length=8, choices=Outcome, blank=True)
    motivation = models.TextField(_("motivering"), blank=True)
    outsider = models.CharField(
        _("wie van buiten besloot"), max_length=120, blank=True, help_text=_("Naam en organisatie.")
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)

    objects = ObjectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("bezwaar")
        verbose_name_plural = _("bezwaren")
        ordering = ["made_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["interview"],
                condition=Q(outcome=""),
                name="one_objection_at_a_time",
                violation_error_message=_("Je bezwaar is al binnen. Er wordt naar gekeken."),
            ),
            models.CheckConstraint(condition=~Q(text=""), name="an_objection_says_why"),
            models.CheckConstraint(
                condition=Q(
                    outcome="", motivation="", outsider="", decided_by=None, decided_at=None
                )
                | Q(
                    outcome__in=["upheld", "rejected"],
                    decided_by__isnull=False,
                    decided_at__isnull=False,
                )
                & ~Q(motivation=""),
                name="an_objection_is_decided_by_someone_with_a_motivation_or_open",
            ),
        ]

    def __str__(self):
        return f"{_('Bezwaar')} {self.pk}"

    @property
    def enrolment_id(self):
        """Whose talk it is about."""
        return self.interview.enrolment_id


class Amendment(models.Model):
    """One joint rating that was changed after it was final; a decision of its own."""

    item = models.ForeignKey(InterviewItem, models.PROTECT, related_name="amendments")
    old_value = models.CharField(max_length=10, choices=talks.Value)
    new_value = models.CharField(max_length=10, choices=talks.Value)
    reason = models.TextField(_("waarom"))
    objection = models.ForeignKey(
        Objection, models.PROTECT, null=True, blank=True, related_name="amendments"
    )
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("wijziging van een oordeel")
        verbose_name_plural = _("wijzigingen van oordelen")
        ordering = ["decided_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="an_amendment_has_a_reason"),
            models.CheckConstraint(
                condition=~Q(old_value=models.F("new_value")), name="an_amendment_changes_something"
            ),
            models.CheckConstraint(
                condition=Q(old_value__in=talks.Value.values, new_value__in=talks.Value.values),
                name="an_amendment_is_between_two_of_three",
            ),
        ]

    def __str__(self):
        return f"{self.item}: {self.get_old_value_display()}, {self.get_new_value_display()}"

    @property
    def enrolment_id(self):
        """Whose rating it is."""
        return self.item.interview.enrolment_id
