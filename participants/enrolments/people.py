"""One row of a list of people: what its cells mean, and what is wrong with each of them.

The rows go through django-import-export, which gathers what every field of every row refuses.
Nothing is saved here: people come in by the actions that pages and API use.
"""

import datetime as dt
import re
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _
from import_export.fields import Field
from import_export.instance_loaders import BaseInstanceLoader
from import_export.resources import Resource
from import_export.widgets import Widget
from tablib import Dataset

from participants.accounts import names, phones
from participants.accounts.models import User
from participants.enrolments.models import Enrolment

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
FIELDS = ("name", "email", "phone", "starts_on")
MOBILE_WITHOUT_ZERO = re.compile(r"6\d{8}")  # a sheet takes 0612345678 for a number


@dataclass
class Line:
    """One person of the list: as typed, and what will happen."""

    number: int
    name: str = ""
    email: str = ""
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


def columns_of(headings):
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


def read(rows, columns, cohort):
    """``(Lines, problems)`` of ``rows``, (number, cells); a problem is (row number, sentence)."""
    table = Dataset(headers=["number", *FIELDS])
    for number, cells in rows:
        known = {key: cells[at] for key, at in columns if at < len(cells)}
        table.append([number, _full_name(known), *(known.get(key, "") for key in FIELDS[1:])])
    outcome = PeopleResource(cohort).import_data(table, dry_run=True)
    for row in outcome.rows:
        for broken in row.errors:
            raise broken.error  # no fault of the list
    problems = [
        (invalid.values[0], sentence)
        for invalid in outcome.invalid_rows
        for sentences in invalid.error_dict.values()
        for sentence in sentences
    ]
    return [row.instance for row in outcome.valid_rows()], problems


class Read(Widget):
    """A cell by a function of ours, whose refusal becomes one of the row."""

    def __init__(self, reader):
        super().__init__()
        self.reader = reader

    def clean(self, value, row=None, **kwargs):
        try:
            return self.reader(value)
        except ValidationError as refusal:
            raise ValueError(" ".join(refusal.messages)) from refusal


class PeopleResource(Resource):
    """Rows become Lines; those of ``cohort`` begin on one of its days."""

    number = Field("number", "number")
    name = Field("name", "name", widget=Read(names.cleaned))

    class Meta:
        import_id_fields = ("number",)
        force_init_instance = store_instance = store_row_values = skip_diff = use_bulk = True
        using_db = "default"
        instance_loader_class = BaseInstanceLoader

    def __init__(self, cohort):
        super().__init__()
        for key, reader in (("email", _email), ("phone", _phone), ("starts_on", self._first_day)):
            self.fields[key] = Field(key, key, widget=Read(reader))
        self.cohort = cohort

    def init_instance(self, row=None):
        return Line(number=row["number"])

    def save_instance(self, instance, is_create, row, **kwargs):
        """Nothing yet: see ``importing.run``."""

    def _first_day(self, text):
        return _first_day(text, self.cohort)


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
