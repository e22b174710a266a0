import django_filters as filters
from django import forms
from django.utils.translation import gettext_lazy as _

from leerlijn.shapes import KeyFilter
from participants.tracks.models import Cohort
from participants.trainings.models import Training, TrainingChoice

LENGTHS = [
    ("", _("Hoe lang maakt niet uit")),
    ("120", _("Hoogstens 2 uur")),
    ("240", _("Hoogstens 4 uur")),
    ("480", _("Hoogstens 8 uur")),
]


def visible_cohorts(request):
    """The cohorts to choose from; none where nobody asks, as for the schema."""
    if request is None:
        return Cohort.objects.none()
    return Cohort.objects.visible_to(request.user)


class TrainingFilter(filters.FilterSet):
    """Of the catalogue page and of the API."""

    search = filters.CharFilter(
        label=_("Zoek"),
        method="containing",
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
    minutes_max = filters.NumberFilter(
        label=_("Duur"),
        field_name="minutes",
        lookup_expr="lte",
        widget=forms.Select(choices=LENGTHS),
    )

    dated = filters.BooleanFilter(
        label=_("Alleen met een datum"),
        method="with_a_date",
        widget=forms.CheckboxInput,
    )

    class Meta:
        model = Training
        fields = ["search", "minutes_max", "dated"]

    def with_a_date(self, trainings, name, wanted):
        return trainings.with_a_coming_date() if wanted else trainings

    def containing(self, trainings, name, words):
        return trainings.containing(words)


class TrainingChoiceFilter(filters.FilterSet):
    enrolment = KeyFilter(label=_("Deelname"), field_name="enrolment_id")
    cohort = filters.ModelChoiceFilter(
        label=_("Lichting"), field_name="enrolment__cohort", queryset=visible_cohorts
    )
    status = filters.ChoiceFilter(label=_("Stand"), choices=TrainingChoice.Status.choices)

    class Meta:
        model = TrainingChoice
        fields = ["enrolment", "cohort", "status"]
