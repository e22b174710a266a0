"""What of the overview can be taken along: where everybody stands, and the accounting."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from participants import progress, sheets
from participants.enrolments.models import Enrolment
from participants.exports.kinds import Eyes, Found, in_words, table, taken_along
from participants.overview import spreadsheet, turns
from participants.overview.accounting_sheets import workbook
from participants.overview.filters import CohortFilter
from participants.overview.forms import AccountingForm
from participants.paper.accounting import accounting_pdf


@taken_along("overview", _("Waar staat iedereen"))
def overview(cohort, asked, by):
    """The people of the table, in its order."""
    people = progress.of(Enrolment.objects.visible_to(by).filter(cohort=cohort).with_state())
    actors = turns.actors_of(by, cohort)
    chosen = CohortFilter(asked, people, request=Eyes(by), actors=actors)
    rows = chosen.qs.select_related("participant")
    narrowed = in_words(chosen)
    return table(spreadsheet.headings(), rows, spreadsheet.cells, narrowed=narrowed)


@taken_along("accounting", _("Verantwoording"), forms=("pdf", "xlsx"))
def accounting(cohort, asked, by):
    """The figures of a period; raises ValidationError for dates that cannot be."""
    form = AccountingForm.of(cohort, asked)
    if not form.is_valid():
        raise ValidationError(
            [message for messages in form.errors.values() for message in messages]
        )
    facts = form.facts(cohort)
    made = {"pdf": lambda: [accounting_pdf(facts)], "xlsx": lambda: workbook(facts)}
    return Found(facts["sample"]["out_of"], made, _period(form))


def _period(form):
    known = form.cleaned_data
    return _("%(first)s tot en met %(last)s") % {
        "first": sheets.day(known["van"]),
        "last": sheets.day(known["tot"]),
    }
