"""The file for the printer: drawn person by person, and still one file that keeps the standards."""

import io

import pikepdf
import pypdfium2
import pytest

from certificates import bundles, documents, printing
from participants.paper import fonts
from tests.certificates.example import CROWDED, FACTS, LONG_NAME
from tests.pdfa import faults

PEOPLE = [
    FACTS,
    {**FACTS, "name": "Işıl Gül", "work_minutes": 4000},
    {**FACTS, "name": "Nguyễn Жанна Ωμέγα", "check_url": "https://leerlijn.example/controle/x/"},
    {**FACTS, **CROWDED, "name": LONG_NAME},
]


def printed(people=PEOPLE, **how):
    return b"".join(bundles.print_pdf(lambda: iter(people), **how))


def texts(pdf):
    file = pypdfium2.PdfDocument(pdf)
    return [page.get_textpage().get_text_bounded() for page in file]


@pytest.mark.parametrize("fronts_only", [False, True])
def test_the_print_file_keeps_both_standards(fronts_only):
    assert faults(printed(fronts_only=fronts_only)) == []


def test_no_reader_has_to_mend_the_file_and_each_front_links_to_its_own_check_page():
    with pikepdf.open(io.BytesIO(printed())) as file:
        objects = list(file.objects)  # every one is read
        linked = [str(page.Annots[0].A.URI) for page in list(file.pages)[::2]]
        assert all(page.Annots[0].P.objgen == page.objgen for page in list(file.pages)[::2])
        assert (len(objects) > 0, file.get_warnings()) == (True, [])
    assert linked == [person["check_url"] for person in PEOPLE]


def pixels(page):
    return page.render().to_pil().tobytes()


def test_each_person_has_a_front_and_its_supplement_behind_it_in_the_order_that_was_asked():
    found = texts(printed())
    assert len(found) == 2 * len(PEOPLE)
    for person, front, supplement in zip(PEOPLE, found[::2], found[1::2], strict=True):
        assert "Wij verklaren met plezier" in front
        assert person["name"].split()[0] in front
        assert "Wij verklaren met plezier" not in supplement
    assert texts(printed(PEOPLE[::-1]))[::2] == found[::2][::-1]


def test_fronts_only_are_one_page_each():
    found = texts(printed(fronts_only=True))
    assert ["Wij verklaren met plezier" in text for text in found] == [True] * len(PEOPLE)


def test_a_page_looks_as_it_does_in_the_certificate_itself():
    own = documents.certificate_pdf(PEOPLE[2])
    one, many = (pypdfium2.PdfDocument(each) for each in (own, printed()))
    for alone, among in ((0, 4), (1, 5)):
        assert pixels(one[alone]) == pixels(many[among])


def test_faces_and_drawings_are_in_the_file_once():
    with pikepdf.open(io.BytesIO(printed([*PEOPLE, {**FACTS, "name": "Ỳ"}]))) as file:
        dictionaries = [each for each in file.objects if isinstance(each, pikepdf.Dictionary)]
        streams = [each for each in file.objects if isinstance(each, pikepdf.Stream)]
        faces = sorted(str(each.FontName) for each in dictionaries if "/FontFile2" in each)
        drawings = [each.read_raw_bytes() for each in streams if each.get("/Subtype") == "/Form"]
    assert len(faces) == len(set(faces)) == len(fonts.FACES)
    assert len(drawings) == len(set(drawings)) > 3


def test_the_same_people_make_the_same_bytes():
    assert printed() == printed()


def test_what_is_written_is_handed_on_person_by_person():
    pieces = printing.print_file(lambda: iter(PEOPLE))
    first = next(pieces)
    assert first.startswith(b"%PDF-1.7")
    assert all(len(piece) < len(first) for piece in pieces)


def test_nobody_to_print_is_refused():
    with pytest.raises(ValueError, match="no certificate"):
        printed([])
