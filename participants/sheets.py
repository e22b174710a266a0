"""Tables for a spreadsheet, as CSV or XLSX, made piece by piece: no cell starts a formula.

CSV as a Dutch Excel opens it by itself: a mark for UTF-8, semicolons, d-m-jjjj, a comma in
decimals. Rows hold text, whole numbers, Decimals, dates, booleans or None.
"""

import csv
import datetime as dt
import io
import re
import tempfile
from decimal import Decimal
from functools import lru_cache

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

BOM = "\ufeff"
ROWS_A_PIECE = 500
PIECE_BYTES = 64 * 1024
MOST_ROWS = 1_048_575  # of one sheet in Excel, under its headings
LONGEST = 32_767  # characters of one cell in Excel
FIRST_WIDTH, WIDTH = 32, 20  # characters of a column
COLUMNS = 40  # of the widest sheet; more only have the usual width
BOLD = Font(bold=True)
# What a spreadsheet refuses or leaves out; a line end within a cell is kept as one.
CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff]")
# A formula may come after what cannot be seen; full-width signs are signs to some programs.
UNSEEN = r"\s\xad\u180e\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff"
FORMULA = re.compile(rf"[{UNSEEN}]*[-=+@＝＋－＠﹦﹢﹣﹫−]")


def safe(cell):
    """``cell`` as text that no spreadsheet takes for a formula, nor for the end of a row."""
    text = cell if type(cell) is str else str(cell)
    if text.isprintable() and text[:1].isalnum():
        return text  # as good as every cell: a name, a word, a date
    text = CONTROLS.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    return f"'{text}" if text.startswith(("\t", "\n")) or FORMULA.match(text) else text


@lru_cache(maxsize=4096)
def hours(minutes):
    """Hours with two decimals, cut off: 59 hours 59 minutes is never 60,00."""
    return Decimal(minutes * 100 // 60).scaleb(-2)


@lru_cache(maxsize=4096)
def day(date):
    """A date as it is typed here: d-m-jjjj."""
    return f"{date.day}-{date.month}-{date.year}"


def as_csv(headings, rows):
    """The bytes of the file, some hundreds of rows at a time, however many there are."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=";")
    buffer.write(BOM)
    writer.writerow([safe(heading) for heading in headings])
    for number, row in enumerate(rows, start=1):
        writer.writerow([_typed(cell) for cell in row])
        if number % ROWS_A_PIECE == 0:
            yield _drained(buffer)
    yield _drained(buffer)


def as_xlsx(headings, rows):
    """The bytes of a workbook of one sheet; see ``workbook``."""
    return workbook([("Lijst", headings, rows)])


def workbook(sheets):
    """The bytes of a workbook of ``sheets``: (title, first row, other rows), in pieces.

    While rows are taken in, the pieces are empty. The file in between is gone afterwards.
    Raises ValidationError (``too_many_rows``) where Excel cannot hold them.
    """
    written = Workbook(write_only=True)
    for title, first, rows in sheets:
        yield from _filled(written.create_sheet(title), first, rows)
    with tempfile.TemporaryFile() as file:
        written.save(file)
        file.seek(0)
        while piece := file.read(PIECE_BYTES):
            yield piece


def _filled(sheet, first, rows):
    """The first row in bold; it stays in sight."""
    sheet.freeze_panes = "A2"
    for place in range(1, COLUMNS + 1):
        width = FIRST_WIDTH if place == 1 else WIDTH
        sheet.column_dimensions[get_column_letter(place)].width = width
    try:
        sheet.append([_bold(sheet, cell) for cell in first])
        for number, row in enumerate(rows, start=1):
            if number > MOST_ROWS:
                raise ValidationError(
                    _("Dit is te veel voor één Excel-bestand. Kies CSV."), code="too_many_rows"
                )
            sheet.append([_held(sheet, cell) for cell in row])
            if number % ROWS_A_PIECE == 0:
                yield b""
    finally:
        sheet.close()  # also when nobody reads on


def _bold(sheet, cell):
    bold = WriteOnlyCell(sheet, cell if isinstance(cell, int) else safe(cell))
    bold.font = BOLD
    return bold


def _drained(buffer):
    piece = buffer.getvalue().encode()
    buffer.seek(0)
    buffer.truncate()
    return piece


def _typed(cell):
    """``cell`` as somebody here would have typed it."""
    if type(cell) is int:  # most cells are numbers or text
        return cell
    if isinstance(cell, str):
        return safe(cell)
    if cell is None or isinstance(cell, bool):
        return _said(cell)
    if isinstance(cell, Decimal):
        return str(cell).replace(".", ",")
    return cell if isinstance(cell, int) else _moment(cell)


def _held(sheet, cell):
    """``cell`` as Excel keeps it: numbers as numbers and days as days."""
    if isinstance(cell, dt.date) and not isinstance(cell, dt.datetime):
        dated = WriteOnlyCell(sheet, cell)
        dated.number_format = "d-m-yyyy"
        return dated
    if isinstance(cell, (int, Decimal)) and not isinstance(cell, bool):
        return cell
    return str(_typed(cell))[:LONGEST]


def _said(cell):
    return "" if cell is None else _("ja") if cell else _("nee")


def _moment(cell):
    if isinstance(cell, dt.datetime):
        local = timezone.localtime(cell)
        return f"{day(local.date())} {local:%H:%M}"
    return day(cell) if isinstance(cell, dt.date) else safe(cell)
