from django.conf import settings
from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _


class FeedbackQuerySet(models.QuerySet):
    def unanswered(self):
        """Requests for more about what is still the latest shared version of its plan."""
        versions = self.model._meta.get_field("version").related_model.objects
        shared = versions.shared().filter(plan=OuterRef("version__plan"))
        latest = shared.order_by("-number").values("pk")[:1]
        return self.filter(asks_for_more=True, version=Subquery(latest))


class Feedback(models.Model):
    """A remark on a shared version, from staff or as a reply of the participant.

    It may hang on a page of a file or on a section of what was written. A reply hangs where
    ``answers`` hangs, so it says no place of its own.
    """

    version = models.ForeignKey(
        "participants.PlanVersion", on_delete=models.PROTECT, related_name="feedback"
    )
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    text = models.TextField(_("reactie"))
    asks_for_more = models.BooleanField(_("vraagt om een nieuwe versie"), default=False)
    page = models.PositiveIntegerField(_("bladzijde"), null=True, blank=True)
    section = models.CharField(_("onderdeel"), max_length=20, blank=True)
    answers = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="replies"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    objects = FeedbackQuerySet.as_manager()

    class Meta:
        verbose_name = _("reactie op een plan")
        verbose_name_plural = _("reacties op plannen")
        ordering = ["created_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="feedback_says_something"),
            models.CheckConstraint(
                condition=Q(page=None) | Q(page__gte=1, section=""),
                name="feedback_hangs_on_a_page_or_a_section",
            ),
            models.CheckConstraint(
                condition=Q(answers=None) | Q(page=None, section="", asks_for_more=False),
                name="a_reply_hangs_where_its_thread_hangs",
            ),
        ]

    def __str__(self):
        return f"{self.version}: {self.created_at:%d-%m-%Y}"
