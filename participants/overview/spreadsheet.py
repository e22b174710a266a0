"""The cohort table as rows for a spreadsheet: one a person, as the page sorts and narrows it."""

from django.utils.translation import gettext_lazy as _

from leerlijn.templatetags.figures import ACTORS
from participants import progress, sheets
from participants.enrolments.models import CriterionKey, Enrolment
from participants.overview.turns import COLUMNS

HOURS = [_("akkoord (min)"), _("akkoord (uur)"), _("ingediend (min)"), _("nodig (min)")]
MEETINGS = [_("bijgewoond"), _("nodig")]
PARTS = {"study": HOURS, "work": HOURS, "lessons": MEETINGS, "intervision": MEETINGS}
STATES = dict(Enrolment.STATES)


def headings():
    """One heading a cell of ``cells``, in its order."""
    found = [_("Naam"), _("Stand"), _("Certificaat kan")]
    for key in COLUMNS:
        label = CriterionKey(key).label
        found += [f"{label} {part}" for part in [*PARTS.get(key, []), _("behaald")]]
    return [*found, _("Wat er nog mist"), _("Wie is aan zet")]


def cells(enrolment):
    """One person: minutes as whole numbers and as hours, a yes or no for each criterion."""
    by_key = {line["key"]: line for line in progress.lines(enrolment)}
    lines = [by_key[key] for key in COLUMNS]
    open_lines = [line for line in lines if not line["met"]]
    ready = enrolment.criteria_met and enrolment.status == "active"
    row = [enrolment.participant.name, STATES[enrolment.state], _yes(ready)]
    for line in lines:
        row += _figures(line) + [_met(line)]
    why = " ".join(f"{line['label']}: {line['explanation']}" for line in open_lines)
    actors = dict.fromkeys(line["waiting_on"] for line in open_lines)
    return [*row, why, ", ".join(str(ACTORS[actor]) for actor in actors)]


def _figures(line):
    if line["unit"] == "minutes":
        figures = [line["achieved"], sheets.hours(line["achieved"])]
        return [*figures, line["submitted"], line["required"]]
    return [line["achieved"], line["required"]] if line["unit"] == "meetings" else []


def _met(line):
    if line["exempted"]:
        return _("vrijstelling")
    if line["lowered_by"]:
        return _("%s, met vrijstelling") % _yes(line["met"])
    return _yes(line["met"])


def _yes(value):
    return _("ja") if value else _("nee")
