"""What people fill in about plans. ``key`` keeps the ids of forms on one page apart."""

from django import forms
from django.utils.translation import gettext_lazy as _

from participants.enrolments.models import Enrolment
from participants.files.forms import MultipleUploadField
from participants.plans.goal import LearningGoal
from participants.plans.goals import LONGEST as LONGEST_OF_GOAL
from participants.plans.remarks import LAST_PAGE, LONGEST_FEEDBACK
from participants.plans.sections import GOALS, HINTS, LONGEST, OF_KIND

AREA = forms.Textarea


class KeyedForm(forms.Form):
    def __init__(self, *args, key="", **kwargs):
        super().__init__(*args, auto_id=f"{key}-%s" if key else "id_%s", **kwargs)
        self.key = key


class UploadForm(KeyedForm):
    """A whole plan as one file, or as photos of its pages; never retyped."""

    file = MultipleUploadField(
        label=_("Kies je bestand, of foto's"),
        help_text=_(
            "Een PDF, Word, ODT of foto's van papier. Meer foto's worden samen één PDF. Hoogstens "
            "25 MB."
        ),
    )


class DraftForm(forms.Form):
    """A POP written on screen: one text per part, all of which may wait.

    ``revision`` and ``window`` tell whether it was typed on somewhere else meanwhile.
    """

    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    window = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.labels = dict(OF_KIND["personal"])
        if not self._has_old_goals():
            del self.labels[GOALS]
        for name, label in self.labels.items():
            self.fields[name] = forms.CharField(
                label=label,
                help_text=HINTS.get(name, ""),
                required=False,
                max_length=LONGEST,
                widget=AREA(attrs={"rows": 4}),
            )

    def _has_old_goals(self):
        """Goals that were typed as one text (through the API) are shown, and stay."""
        return GOALS in self.initial or GOALS in self.data

    @property
    def parts(self):
        """Every part of a POP in order: its name and its field; the goals have no field."""
        return [(name, self[name] if name in self.fields else None) for name in OF_KIND["personal"]]

    @property
    def sections(self):
        return {name: self.cleaned_data[name] for name in self.labels}


class SectionForm(forms.Form):
    """One section of a GOP; ``based_on`` is the version that the writer had before them."""

    based_on = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    text = forms.CharField(required=False, max_length=LONGEST, widget=AREA(attrs={"rows": 10}))

    def __init__(self, *args, section, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["text"].label = OF_KIND["group"][section]
        self.fields["text"].help_text = HINTS.get(section, "")


class GoalForm(forms.ModelForm):
    """One goal; only what is needed to begin is asked for, the rest may wait."""

    class Meta:
        model = LearningGoal
        fields = ["what", "why", "actions", "until", "how_seen", "state"]
        labels = {
            "what": _("Wat wil je leren?"),
            "why": _("Waarom wil je dit?"),
            "actions": _("Wat ga je doen?"),
            "until": _("Wanneer is het klaar?"),
            "how_seen": _("Hoe merk je dat het lukt?"),
            "state": _("Hoe ver ben je?"),
        }
        help_texts = {"what": _("Bijvoorbeeld: ik zeg op tijd dat iets te veel is.")}
        error_messages = {"what": {"required": _("Schrijf op wat je wilt leren.")}}
        widgets = {
            "what": AREA(attrs={"rows": 2}),
            **{name: AREA(attrs={"rows": 3}) for name in ("why", "actions", "how_seen")},
            "until": forms.DateInput,
            "state": forms.RadioSelect,
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("why", "actions", "how_seen"):
            self.fields[name].max_length = LONGEST_OF_GOAL
            self.fields[name].widget.attrs["maxlength"] = LONGEST_OF_GOAL

    def _post_clean(self):
        """The action writes the row: the form changes none."""

    def validate_unique(self):
        pass


class FeedbackForm(KeyedForm):
    """A remark on the version with number ``version``; only staff may ask for more.

    On a page of a file, on a ``section``, or in reply to the remark ``answers``.
    """

    version = forms.IntegerField(widget=forms.HiddenInput)
    section = forms.CharField(widget=forms.HiddenInput, required=False)
    answers = forms.IntegerField(widget=forms.HiddenInput, required=False)
    page = forms.IntegerField(
        label=_("Bij welke bladzijde?"),
        required=False,
        min_value=1,
        max_value=LAST_PAGE,
        widget=forms.NumberInput(attrs={"class": "ll-short"}),
        help_text=_("Laat het leeg als het over het hele plan gaat."),
    )
    text = forms.CharField(
        label=_("Je reactie"),
        max_length=LONGEST_FEEDBACK,
        widget=AREA(attrs={"rows": 3}),
        error_messages={"required": _("Schrijf op wat je wilt zeggen.")},
    )
    asks_for_more = forms.BooleanField(
        label=_("Vraag om aanvulling"),
        required=False,
        help_text=_("Het plan wacht dan op een nieuwe versie."),
    )

    def __init__(self, *args, may_ask, pages=None, **kwargs):
        super().__init__(*args, **kwargs)
        if not may_ask:
            del self.fields["asks_for_more"]
        if not pages:
            del self.fields["page"]
        elif pages < LAST_PAGE:
            choices = [("", _("Het hele plan"))]
            choices += [(page, _("Bladzijde %d") % page) for page in range(1, pages + 1)]
            self.fields["page"] = forms.TypedChoiceField(
                label=_("Bij welke bladzijde?"),
                choices=choices,
                coerce=int,
                empty_value=None,
                required=False,
            )

    @staticmethod
    def key_of(plan_pk, section="", answers=None):
        """What keeps this form apart from the other ones on its page."""
        return f"reactie-{plan_pk}" + (f"-{answers}" if answers else f"-{section}" * bool(section))

    @property
    def said(self):
        """The words, the request and the place, as the action takes them."""
        known = self.cleaned_data
        return {
            "text": known["text"],
            "asks_for_more": known.get("asks_for_more", False),
            "page": known.get("page"),
            "section": known["section"],
        }


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
