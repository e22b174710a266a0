import django_filters
from django.utils.translation import gettext_lazy as _

from participants import progress
from participants.accounts import names
from participants.enrolments.models import CriterionKey, Enrolment
from participants.overview import turns


class EnrolmentFilter(django_filters.FilterSet):
    """By state (pauses too), by a part of the name, by all criteria met. For page and API."""

    status = django_filters.ChoiceFilter(
        field_name="state", choices=Enrolment.STATES, label=_("Stand"), empty_label=_("Alle")
    )
    search = django_filters.CharFilter(method="named", label=_("Naam"))
    criteria_met = django_filters.BooleanFilter(method="with_verdict")
    cohort = django_filters.NumberFilter(field_name="cohort_id")

    class Meta:
        model = Enrolment
        fields = ["status", "search", "criteria_met", "cohort"]

    def named(self, queryset, name, value):
        # The rows are one's own or of one's staff: of both the address is known.
        return queryset.filter(names.matching(value, "participant"))

    def with_verdict(self, queryset, name, value):
        return progress.met(queryset) if value else progress.not_met(queryset)


class CohortFilter(EnrolmentFilter):
    """What the cohort table can be narrowed to; all of it lives in the address.

    ``actors`` are the words of ``waiting_on`` that mean the reader.
    """

    READY, NOT_READY, MINE = "klaar", "nog-niet", "ik"

    toon = django_filters.ChoiceFilter(
        method="shown",
        label=_("Toon"),
        empty_label=_("Iedereen"),
        choices=[
            (READY, _("Kan een certificaat krijgen")),
            (NOT_READY, _("Nog niet klaar, en waarom")),
            (MINE, _("Wacht op mij")),
        ],
    )
    mist = django_filters.ChoiceFilter(
        method="still_missing",
        label=_("Mist nog"),
        empty_label=_("Maakt niet uit"),
        choices=CriterionKey,
    )
    ordering = django_filters.OrderingFilter(
        fields=[
            ("participant__name_key", "naam"),
            ("study_achieved", "studie"),
            ("work_achieved", "werk"),
        ],
        choices=[
            ("naam", _("Naam")),
            ("studie", _("Minste studie eerst")),
            ("-studie", _("Meeste studie eerst")),
            ("werk", _("Minste werk eerst")),
            ("-werk", _("Meeste werk eerst")),
        ],
        label=_("Sorteer op"),
        empty_label=_("Naam"),
    )
    criteria_met = cohort = None

    class Meta(EnrolmentFilter.Meta):
        fields = ["toon", "status", "mist", "search", "ordering"]

    def __init__(self, *args, actors, **kwargs):
        super().__init__(*args, **kwargs)
        self.actors = actors

    def filter_queryset(self, queryset):
        """Applicants and the declined only when they are asked for."""
        if not self.form.cleaned_data.get("status"):
            queryset = queryset.admitted()
        found = super().filter_queryset(queryset.order_by("participant__name_key"))
        return found.order_by(*found.query.order_by, "pk")

    def keys(self):
        """The keys of who is left, in order; progress is asked only where it sorts or narrows."""
        if self._sorts_by_hours():
            self.queryset = progress.with_hours(self.queryset)
        return list(self.qs.values_list("pk", flat=True))

    def _sorts_by_hours(self):
        return self.data.get("ordering", "").strip("-") in ("studie", "werk")

    @property
    def tells_why(self):
        return self.form.is_valid() and self.form.cleaned_data["toon"] == self.NOT_READY

    def shown(self, queryset, name, value):
        if value == self.MINE:
            return turns.waiting_for(queryset, self.actors)
        narrow = progress.met if value == self.READY else progress.not_met
        return narrow(queryset.active())

    def still_missing(self, queryset, name, value):
        return progress.missing(queryset, value)
