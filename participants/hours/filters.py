"""What one may ask of a list of hours, on pages and in the API."""

import django_filters
from django import forms
from django.utils.translation import gettext_lazy as _

from leerlijn.shapes import KeyFilter
from participants.hours.models import HourEntry
from participants.tracks.models import Cohort


def cohorts_of(request):
    """The cohorts that whoever asks can see; none when the schema asks."""
    if request is None:
        return Cohort.objects.none()
    return Cohort.objects.visible_to(request.user).select_related("track")


class ReviewFilter(django_filters.FilterSet):
    """For the pile of a reviewer."""

    kind = django_filters.ChoiceFilter(
        label=_("Soort"), choices=HourEntry.Kind.choices, empty_label=_("Studie en werk")
    )
    cohort = django_filters.ModelChoiceFilter(
        field_name="enrolment__cohort",
        label=_("Lichting"),
        queryset=cohorts_of,
        empty_label=_("Alle lichtingen"),
    )
    # Of one person, for who comes from the list of what waits; no control of its own.
    enrolment = KeyFilter(field_name="enrolment_id", label=_("Deelname"), widget=forms.HiddenInput)

    class Meta:
        model = HourEntry
        fields = ["kind", "cohort", "enrolment"]


class HourEntryFilter(ReviewFilter):
    """For every entry that one can see."""

    status = django_filters.ChoiceFilter(label=_("Stand"), choices=HourEntry.Status.choices)

    class Meta:
        model = HourEntry
        fields = ["status", "kind", "enrolment", "cohort"]


class OwnHoursFilter(django_filters.FilterSet):
    """For the list of one's own hours."""

    kind = django_filters.ChoiceFilter(
        label=_("Soort"), choices=HourEntry.Kind.choices, empty_label=_("Studie en werk")
    )
    status = django_filters.ChoiceFilter(
        label=_("Stand"), choices=HourEntry.Status.choices, empty_label=_("Alles")
    )

    class Meta:
        model = HourEntry
        fields = ["kind", "status"]
