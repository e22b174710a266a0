import pypdfium2
import pytest

from participants.paper.hours_statement import hours_statement_pdf, totals
from participants.paper.plan import plan_pdf
from tests.participants.paper.example import PLAN, STATEMENT
from tests.pdfa import faults

NOVEL = "Ik leerde elke dag iets over luisteren en over vragen stellen. " * 90


def sheets(pdf):
    with pypdfium2.PdfDocument(pdf) as document:
        return [" ".join(each.get_textpage().get_text_bounded().split()) for each in document]


def with_entries(*changes):
    return STATEMENT | {"entries": [STATEMENT["entries"][0] | change for change in changes]}


@pytest.mark.parametrize(
    "facts",
    [
        STATEMENT,
        STATEMENT | {"entries": []},
        with_entries({"description": NOVEL}, {"description": ""}),
        STATEMENT | {"name": "Wilhelmina Francisca Oyelaran van den Heuvel-Beukenrodestein"},
    ],
    ids=["many", "none", "novel", "name"],
)
def test_hours_statement_keeps_both_standards(facts):
    assert faults(hours_statement_pdf(facts)) == []


@pytest.mark.parametrize(
    "facts",
    [PLAN, PLAN | {"sections": []}, PLAN | {"sections": [{"heading": NOVEL[:400], "text": ""}]}],
    ids=["long", "empty", "heading"],
)
def test_plan_keeps_both_standards(facts):
    assert faults(plan_pdf(facts)) == []


def test_hours_statement_has_every_entry_and_its_head_on_each_sheet_with_entries():
    pages = sheets(hours_statement_pdf(STATEMENT))
    assert len(pages) > 2
    assert all("Datum Soort Wat Akkoord van Uren" in page for page in pages)
    assert sum(page.count("Karim Bensaïd") for page in pages) == len(STATEMENT["entries"])
    assert [f"Bladzijde {turn}" in page for turn, page in enumerate(pages, 1)] == [True] * len(
        pages
    )


def test_hours_statement_adds_up_to_the_minute_per_kind():
    facts = with_entries({"kind": "Werk", "minutes": 59}, {"kind": "Studie", "minutes": 61})
    assert totals(facts["entries"]) == [("Werk", "0:59"), ("Studie", "1:01")]
    (page,) = sheets(hours_statement_pdf(facts))
    assert "Werk 0:59 Studie 1:01" in page and "2:00" not in page


def test_hours_statement_without_hours_says_so():
    (page,) = sheets(hours_statement_pdf(STATEMENT | {"entries": []}))
    assert "geen goedgekeurde uren" in page


def lines_a_sheet(pdf):
    """How many lines stand on each sheet, its foot aside."""
    with pypdfium2.PdfDocument(pdf) as document:
        return [len(each.get_textpage().get_text_bounded().splitlines()) - 1 for each in document]


def test_no_entry_and_no_sentence_stands_alone_on_the_next_sheet():
    counts = set()
    for count in range(18, 32):
        facts = with_entries(*[{"description": "Inloop"}] * count)
        first, *rest = sheets(hours_statement_pdf(facts))
        assert first.count("Inloop") + sum(page.count("Inloop") for page in rest) == count
        for page in rest:
            counts.add(page.count("Inloop"))
            assert ("Samen" in page) == ("Uren van lessen" in page)
    assert 0 in counts and 2 in counts and 1 not in counts


def test_no_line_of_a_paragraph_stands_alone():
    told = "Ik leerde elke dag iets over luisteren. "
    on_next = set()
    for count in range(100, 112):
        sections = [{"heading": "Terugblik", "text": told * count}]
        on_next.update(lines_a_sheet(plan_pdf(PLAN | {"sections": sections}))[1:])
    assert min(on_next) == 2


def test_description_longer_than_a_sheet_is_there_to_its_last_word():
    pages = sheets(hours_statement_pdf(with_entries({"description": NOVEL + "Einde."})))
    assert len(pages) > 1
    assert sum(page.count("vragen") for page in pages) == 90
    assert "Einde." in pages[-1]


def test_text_of_a_plan_goes_on_on_the_next_sheet():
    pages = sheets(plan_pdf(PLAN))
    assert len(pages) == 2
    assert sum(page.count("Nee zeggen") for page in pages) == 160
    assert "Versie 3 van 1 februari 2027" in pages[0]


def test_character_that_cannot_be_drawn_is_seen_to_be_missing():
    assert "Op tijd stoppen □ en □ uitleggen." in sheets(plan_pdf(PLAN))[1]


@pytest.mark.parametrize(("make", "facts"), [(hours_statement_pdf, STATEMENT), (plan_pdf, PLAN)])
def test_same_facts_give_the_same_bytes(make, facts):
    assert make(facts) == make(facts)


def test_what_is_drawn_stays_on_the_sheet():
    facts = with_entries({"description": "Onafgebroken" * 60, "approved_by": "Lang" * 20})
    with pypdfium2.PdfDocument(hours_statement_pdf(facts)) as document:
        for sheet in document:
            for found in sheet.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_TEXT]):
                left, bottom, right, _top = found.get_bounds()
                assert left > 60
                assert right < 535
                assert bottom > 30
