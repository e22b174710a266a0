import django_filters as filters
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from participants.plans.models import DevelopmentPlan
from participants.tracks.models import Cohort


def visible_cohorts(request):
    """The cohorts to choose from; none where nobody asks, as for the schema."""
    if request is None:
        return Cohort.objects.none()
    return Cohort.objects.visible_to(request.user).select_related("track")


class PlanFilter(filters.FilterSet):
    """Of the list of staff and of the API."""

    cohort = filters.ModelChoiceFilter(
        label=_("Lichting"),
        queryset=visible_cohorts,
        method="part_of",
        empty_label=_("Alle lichtingen"),
    )
    kind = filters.ChoiceFilter(
        label=_("Soort"), choices=DevelopmentPlan.Kind.choices, empty_label=_("POP en GOP")
    )
    status = filters.ChoiceFilter(
        label=_("Stand"), choices=DevelopmentPlan.Status.choices, empty_label=_("Alles")
    )

    class Meta:
        model = DevelopmentPlan
        fields = ["cohort", "kind", "status"]

    def part_of(self, plans, name, cohort):
        return plans.filter(Q(cohort=cohort) | Q(enrolment__cohort=cohort))
