from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from participants.placements.models import LearningPlace, Placement


class LearningPlaceForm(forms.Form):
    organisation = forms.CharField(label=_("Welke organisatie?"), max_length=120)
    team = forms.CharField(
        label=_("Welk team?"), max_length=120, help_text=_("Bijvoorbeeld: Buurtteam Oosterhoek.")
    )
    team_kind = forms.CharField(
        label=_("Wat voor team is het?"),
        max_length=80,
        required=False,
        help_text=_("Bijvoorbeeld: buurtteam of wijkzorg."),
    )
    district = forms.CharField(label=_("Welk stadsdeel?"), max_length=80, required=False)


class PlacementForm(forms.Form):
    place = forms.ModelChoiceField(
        label=_("Welke leerplek?"),
        queryset=LearningPlace.objects.in_use(),
        empty_label=_("Kies een leerplek"),
        error_messages={"required": _("Kies een leerplek uit de lijst.")},
    )
    supervisor_name = forms.CharField(
        label=_("Wie is de begeleider op de leerplek?"),
        max_length=120,
        help_text=_("Eén vaste persoon. Die hoeft geen account te hebben."),
    )
    supervisor_email = forms.EmailField(
        label=_("E-mail van de begeleider"),
        required=False,
        help_text=_("Nodig om werkuren via een link te laten bevestigen."),
    )
    supervisor_phone = forms.CharField(
        label=_("Telefoon van de begeleider"), max_length=30, required=False
    )
    form = forms.ChoiceField(
        label=_("In welke vorm?"),
        choices=[(form, capfirst(form.label)) for form in Placement.Form],
        initial=Placement.Form.VOLUNTEER,
        widget=forms.RadioSelect,
    )
    starts_on = forms.DateField(label=_("Vanaf welke dag?"))
    ends_on = forms.DateField(
        label=_("Tot en met welke dag?"),
        required=False,
        help_text=_("Laat leeg als je dat nog niet weet."),
    )


class SupervisorForm(forms.Form):
    """Who guides at a learning place. The address is where links to confirm hours go."""

    name = forms.CharField(label=_("Hoe heet de begeleider?"), max_length=120)
    email = forms.EmailField(
        label=_("E-mail van de begeleider"),
        required=False,
        help_text=_("Lees het adres even voor. Hier gaan de links naartoe."),
    )
    phone = forms.CharField(label=_("Telefoon van de begeleider"), max_length=30, required=False)


class EndForm(forms.Form):
    on = forms.DateField(label=_("Wat is de laatste dag?"))
