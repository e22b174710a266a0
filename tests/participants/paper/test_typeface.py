import io
import re
import unicodedata
from collections import Counter

import pikepdf
import pypdfium2
import pytest
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.pdfdoc import PDFDocument

from participants.paper import fonts
from participants.paper.archival import Document
from participants.paper.page import Page
from participants.paper.typeface import MOST_IN_BLOCK, READY, text_of_codes
from tests.pdfa import faults


def paper(texts, title="Proef"):
    out = io.BytesIO()
    with Document(out, title=title, author="Lotte", subject="") as document:
        sheet = Page(document)
        for row, text in enumerate(texts):
            sheet.text(40, 40 + 12 * row, text, size=8)
        sheet.close()
    return out.getvalue()


def test_every_character_that_we_print_has_a_code_of_its_own_and_is_read_back():
    characters = [c for c in sorted(fonts.characters()) if fonts.printable(c) == c != " "]
    assert len(characters) > 1000
    rows = ["".join(characters[at : at + 60]) for at in range(0, len(characters), 60)]
    pdf = paper(rows)
    assert faults(pdf) == []
    with pypdfium2.PdfDocument(pdf) as document:
        told = document[0].get_textpage().get_text_bounded()
    # PDFium reads a ligature as its letters.
    missing = [c for c in characters if c not in told]
    assert [c for c in missing if unicodedata.normalize("NFKC", c) not in told] == []
    assert len(missing) < 10


def test_every_character_that_we_print_leaves_ink_and_never_the_box_of_what_is_missing():
    characters = [c for c in sorted(fonts.characters()) if fonts.printable(c) == c != " "]
    drawn = dict(zip(characters, cells(characters), strict=True))
    assert [c for c, cell in drawn.items() if cell.getextrema()[0] > 150] == []
    alike = Counter(cell.tobytes() for cell in drawn.values())
    # At most a letter of three alphabets, such as A, and four strokes that are one stroke.
    assert max(alike.values()) <= 4
    assert len({drawn[c].tobytes() for c in "ŁİıiIğşñãøæßẠẫừЖйΩώ"}) == 19


def cells(characters, side=18, columns=40):
    """A picture of each of ``characters``, drawn in the face of names and rendered."""
    out = io.BytesIO()
    height = (len(characters) // columns + 2) * side
    with Document(out, title="Proef", author="Lotte", subject="") as document:
        sheet = Page(document, (columns * side, height))
        for at, character in enumerate(characters):
            x, y = at % columns * side + 4, (at // columns + 1) * side
            sheet.text(x, y, character, fonts.BOLD, size=9)
        sheet.close()
    with pypdfium2.PdfDocument(out.getvalue()) as document:
        image = document[0].render(scale=2).to_pil().convert("L")
    for at in range(len(characters)):
        left, top = at % columns * side * 2, at // columns * side * 2 + 10
        yield image.crop((left, top, left + side * 2, top + side * 2))


def test_letters_of_europe_share_one_font_with_room_for_others():
    fonts.register()
    parts = pdfmetrics.getFont(fonts.BOLD).splitString(READY + "Nguyễn Жанна", PDFDocument())
    assert {part for part, _codes in parts} == {0}


def test_text_of_codes_is_in_short_blocks_and_knows_every_plane():
    code = text_of_codes("AAAAAA+Proef", (0, 0, *range(32, 250), 0x1F12F)).decode()
    counts = [int(count) for count in re.findall(r"(\d+) beginbfchar", code)]
    assert sum(counts) == code.count("> <") - 1 == 219
    assert max(counts) <= MOST_IN_BLOCK
    assert "<DC> <D83CDD2F>" in code
    assert "<0000>" not in code


@pytest.mark.parametrize("title", ["Łukasz (Łu) \\ <b>&", "Gewoon (niet) \\ gewoon", "🌱 漢"])
def test_title_is_read_back_as_it_was(title):
    pdf = paper(["a"], title)
    assert faults(pdf) == []
    with pikepdf.open(io.BytesIO(pdf)) as file:
        assert str(file.docinfo.Title) == title
        assert file.open_metadata()["dc:title"] == title


def test_other_content_gives_another_identifier():
    first, same, other = paper(["a"]), paper(["a"]), paper(["b"])
    assert first == same
    with pikepdf.open(io.BytesIO(first)) as one, pikepdf.open(io.BytesIO(other)) as two:
        assert one.trailer.ID[0] != two.trailer.ID[0]
