"""Tables as CSV and XLSX: read by a Dutch Excel, and no cell is a formula in either."""

import csv
import datetime as dt
import io
from decimal import Decimal

import openpyxl
import pytest
from django.core.exceptions import ValidationError
from hypothesis import given, settings
from hypothesis import strategies as st

from participants import sheets

SIGNS = "=+-@＝＋－＠﹦﹢﹣﹫−"
BEFORE = ["", " ", "  ", "\t", "\r", "\n", "\r\n", "\x00"]
BEFORE += ["\xa0", "\u3000", "\u200b", "\ufeff", "\u202e"]


def read_csv(content):
    assert content.startswith("\ufeff".encode())
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))


def read_xlsx(content):
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    return [list(row) for row in sheet]


def as_csv(*rows):
    return b"".join(sheets.as_csv(["Kop"], rows))


def as_xlsx(*rows):
    return b"".join(sheets.as_xlsx(["Kop"], rows))


@pytest.mark.parametrize("sign", SIGNS)
@pytest.mark.parametrize("before", BEFORE)
def test_no_sign_starts_a_formula_whatever_stands_before_it(sign, before):
    assert sheets.safe(f"{before}{sign}cmd").startswith("'")


@pytest.mark.parametrize("text", ["\tnaam", "\rnaam", "\nnaam"])
def test_what_begins_with_a_tab_or_line_end_is_text(text):
    assert sheets.safe(text).startswith("'")


@pytest.mark.parametrize(
    "text", ["", "Ayşe-Nur van 't Hof", "1-2-2025", "a=b", "jan@leerlijn.example", "Öz", "42"]
)
def test_usual_text_stays_as_it_is(text):
    assert sheets.safe(text) == text


@settings(max_examples=60)
@given(st.text(max_size=12))
def test_whatever_people_type_is_no_formula_in_either_form(text):
    [_head, *rows] = read_csv(as_csv([text]))
    [[cell]] = rows or [[""]]
    assert cell.strip("\u200b\ufeff\xad \t\n")[:1] not in set(SIGNS) or not cell.strip()
    [[_head], [held]] = read_xlsx(as_xlsx([text]))
    assert held.data_type != "f"
    assert (held.value or "") == cell or held.data_type == "e"


def test_csv_says_days_numbers_and_yes_as_one_types_them_here():
    moment = dt.datetime(2025, 3, 1, 23, 30, tzinfo=dt.UTC)
    row = [dt.date(2025, 3, 4), 12, Decimal("1.50"), True, False, None, moment, -3]
    [_head, typed] = read_csv(as_csv(row))
    assert typed == ["4-3-2025", "12", "1,50", "ja", "nee", "", "2-3-2025 00:30", "-3"]


def test_excel_keeps_numbers_as_numbers_and_days_as_days():
    _head, held = read_xlsx(as_xlsx([dt.date(2025, 3, 4), 12, Decimal("1.50"), "=1+1"]))
    assert [cell.value for cell in held] == [dt.datetime(2025, 3, 4), 12, 1.5, "'=1+1"]
    assert held[0].number_format == "d-m-yyyy"


@pytest.mark.parametrize("number", [0, 1, 499, 500, 501])
def test_every_row_comes_out_once_whatever_the_pieces(number):
    rows = [[n] for n in range(number)]
    assert [row[0] for row in read_csv(as_csv(*rows))[1:]] == [str(n) for n in range(number)]
    assert [row[0].value for row in read_xlsx(as_xlsx(*rows))[1:]] == list(range(number))


def test_rows_are_asked_for_while_the_file_is_read():
    asked = []
    pieces = sheets.as_csv(["Kop"], (asked.append(n) or [n] for n in range(1200)))
    next(pieces)
    assert len(asked) == 500


def test_more_than_excel_holds_is_refused(monkeypatch):
    monkeypatch.setattr(sheets, "MOST_ROWS", 2)
    as_xlsx([1], [2])
    with pytest.raises(ValidationError) as refusal:
        as_xlsx([1], [2], [3])
    assert refusal.value.code == "too_many_rows"


@pytest.mark.parametrize(
    ("minutes", "hours"),
    [(0, "0.00"), (20, "0.33"), (90, "1.50"), (3599, "59.98"), (3600, "60.00")],
)
def test_hours_are_never_rounded_up(minutes, hours):
    assert str(sheets.hours(minutes)) == hours
