import django_filters
from django import forms
from django.utils.translation import gettext_lazy as _

from participants.accounts import names
from participants.enrolments.models import Enrolment
from participants.interviews.models import FinalInterview
from participants.tracks.models import Cohort


def cohorts_of(request):
    found = Cohort.objects.visible_to(request.user) if request else Cohort.objects.none()
    return found.select_related("track")


def enrolments_of(request):
    return Enrolment.objects.visible_to(request.user) if request else Enrolment.objects.none()


class InterviewFilter(django_filters.FilterSet):
    """One set of filters for the page and the API."""

    cohort = django_filters.ModelChoiceFilter(
        field_name="enrolment__cohort",
        queryset=cohorts_of,
        label=_("Lichting"),
        empty_label=_("Alle"),
    )
    status = django_filters.ChoiceFilter(
        choices=FinalInterview.Status, label=_("Stand"), empty_label=_("Alle")
    )
    enrolment = django_filters.ModelChoiceFilter(queryset=enrolments_of, widget=forms.HiddenInput)

    class Meta:
        model = FinalInterview
        fields = ["cohort", "status", "enrolment"]


class ToPlanFilter(django_filters.FilterSet):
    """Whom to plan for: by cohort, or by a part of the name."""

    cohort = django_filters.ModelChoiceFilter(
        queryset=cohorts_of, label=_("Lichting"), empty_label=_("Alle")
    )
    search = django_filters.CharFilter(method="named", label=_("Naam"))

    class Meta:
        model = Enrolment
        fields = ["cohort", "search"]

    def named(self, queryset, name, value):
        return queryset.filter(names.matching(value, "participant"))
