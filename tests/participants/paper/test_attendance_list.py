import datetime as dt

import pypdfium2
import pytest

from participants.paper.attendance_list import attendance_list_pdf
from tests.pdfa import faults

FACTS = {
    "title": "Grenzen stellen",
    "kind": "les",
    "date": "2026-11-25",
    "starts_at": dt.time(10),
    "ends_at": dt.time(12, 30),
    "place": "Huis van de Wijk Zuiderlicht",
    "cohorts": ["Lichting 2026-2027, Leerlijn Buurtteams"],
    "provider": "Stichting De Leerkring",
    "names": [f"Marisol Martina {turn}" for turn in range(60)],
}
LONG = "Wilhelmina Francisca Oyelaran van den Heuvel-Beukenrodestein"
MANY = ["Lichting 2026-2027, Leerlijn Buurtteams"] * 8


def sheets(pdf):
    with pypdfium2.PdfDocument(pdf) as document:
        return [" ".join(each.get_textpage().get_text_bounded().split()) for each in document]


@pytest.mark.parametrize(
    "facts",
    [
        FACTS,
        FACTS | {"names": []},
        FACTS | {"names": [LONG, "Işıl Gül", "Trần Thị Diễm", "漢 🌱"], "title": LONG * 2},
        FACTS | {"starts_at": None, "ends_at": None, "place": "", "cohorts": MANY},
    ],
    ids=["many", "none", "names", "bare"],
)
def test_presence_list_keeps_both_standards(facts):
    assert faults(attendance_list_pdf(facts)) == []


def test_everybody_has_a_line_and_each_sheet_its_head():
    pages = sheets(attendance_list_pdf(FACTS))
    assert len(pages) > 2
    assert all("Naam Van - tot Handtekening" in page for page in pages)
    assert sum(page.count("Marisol Martina") for page in pages) == 60
    assert "Les op 25 november 2026, 10.00 tot 12.30 uur" in pages[0]
    assert "Wie gaf deze bijeenkomst?" in pages[-1]


def test_a_list_of_nobody_says_so():
    assert "nog niemand op de lijst" in sheets(attendance_list_pdf(FACTS | {"names": []}))[0]


def test_there_is_room_to_sign():
    # A sheet of A4 is 297 mm high: twenty lines and a head leave a centimetre for each.
    assert max(page.count("Marisol Martina") for page in sheets(attendance_list_pdf(FACTS))) <= 20


def test_same_facts_give_the_same_bytes():
    assert attendance_list_pdf(FACTS) == attendance_list_pdf(FACTS)
