import django_filters as filters
from django.utils.translation import gettext_lazy as _

from participants.sessions.models import Session
from participants.tracks.models import Cohort


def visible_cohorts(request):
    """The cohorts to choose from; none where nobody asks, as for the schema."""
    if request is None:
        return Cohort.objects.none()
    return Cohort.objects.visible_to(request.user).select_related("track")


class SessionFilter(filters.FilterSet):
    """Of the list page and of the API."""

    cohort = filters.ModelChoiceFilter(
        label=_("Lichting"),
        field_name="cohorts",
        queryset=visible_cohorts,
        empty_label=_("Alle lichtingen"),
    )
    kind = filters.ChoiceFilter(
        label=_("Soort"), choices=Session.Kind.choices, empty_label=_("Alles")
    )
    date_after = filters.DateFilter(label=_("Vanaf"), field_name="date", lookup_expr="gte")
    date_before = filters.DateFilter(label=_("Tot en met"), field_name="date", lookup_expr="lte")

    class Meta:
        model = Session
        fields = ["cohort", "kind", "date_after", "date_before"]
