"""What is stored, as people read it. Programs get it as it is."""

import datetime as dt

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leerlijn.templatetags.dates import clock, long_date
from participants.hours.wording import in_words
from participants.plans.goal import LearningGoal

# The names in what is stored whole: goals of a version, the facts of a certificate.
WORDS = {
    "what": gettext_lazy("Wat"),
    "why": gettext_lazy("Waarom"),
    "actions": gettext_lazy("Hoe"),
    "until": gettext_lazy("Wanneer"),
    "how_seen": gettext_lazy("Hoe je het ziet"),
    "state": gettext_lazy("Stand"),
    "name": gettext_lazy("Naam"),
    "track": gettext_lazy("Leerlijn"),
    "cohort": gettext_lazy("Lichting"),
    "period_start": gettext_lazy("Begin"),
    "period_end": gettext_lazy("Einde"),
    "study_minutes": gettext_lazy("Studie"),
    "work_minutes": gettext_lazy("Werk"),
    "opening": gettext_lazy("Boven je naam"),
    "achievement": gettext_lazy("Boven de leerlijn"),
    "conditions": gettext_lazy("Voorwaarden"),
    "provider": gettext_lazy("Aanbieder"),
    "partners": gettext_lazy("Partners"),
    "place": gettext_lazy("Plaats"),
    "award_date": gettext_lazy("Uitgereikt op"),
    "signatories": gettext_lazy("Ondertekend door"),
    "number": gettext_lazy("Nummer"),
    "check_url": gettext_lazy("Controleren"),
    "hand_code": gettext_lazy("Code"),
    "ratings": gettext_lazy("Oordelen"),
    "hours": gettext_lazy("Uren"),
    "trainings": gettext_lazy("Trainingen"),
    "attendance": gettext_lazy("Aanwezigheid"),
    "method": gettext_lazy("Hoe het is beoordeeld"),
}
WORDLESS = {"goal", "check_host", "logo", "signature"}
# Small things that read best on one line.
LINES = (
    ({"label", "explanation"}, "{label}: {explanation}"),
    ({"label", "minutes"}, "{label}: {minutes}"),
    ({"label", "achieved", "required"}, "{label}: {achieved} van de {required}"),
    ({"criterion", "rating"}, "{criterion}: {rating}"),
    ({"name", "role"}, "{name}, {role}"),
)


def in_text(name, value):
    """``value`` of the field ``name``; "" when there is nothing to say."""
    if isinstance(value, bool):
        return _("ja") if value else _("nee")
    if isinstance(value, dt.datetime):
        return f"{long_date(value)}, {clock(value)}"
    if isinstance(value, dt.date):
        return long_date(value)
    if isinstance(value, dt.time):
        return clock(value)
    if isinstance(value, int) and name.endswith("minutes"):
        return in_words(value)
    if isinstance(value, dict):
        return _of_dictionary(value)
    if isinstance(value, (list, tuple)):
        return "\n".join(in_text(name, inner) for inner in value)
    if name == "state" and value in LearningGoal.State.values:
        return str(LearningGoal.State(value).label)
    return "" if value is None else str(value)


def _of_dictionary(value):
    texts = {key: in_text(key, inner) for key, inner in value.items() if key not in WORDLESS}
    for keys, line in LINES:
        if keys <= set(texts):
            return line.format(**texts)
    return "\n".join(f"{_word(key)} {text}" for key, text in texts.items() if text)


def _word(key):
    word = str(WORDS.get(key, key))
    return word if word.endswith("?") else f"{word}:"
