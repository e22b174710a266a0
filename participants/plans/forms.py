"""What people fill in about plans. ``key`` keeps the ids of forms on one page apart."""

from django import forms
from django.utils.translation import gettext_lazy as _

from participants.enrolments.models import Enrolment
from participants.files.forms import UploadField
from participants.plans.sections import HINTS, LONGEST, OF_KIND
from participants.plans.writing import LONGEST_FEEDBACK


class KeyedForm(forms.Form):
    def __init__(self, *args, key="", **kwargs):
        super().__init__(*args, auto_id=f"{key}-%s" if key else "id_%s", **kwargs)
        self.key = key


class UploadForm(KeyedForm):
    """A whole plan as one file, never retyped."""

    file = UploadField(
        label=_("Kies je bestand"),
        help_text=_("Een PDF, Word, ODT of een foto van papier. Hoogstens 25 MB."),
    )


class SectionsForm(forms.Form):
    """A plan written on screen: one text per part, all of which may wait."""

    based_on = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args, kind, **kwargs):
        super().__init__(*args, **kwargs)
        self.labels = OF_KIND[kind]
        for name, label in self.labels.items():
            self.fields[name] = forms.CharField(
                label=label,
                help_text=HINTS.get(name, ""),
                required=False,
                max_length=LONGEST,
                widget=forms.Textarea(attrs={"rows": 4}),
            )

    @property
    def sections(self):
        return {name: self.cleaned_data[name] for name in self.labels}


class FeedbackForm(KeyedForm):
    """A remark on the version with number ``version``; only staff may ask for more."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    text = forms.CharField(
        label=_("Je reactie"),
        max_length=LONGEST_FEEDBACK,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Schrijf op wat je wilt zeggen.")},
    )
    asks_for_more = forms.BooleanField(
        label=_("Vraag om aanvulling"),
        required=False,
        help_text=_("Het plan wacht dan op een nieuwe versie."),
    )

    def __init__(self, *args, may_ask, **kwargs):
        super().__init__(*args, **kwargs)
        if not may_ask:
            del self.fields["asks_for_more"]

    @property
    def said(self):
        """The words and the request, as the action takes them."""
        asks = self.cleaned_data.get("asks_for_more", False)
        return {"text": self.cleaned_data["text"], "asks_for_more": asks}


class CompletionForm(forms.Form):
    """The version that the person read before confirming."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class ReopeningForm(forms.Form):
    """How many endorsements the person saw before confirming."""

    endorsements = forms.IntegerField(widget=forms.HiddenInput, min_value=0)


class PaperForm(forms.Form):
    """Who of the group put a name under the plan on paper."""

    enrolment = forms.ModelChoiceField(
        label=_("Wie staat er op papier achter dit plan?"),
        queryset=Enrolment.objects.none(),
        empty_label=_("Kies een naam"),
        error_messages={"required": _("Kies wie er op papier achter staat.")},
    )

    def __init__(self, *args, plan, **kwargs):
        super().__init__(*args, **kwargs)
        waiting = plan.members().exclude(endorsements__version=plan.completed_version)
        field = self.fields["enrolment"]
        field.queryset = waiting.select_related("participant").order_by(
            "participant__name_key", "pk"
        )
        field.label_from_instance = lambda enrolment: enrolment.participant.name
