"""A list of people becomes enrolments: all of them, or none and every reason why not."""

import datetime as dt
import re
from dataclasses import dataclass, field

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models.functions import Lower
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from participants.accounts import actions as accounts
from participants.accounts import names, phones
from participants.accounts.models import User
from participants.enrolments import actions, namesakes, spreadsheets
from participants.enrolments.models import Enrolment
from participants.tracks.models import Cohort

HEADINGS = {
    "name": "naam volledigenaam voorenachternaam deelnemer name",
    "given": "voornaam roepnaam",
    "prefix": "tussenvoegsel tussenvoegsels voorvoegsel",
    "family": "achternaam familienaam",
    "email": "email emailadres mail mailadres emailadress epost",
    "phone": "telefoon telefoonnummer tel telnr mobiel mobielnummer mobieletelefoon gsm",
    "starts_on": "vanaf startdatum start begindatum begintop doetmeevanaf",
}
KNOWN = {word: key for key, words in HEADINGS.items() for word in words.split()}
DAY = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})")
ISO_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
MOBILE_WITHOUT_ZERO = re.compile(r"6\d{8}")  # a sheet takes 0612345678 for a number


@dataclass
class Line:
    """One person of the list: as typed, and what will happen."""

    number: int
    name: str
    email: str
    phone: str = ""
    starts_on: dt.date | None = None
    person: User | None = None  # an account that exists already
    enrolment: Enrolment | None = None  # already in this cohort

    @property
    def outcome(self):
        """What the import does with this line, in words."""
        if self.enrolment:
            return _("stond er al, blijft zo")
        return _("bekend account, komt erbij") if self.person else _("nieuw account")


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
    columns, ignored = _columns(rows[0][1])
    result = Plan(cohort=cohort, ignored=ignored)
    for number, cells in rows[1:]:
        _read(result, number, {key: cells[at] for key, at in columns if at < len(cells)})
    if not rows[1:]:
        result.problems.append((1, _("Onder de kopjes staan nog geen namen.")))
    _recognise(result, by)
    result.namesakes = namesakes.among(_everybody(result))
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
        people = [
            {"name": line.name, "email": line.email, "phone": line.phone} for line in strangers
        ]
        for line, user in zip(strangers, accounts.register_all(people, by=by), strict=True):
            line.person = user
    people = [(line.person, line.starts_on) for line in planned.new]
    return actions.enrol_all(people, planned.cohort, by=by)


def _columns(headings):
    """(key, position) of the columns that we know, and the headings that we leave alone."""
    columns, ignored = [], []
    for at, heading in enumerate(headings):
        key = KNOWN.get(re.sub(r"[^a-z]", "", heading.lower()))
        if key and key not in dict(columns):
            columns.append((key, at))
        elif heading:
            ignored.append(heading)
    found = dict(columns)
    if "email" not in found or not {"name", "given", "family"} & set(found):
        raise ValidationError(
            _("De bovenste regel moet de kopjes naam en e-mail hebben. Zet ze erboven."),
            code="headings_missing",
        )
    return columns, ignored


def _read(result, number, cells):
    """Add the row as a Line, or each of its problems."""
    said = []

    def asked(reader, *args):
        try:
            return reader(*args)
        except ValidationError as refusal:
            said.extend(refusal.messages)

    line = Line(
        number=number,
        name=asked(names.cleaned, _full_name(cells)),
        email=asked(_email, cells.get("email", "")),
        phone=asked(_phone, cells.get("phone", "")),
        starts_on=asked(_first_day, cells.get("starts_on", ""), result.cohort),
    )
    result.problems += [(number, sentence) for sentence in said]
    if not said:
        result.lines.append(line)


def _full_name(cells):
    parts = [cells.get("name", "")] if cells.get("name") else []
    parts = parts or [cells.get(key, "") for key in ("given", "prefix", "family")]
    return " ".join(part for part in parts if part)


def _email(text):
    email = text.removeprefix("mailto:").strip().lower()
    if not email:
        raise ValidationError(_("Er staat geen e-mailadres. Vul het in."))
    try:
        validate_email(email)
    except ValidationError:
        raise ValidationError(
            _("“%s” is geen e-mailadres. Kijk of er een teken te veel of te weinig staat.") % text
        ) from None
    return email


def _phone(text):
    return phones.cleaned(f"0{text}" if MOBILE_WITHOUT_ZERO.fullmatch(text) else text)


def _first_day(text, cohort):
    """The date, or None for the first day of the cohort."""
    if not text:
        return None
    day = _date(text)
    if not cohort.starts_on <= day <= cohort.ends_on:
        raise ValidationError(
            _("“%s” ligt niet in de lichting. Kies een dag tussen het begin en het einde.") % text
        )
    return day


def _date(text):
    if match := DAY.fullmatch(text):
        day, month, year = map(int, match.groups())
    elif match := ISO_DAY.fullmatch(text):
        year, month, day = map(int, match.groups())
    else:
        raise _unreadable_date(text)
    try:
        return dt.date(year, month, day)
    except ValueError:
        raise _unreadable_date(text) from None


def _unreadable_date(text):
    return ValidationError(
        _("“%s” is geen datum die we kunnen lezen. Schrijf bijvoorbeeld 4-11-2026.") % text
    )


def _recognise(result, by):
    """Find who has an account or takes part already, and who stands in the list twice."""
    addresses = [line.email for line in result.lines]
    known = User.objects.annotate(address=Lower("email")).filter(address__in=addresses)
    people = {user.address: user for user in known}
    enrolled = {
        enrolment.participant_id: enrolment
        for enrolment in result.cohort.enrolments.filter(participant__in=people.values())
    }
    first_seen = {}
    for line in result.lines:
        line.person = people.get(line.email)
        line.enrolment = enrolled.get(line.person.pk) if line.person else None
        if sentence := _objection(line, first_seen.setdefault(line.email, line.number), by):
            result.problems.append((line.number, sentence))
    result.problems.sort()


def _everybody(result):
    """{address: name} of the cohort as it would be."""
    there = result.cohort.enrolments.values_list("participant__email", "participant__name")
    people = {email.lower(): name for email, name in there}
    return people | {line.email: line.name for line in result.lines}


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
