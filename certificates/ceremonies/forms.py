import uuid

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from certificates import actions
from certificates.offices import handled_by
from certificates.readiness import candidates


class IssueForm(forms.Form):
    """Who gets a certificate, and the day on it."""

    award_date = forms.DateField(
        label=_("Datum van uitreiking"),
        help_text=_("Deze datum staat op het papier. Vanaf die dag ziet de deelnemer het."),
    )
    enrolments = forms.ModelMultipleChoiceField(
        label=_("Voor wie"),
        queryset=None,
        widget=forms.MultipleHiddenInput,
        error_messages={
            "required": _("Kies minstens één persoon."),
            "invalid_choice": _("Deze persoon hoort niet bij deze lichting. Kies opnieuw."),
            "invalid_pk_value": _("Deze persoon hoort niet bij deze lichting. Kies opnieuw."),
        },
    )
    # Of the page on which it is confirmed: sent twice, it is still one request.
    key = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, cohort, by, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["award_date"].initial = timezone.localdate
        self.fields["key"].initial = uuid.uuid4
        # All who could have one, not only who is ready: a colleague may just have been first.
        mine = candidates().filter(cohort=cohort, pk__in=handled_by(by).values("pk"))
        self.fields["enrolments"].queryset = mine

    def clean_award_date(self):
        return actions.award_date_or_refusal(self.cleaned_data["award_date"])
