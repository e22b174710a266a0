import django_filters as filters
from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

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

    search = filters.CharFilter(label=_("Zoek"), method="containing")
    minutes_max = filters.NumberFilter(
        label=_("Duur"),
        field_name="minutes",
        lookup_expr="lte",
        widget=forms.Select(choices=LENGTHS),
    )

    class Meta:
        model = Training
        fields = ["search", "minutes_max"]

    def containing(self, trainings, name, words):
        for word in words.split():
            trainings = trainings.filter(Q(title__icontains=word) | Q(description__icontains=word))
        return trainings


class TrainingChoiceFilter(filters.FilterSet):
    enrolment = filters.NumberFilter(label=_("Deelname"), field_name="enrolment_id")
    cohort = filters.ModelChoiceFilter(
        label=_("Lichting"), field_name="enrolment__cohort", queryset=visible_cohorts
    )
    status = filters.ChoiceFilter(label=_("Stand"), choices=TrainingChoice.Status.choices)

    class Meta:
        model = TrainingChoice
        fields = ["enrolment", "cohort", "status"]
