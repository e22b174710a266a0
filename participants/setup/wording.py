"""What norms are called for who sets them, and how their values read."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from participants.hours.wording import in_words

LABELS = {
    "study_minutes": gettext_lazy("Uren studie"),
    "work_minutes": gettext_lazy("Uren werk"),
    "study_required": gettext_lazy("De uren studie zijn een voorwaarde"),
    "may_miss_one_in": gettext_lazy("Eén op de zoveel bijeenkomsten mag iemand missen"),
    "late_entry_days": gettext_lazy("Dagen na het einde waarop uren nog mogen"),
    "assessors_required": gettext_lazy("Aantal beoordelaars"),
    "resits_allowed": gettext_lazy("Aantal herkansingen"),
    "objection_days": gettext_lazy("Dagen om bezwaar te maken"),
    "talk_behind_minutes": gettext_lazy("Even praten vanaf zoveel uur minder dan de planning"),
    "talk_first_days": gettext_lazy("Dagen waarin alleen de deelnemer dat ziet"),
    "quiet_days": gettext_lazy("Dagen zonder uren voor we iets laten horen"),
}
IN_HOURS = ("study_minutes", "work_minutes", "talk_behind_minutes")


def lines(before, after):
    """(label, what it was, what it becomes) of each norm in ``before`` and ``after``."""
    return [
        (label, _shown(name, before[name]), _shown(name, after[name]))
        for name, label in LABELS.items()
        if name in after
    ]


def _shown(name, value):
    if isinstance(value, bool):
        return _("ja") if value else _("nee")
    return in_words(value) if name in IN_HOURS else str(value)
