"""Presence to take along: a row a person a meeting, of registers that are closed."""

from django.utils.translation import gettext_lazy as _

from participants.exports.kinds import Eyes, in_words, table, taken_along
from participants.sessions.filters import SessionFilter
from participants.sessions.models import Attendance, Session

HEADINGS = (
    *(_("Dag"), _("Soort"), _("Onderwerp"), _("Naam"), _("Er"), _("Deed mee")),
    *(_("Minuten"), _("Ingehaald op")),
)
COLUMNS = (
    *("session__date", "session__kind", "session__title", "enrolment__participant__name"),
    *("status", "actively_participated", "minutes", "caught_up_on"),
)
SAID = dict(Session.Kind.choices) | dict(Attendance.Status.choices)


@taken_along("attendance", _("Aanwezigheid"))
def attendance(cohort, asked, by):
    """The first meeting first, people by name."""
    meetings = Session.objects.visible_to(by).filter(cohorts=cohort)
    chosen = SessionFilter(asked, meetings, request=Eyes(by))
    rows = Attendance.objects.counting().visible_to(by).filter(enrolment__cohort=cohort)
    rows = rows.filter(session__in=chosen.qs.order_by().values("pk")).order_by(
        "session__date", "session", "enrolment__participant__name_key", "pk"
    )
    return table(HEADINGS, rows.values_list(*COLUMNS), cells, narrowed=in_words(chosen))


def cells(row):
    """The cells of one person at one meeting, for ``HEADINGS``."""
    day, kind, title, name, status, *rest = row
    return [day, SAID[kind], title, name, SAID[status], *rest]
