from django import forms
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from leerlijn.templatetags.dates import short_date
from participants.files.forms import MultipleUploadField
from participants.sessions import series
from participants.sessions.actions import MOST_IN_A_SERIES
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


class SeriesForm(SessionForm):
    """A meeting that comes back: the first day, how often, and until when."""

    field_order = ["kind", "title", "cohorts", "date", "weeks", "times", "until"]

    weeks = forms.TypedChoiceField(
        label=_("Hoe vaak?"),
        coerce=int,
        initial=1,
        choices=[(1, _("Elke week")), (2, _("Elke 2 weken")), (4, _("Elke 4 weken"))],
        widget=forms.RadioSelect,
    )
    times = forms.IntegerField(
        label=_("Hoeveel keer?"),
        required=False,
        min_value=2,
        max_value=MOST_IN_A_SERIES,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "ll-short"}),
        help_text=_("Of vul hieronder de laatste dag in."),
        error_messages={
            "invalid": _("Vul een getal in, bijvoorbeeld 8."),
            "min_value": _("Vul 2 of meer in. Eén keer? Plan dan een losse bijeenkomst."),
            "max_value": _("Plan ten hoogste %(limit_value)s keer tegelijk."),
        },
    )
    until = forms.DateField(label=_("Tot en met welke dag?"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["date"].label = _("Wat is de eerste dag?")

    def clean(self):
        facts = super().clean()
        if "times" in self.errors or "until" in self.errors:
            return facts
        times, until, first = (facts.get(name) for name in ("times", "until", "date"))
        if not times and not until:
            self.add_error("times", gettext("Vul in hoeveel keer, of tot welke dag."))
        if first and until and until <= first:
            self.add_error("until", gettext("Kies een dag na de eerste dag."))
        return facts

    def facts(self):
        """What all days of the series share."""
        return {name: fact for name, fact in super().facts().items() if name != "date"}

    def days(self):
        """The days that this series would take, as ``series.Day``; the form is valid."""
        facts = self.cleaned_data
        dates = series.dates(
            facts["date"],
            facts["weeks"],
            times=facts["times"],
            until=facts["until"],
            most=MOST_IN_A_SERIES,
        )
        return series.looked_at(dates, facts["cohorts"], kind=facts["kind"])

    def chosen(self):
        """The days that were left ticked in the preview; what is no day of this series is not."""
        left = set(self.data.getlist("day"))
        return [day.date for day in self.days() if day.date.isoformat() in left]


class ProofForm(forms.Form):
    """The signed list: photos of the sheets, or a scan."""

    files = MultipleUploadField(
        label=_("Foto of scan van de getekende lijst"),
        help_text=_("Meer bladen? Kies alle foto's tegelijk."),
    )


class CatchUpForm(forms.Form):
    """Which of the missed meetings somebody caught up, with what, and when."""

    sessions = forms.ModelMultipleChoiceField(
        label=_("Wat is er ingehaald?"),
        queryset=Session.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("Kies ten minste één bijeenkomst."),
            "invalid_choice": _("Een van deze bijeenkomsten telt al. Kies opnieuw."),
        },
    )
    what = forms.CharField(
        label=_("Hoe is het ingehaald?"),
        max_length=240,
        help_text=_("Bijvoorbeeld: de opdracht gemaakt en samen besproken."),
        error_messages={"required": _("Schrijf in een paar woorden hoe het is ingehaald.")},
    )
    on = forms.DateField(label=_("Op welke dag?"), initial=timezone.localdate)

    def __init__(self, *args, missed, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["sessions"].queryset = missed
        self.fields["sessions"].label_from_instance = _named

    def clean_on(self):
        on = self.cleaned_data["on"]
        if on > timezone.localdate():
            raise forms.ValidationError(
                gettext("Deze dag ligt nog voor ons. Kies vandaag of eerder.")
            )
        return on


def _named(session):
    kind = capfirst(session.get_kind_display())
    return f"{kind} {short_date(session.date)}: {session.title}"
