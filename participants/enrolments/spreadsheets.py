"""Reads a list of people from CSV or Excel, as offices make them, into plain rows of text."""

import csv
import datetime as dt
import io
import tempfile
import zipfile
from xml.etree.ElementTree import ParseError

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from participants.files.archives import Archive

LARGEST_BYTES = 5 * 1024 * 1024
MOST_ROWS = 1000
ZIP_START = b"PK\x03\x04"
# The archive knows files in general; who has a list needs other advice than a smaller PDF.
ADVICE = {
    "damaged": gettext_noop(
        "Deze lijst is beschadigd. Open hem, bewaar de lijst opnieuw als CSV en kies die."
    ),
    "encrypted": gettext_noop(
        "Deze lijst heeft een wachtwoord. Bewaar de lijst opnieuw zonder wachtwoord en kies die."
    ),
    "too_much_inside": gettext_noop(
        "Deze lijst wordt te groot als we hem openen. Bewaar de lijst opnieuw als CSV en kies die."
    ),
}
UNREADABLE_EXCEL = (
    zipfile.BadZipFile,
    InvalidFileException,
    AttributeError,  # a workbook without a sheet
    KeyError,
    ValueError,
    TypeError,
    OSError,
    ParseError,
)


def rows_of(content):
    """``(row number, cells)`` for every row with something in it; the first is the headings.

    ``content`` are the bytes of a CSV (commas, semicolons or tabs; UTF-8 or Windows-1252) or of
    an Excel file (.xlsx). Raises ValidationError, which says what to do.
    """
    if len(content) > LARGEST_BYTES:
        raise _refusal(
            _(
                "Deze lijst is groter dan 5 MB. Bewaar de lijst opnieuw als CSV, met alleen de "
                "namen van deze lichting."
            ),
            "too_large",
        )
    read = _from_excel if content.startswith(ZIP_START) else _from_csv
    rows = [(number, cells) for number, cells in read(content) if any(cells)]
    if not rows:
        raise _refusal(_("Dit bestand is leeg. Kies een bestand met namen erin."), "empty_file")
    if len(rows) > MOST_ROWS:
        raise _refusal(
            _("In dit bestand staan meer dan %d regels. Knip het in stukken.") % MOST_ROWS,
            "too_many_rows",
        )
    return rows


def _from_csv(content):
    text = _decoded(content)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    number = 1
    try:
        for row in reader:
            yield number, [cell.strip() for cell in row]
            number = reader.line_num + 1  # a cell may hold line ends
    except csv.Error as unreadable:
        raise _refusal(
            _("Regel %d is niet te lezen. Sla het bestand opnieuw op als CSV.") % number,
            "unreadable",
        ) from unreadable


def _decoded(content):
    """Text in UTF-8, with or without its mark, else in the Windows-1252 of older Excel."""
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise _refusal(
        _("Dit bestand is geen lijst die we kunnen lezen. Sla het op als CSV of als .xlsx."),
        "unreadable",
    )


def _delimiter(text):
    """The mark that stands most often in the first line that has something in it."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    return max(";,\t", key=first.count)


def _from_excel(content):
    """The first sheet. Its sizes are judged before anything is unpacked in memory."""
    _judge(content)
    try:
        sheet = load_workbook(io.BytesIO(content), read_only=True, data_only=True).active
        sheet.reset_dimensions()  # what a program wrote about the size of the sheet may be wrong
        rows = list(sheet.iter_rows(values_only=True))
    except UNREADABLE_EXCEL as broken:
        raise _refusal(
            _("Dit bestand is niet te lezen als Excel. Sla het opnieuw op als .xlsx of als CSV."),
            "unreadable",
        ) from broken
    for number, cells in enumerate(rows, start=1):
        yield number, [_text(cell) for cell in cells]


def _judge(content):
    """Refuse what is broken, locked or far larger than it looks, with advice for a list."""
    with tempfile.TemporaryFile() as file:
        file.write(content)
        file.flush()
        try:
            archive = Archive(file)
            for name in archive.names:
                archive.content(name)
        except ValidationError as refused:
            raise _refusal(_(ADVICE[refused.code]), refused.code) from refused


def _text(cell):
    """A cell as somebody would have typed it."""
    if cell is None:
        return ""
    if isinstance(cell, dt.datetime | dt.date):
        return f"{cell.day}-{cell.month}-{cell.year}"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()


def _refusal(sentence, code):
    return ValidationError(sentence, code=code)
