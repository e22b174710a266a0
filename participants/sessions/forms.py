from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from participants.sessions.models import PLANNERS, Session
from participants.sessions.times import minutes_between
from participants.tracks.models import Cohort

FACTS = ["kind", "title", "date", "starts_at", "place", "online_link"]


class SessionForm(forms.Form):
    """A meeting to plan or to change: when it begins and ends, instead of how long it lasts."""

    kind = forms.ChoiceField(
        label=_("Wat is het?"),
        choices=[(kind, capfirst(kind.label)) for kind in Session.Kind],
        widget=forms.RadioSelect,
    )
    title = forms.CharField(
        label=_("Waar gaat het over?"),
        max_length=120,
        error_messages={"required": _("Schrijf in een paar woorden waar het over gaat.")},
    )
    cohorts = forms.ModelMultipleChoiceField(
        label=_("Voor welke lichting?"),
        queryset=Cohort.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Kies voor welke lichting dit is.")},
    )
    date = forms.DateField(label=_("Welke dag?"))
    starts_at = forms.TimeField(label=_("Hoe laat begint het?"))
    ends_at = forms.TimeField(label=_("Tot hoe laat?"))
    place = forms.CharField(label=_("Waar?"), max_length=120, required=False)
    online_link = forms.URLField(
        label=_("Link om online mee te doen"),
        required=False,
        assume_scheme="https",
        help_text=_("Alleen wie meedoet en het team zien deze link."),
        error_messages={"invalid": _("Plak de hele link, bijvoorbeeld https://voorbeeld.nl/les.")},
    )

    def __init__(self, *args, user, session=None, **kwargs):
        super().__init__(*args, initial=self._facts(session), **kwargs)
        cohorts = Cohort.objects.with_role(user, *PLANNERS).select_related("track")
        self.fields["cohorts"].queryset = cohorts
        if session is None and len(cohorts) == 1:
            self.initial["cohorts"] = [cohorts[0].pk]

    def clean(self):
        facts = super().clean()
        times = [facts.get(name) for name in ("date", "starts_at", "ends_at")]
        if all(part is not None for part in times):
            facts["minutes"] = minutes_between(*times)
            if facts["minutes"] < 1:
                self.add_error("ends_at", _("Het einde ligt voor het begin. Draai ze om."))
        return facts

    def facts(self):
        """What the actions take: fields of Session, and ``cohorts``."""
        names = [*FACTS, "minutes"]
        return {
            **{name: self.cleaned_data[name] for name in names},
            "cohorts": list(self.cleaned_data["cohorts"]),
        }

    @staticmethod
    def _facts(session):
        if session is None:
            return {}
        return {
            **{name: getattr(session, name) for name in [*FACTS, "ends_at"]},
            "cohorts": [cohort.pk for cohort in session.cohorts.all()],
        }
