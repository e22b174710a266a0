"""Hours to take along: every entry that staff sees, never a draft or a private note."""

from django.utils.translation import gettext_lazy as _

from participants import sheets
from participants.exports.kinds import Eyes, in_words, table, taken_along
from participants.hours.filters import HourEntryFilter
from participants.hours.models import HourEntry

HEADINGS = (
    *(_("Naam"), _("Dag"), _("Soort"), _("Minuten"), _("Uren"), _("Wat"), _("Leerplek")),
    *(_("Stand"), _("Ingediend op"), _("Beoordeeld op")),
)
COLUMNS = (
    *("enrolment__participant__name", "date", "kind", "minutes", "description"),
    *("placement__place__organisation", "status", "submitted_at", "reviewed_at"),
)
SAID = dict(HourEntry.Kind.choices) | dict(HourEntry.Status.choices)


@taken_along("hours", _("Uren"))
def hours(cohort, asked, by):
    """The latest day first within a person, people by name."""
    seen = HourEntry.objects.visible_to(by).handed_in().filter(enrolment__cohort=cohort)
    chosen = HourEntryFilter(asked, seen, request=Eyes(by))
    rows = chosen.qs.order_by("enrolment__participant__name_key", "enrolment", "-date", "-pk")
    return table(HEADINGS, rows.values_list(*COLUMNS), cells, narrowed=in_words(chosen))


def cells(row):
    """The cells of one entry, for ``HEADINGS``."""
    name, day, kind, minutes, what, place, status, *moments = row
    return [
        *(name, day, SAID[kind], minutes, sheets.hours(minutes), what, place, SAID[status]),
        *moments,
    ]
