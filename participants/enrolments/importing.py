"""A list of people becomes enrolments: all of them, or none and every reason why not."""

from dataclasses import dataclass, field

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models.functions import Lower
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from participants.accounts import actions as accounts
from participants.accounts.models import User
from participants.accounts.names import folded
from participants.enrolments import actions, namesakes, people, spreadsheets
from participants.enrolments.models import Enrolment
from participants.tracks.models import Cohort


@dataclass
class Plan:
    """What an import would do; ``problems`` are (row number, sentence) and stop all of it."""

    cohort: Cohort
    lines: list = field(default_factory=list)
    problems: list = field(default_factory=list)
    ignored: list = field(default_factory=list)  # headings that are not taken over
    namesakes: list = field(default_factory=list)  # to look at; they stop nothing

    @property
    def new(self):
        return [line for line in self.lines if not line.enrolment]

    @property
    def unchanged(self):
        return [line for line in self.lines if line.enrolment]

    @property
    def adds_nobody(self):
        """Whether everybody in a list without problems stands in the cohort already."""
        return not self.problems and not self.new

    def summary(self):
        """One sentence with the counts."""
        new = ngettext("%d mens komt erbij", "%d mensen komen erbij", len(self.new))
        there = ngettext("%d stond er al", "%d stonden er al", len(self.unchanged))
        return f"{new % len(self.new)}, {there % len(self.unchanged)}."


def plan(content, cohort, *, by):
    """The Plan for the bytes of a CSV or Excel file; changes nothing.

    Raises PermissionDenied unless ``by`` coordinates the cohort, and ValidationError when the
    file as a whole cannot be read.
    """
    if not Cohort.objects.coordinated_by(by).filter(pk=cohort.pk).exists():
        raise PermissionDenied
    rows = spreadsheets.rows_of(content)
    columns, ignored = people.columns_of(rows[0][1])
    lines, problems = people.read(rows[1:], columns, cohort)
    result = Plan(cohort=cohort, lines=lines, problems=problems, ignored=ignored)
    if not rows[1:]:
        result.problems.append((1, _("Onder de kopjes staan nog geen namen.")))
    _recognise(result, by)
    result.namesakes = namesakes.among(_everybody(result, by))
    return result


@transaction.atomic
def run(planned, *, by):
    """Carry out a Plan without problems; returns the new enrolments.

    Raises PermissionDenied unless ``by`` coordinates the cohort, and ValidationError
    (``has_problems``, or when somebody else added one of these people just now).
    """
    if planned.problems:
        raise ValidationError(
            _("Er is niets toegevoegd. Los eerst de punten in de lijst op."), code="has_problems"
        )
    if not planned.new:
        return actions.enrol_all([], planned.cohort, by=by)
    strangers = [line for line in planned.new if not line.person]
    if strangers:
        facts = [
            {"name": line.name, "email": line.email, "phone": line.phone} for line in strangers
        ]
        for line, user in zip(strangers, accounts.register_all(facts, by=by), strict=True):
            line.person = user
    joining = [(line.person, line.starts_on) for line in planned.new]
    return actions.enrol_all(joining, planned.cohort, by=by)


def _recognise(result, by):
    """Find who has an account or takes part already, and who stands in the list twice."""
    addresses = [line.email for line in result.lines]
    known = User.objects.annotate(address=Lower("email")).filter(address__in=addresses)
    accounts_of = {user.address: user for user in known}
    enrolled = {
        enrolment.participant_id: enrolment
        for enrolment in result.cohort.enrolments.filter(participant__in=accounts_of.values())
    }
    first_seen = {}
    for line in result.lines:
        line.person = accounts_of.get(line.email)
        line.enrolment = enrolled.get(line.person.pk) if line.person else None
        if sentence := _objection(line, first_seen.setdefault(line.email, line.number), by):
            result.problems.append((line.number, sentence))
    result.problems.sort()


def _everybody(result, by):
    """{address: name} of the cohort as it would be, and of whom ``by`` sees with such a name."""
    there = result.cohort.enrolments.values_list("participant__email", "participant__name")
    new = {folded(line.name) for line in result.lines if not line.person}
    alike = Enrolment.objects.visible_to(by).filter(participant__name_key__in=new)
    seen = alike.values_list("participant__email", "participant__name")
    known = {email.lower(): name for email, name in [*there, *seen]}
    return known | {line.email: line.name for line in result.lines}


def _objection(line, first_number, by):
    """Why this line cannot go in as it stands, or None."""
    if first_number != line.number:
        return _("%(email)s staat ook op regel %(number)d. Laat één regel staan.") % {
            "email": line.email,
            "number": first_number,
        }
    if line.person == by and not line.enrolment:
        return _("Dit ben jij zelf. Vraag een andere coördinator om jou toe te voegen.")
    if line.enrolment and line.enrolment.status in (
        Enrolment.Status.APPLIED,
        Enrolment.Status.DECLINED,
    ):
        return _(
            "%s staat bij de aanmeldingen. Besluit daar eerst over, of haal deze regel weg."
        ) % (line.name)
    return None
