import django_filters
from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from certificates.models import Certificate
from leerlijn.shapes import KeyFilter
from participants.accounts import names
from participants.tracks.models import Cohort


def cohorts(request):
    return Cohort.objects.visible_to(request.user).select_related("track")


class CertificateFilter(django_filters.FilterSet):
    """Narrows the register, for the page and the API alike."""

    cohort = django_filters.ModelChoiceFilter(
        label=_("Lichting"),
        field_name="enrolment__cohort",
        queryset=cohorts,
        empty_label=_("Alle lichtingen"),
    )
    status = django_filters.ChoiceFilter(
        label=_("Stand"), choices=Certificate.Status, empty_label=_("Elke stand")
    )
    search = django_filters.CharFilter(label=_("Naam of nummer"), method="named_or_numbered")
    enrolment = KeyFilter(widget=forms.HiddenInput)

    class Meta:
        model = Certificate
        fields = ["search", "cohort", "status", "enrolment"]

    def named_or_numbered(self, rows, name, value):
        # The name of the account folds marks; the printed one may hold more than that.
        found = Q(name__icontains=value) | Q(number__icontains=value)
        return rows.filter(found | names.matching(value, "enrolment__participant"))
