"""Every paper keeps PDF/A-3a and PDF/UA-1, and the validator sees it when one does not."""

import io
import json

import pikepdf
import pypdfium2
import pytest
from pikepdf import Array, Dictionary, Name, Stream, String

from certificates import documents
from tests.certificates.example import (
    CRITERIA,
    CROWDED,
    FACTS,
    IMAGES,
    LONG_NAME,
    WITH_PICTURES,
)
from tests.participants.paper.example import PARTICIPATION
from tests.pdfa import faults

BARE = {"ratings": [], "method": "", "attendance": [], "trainings": [], "partners": ""}


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"name": LONG_NAME},
        CROWDED,
        BARE,
        {"work_minutes": 0, "study_minutes": 59},
        {"name": "Nguyễn Ağaoğlu Жанна Ωμέγα µ", "track": "Leren & (samen) \\ doen <1>"},
        WITH_PICTURES,
        CROWDED | WITH_PICTURES,
    ],
    ids=[
        *("plain", "long name", "crowded", "bare", "no hours", "other scripts"),
        *("pictures", "crowded with pictures"),
    ],
)
@pytest.mark.parametrize("make", [documents.certificate_pdf, documents.preview])
def test_certificate_keeps_both_standards(make, changes):
    assert faults(make({**FACTS, **changes}, images=IMAGES)) == []


@pytest.mark.parametrize("fronts_only", [False, True])
def test_print_file_keeps_both_standards(fronts_only):
    people = [FACTS, {**FACTS, "name": "Işıl Gül"}, {**FACTS, **CROWDED}, {**FACTS, **BARE}]
    assert faults(documents.print_file(people, fronts_only=fronts_only)) == []


def test_certificate_that_waits_for_its_signature_keeps_both_standards():
    pdf = documents.certificate_pdf(FACTS, to_sign=True)
    assert faults(pdf) == []
    with opened(pdf) as file:
        (field,) = file.Root.AcroForm.Fields
        assert (str(field.T), field.FT) == ("Handtekening", Name.Sig)
    assert pdf != documents.certificate_pdf(FACTS)


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"name": LONG_NAME, "trainings": ["Verbindend communiceren"] * 20},
        {"logo": WITH_PICTURES["logo"], "signatory": WITH_PICTURES["signatories"][1]},
        {"study_minutes": 0, "work_minutes": 0, "attendance": [], "trainings": [], "partners": ""},
    ],
    ids=["plain", "much", "pictures", "nothing yet"],
)
def test_participation_statement_keeps_both_standards(changes):
    paper = documents.participation_pdf({**PARTICIPATION, **changes}, images=IMAGES)
    assert faults(paper) == []


def test_participation_statement_tells_what_was_done_and_that_it_is_no_certificate():
    pdf = documents.participation_pdf(PARTICIPATION)
    with pypdfium2.PdfDocument(pdf) as document:
        (sheet,) = document
        text = " ".join(sheet.get_textpage().get_text_bounded().split())
    for told in (
        "Noor de Wit",
        "26 november 2026 tot en met 2 maart 2027",
        "31 uur en 10 minuten",
        "Lessen 5 keer",
        "Grenzen stellen; Beter vragen stellen",
        "Amsterdam, 5 maart 2027",
        "Johanna Wiersma directeur",
        "Het is geen certificaat",
    ):
        assert told in text


def test_participation_statement_refuses_a_name_that_cannot_be_printed():
    with pytest.raises(ValueError, match="漢"):
        documents.participation_pdf({**PARTICIPATION, "name": "Mei 漢"})


def test_participation_statement_is_the_same_bytes_each_time():
    assert documents.participation_pdf(PARTICIPATION) == documents.participation_pdf(PARTICIPATION)


def test_structure_says_what_is_a_heading_a_table_a_list_and_a_picture():
    outline = kinds(documents.certificate_pdf(FACTS))
    assert outline.count("H1") == 1
    assert outline.count("H2") == 1
    assert outline.count("H3") == 4
    assert outline.count("Table") == 3
    assert outline.count("TH") == outline.count("TD") == len(CRITERIA) + 3 + 2
    assert outline.count("LBody") == len(FACTS["trainings"])
    assert outline.count("Figure") == 3
    assert outline.count("Link") == 1


def test_each_picture_has_words_and_is_in_the_file_once():
    people = [FACTS | WITH_PICTURES, FACTS | WITH_PICTURES]
    with opened(documents.print_file(people, images=IMAGES)) as pdf:
        told = [str(each.Alt) for each in elements(pdf) if each.S == "/Figure"]
        drawn = [each for each in pdf.objects if is_image(each)]
    assert told.count("Logo van Stichting De Leerkring") == 2
    assert told.count("Handtekening van Johanna Wiersma") == 2
    assert told.count("Handtekening van Ellen Brouwer") == 2
    assert len(drawn) == 3


def test_structure_is_read_in_the_order_of_the_paper():
    with opened(documents.certificate_pdf({**FACTS, "name": LONG_NAME})) as pdf:
        told = [str(each.ActualText) for each in elements(pdf) if "/ActualText" in each]
    assert told[0] == LONG_NAME
    assert told[-2] == f"Bijlage bij het certificaat van {LONG_NAME}"
    assert told[-1] == FACTS["method"]


def test_every_mark_on_a_page_leads_back_to_its_element():
    """The validator does not look at this; a reader that is clicked on does."""
    with opened(documents.print_file([FACTS, {**FACTS, "name": LONG_NAME}])) as pdf:
        pairs = list(pdf.Root.StructTreeRoot.ParentTree.Nums)
        owner = dict(zip(map(int, pairs[::2]), pairs[1::2], strict=True))
        for page in pdf.pages:
            marks = page.Contents.read_bytes().count(b"<</MCID ")
            elements_of_page = owner[int(page.StructParents)]
            assert len(elements_of_page) == marks > 10
            for place, element in enumerate(elements_of_page):
                assert element.Pg.objgen == page.obj.objgen
                assert place in [kid for kid in element.K if isinstance(kid, int)]
            for annotation in page.obj.get("/Annots", ()):
                assert str(owner[int(annotation.StructParent)].S) == "/Link"


def test_every_header_of_a_row_says_so():
    with opened(documents.certificate_pdf(FACTS)) as pdf:
        headers = [each for each in elements(pdf) if each.S == "/TH"]
        assert {str(each.A.Scope) for each in headers} == {"/Row"}


def test_facts_are_in_the_file_without_the_hand_code():
    with opened(documents.certificate_pdf(FACTS)) as pdf:
        assert list(pdf.attachments) == ["feiten.json"]
        told = json.loads(pdf.attachments["feiten.json"].get_file().read_bytes())
        (file,) = pdf.Root.AF
        assert file.AFRelationship == Name.Data
    assert told == {key: value for key, value in FACTS.items() if key != "hand_code"}


def test_print_file_does_not_carry_the_facts():
    with opened(documents.print_file([FACTS])) as pdf:
        assert not pdf.attachments


def test_file_has_no_date_of_making_and_says_nothing_about_trapping():
    with opened(documents.certificate_pdf(FACTS)) as pdf:
        assert set(pdf.docinfo) == {"/Title", "/Author", "/Subject", "/Creator", "/Producer"}


def test_print_file_grows_by_little_for_one_more_person():
    one, three = (len(documents.print_file([FACTS] * count)) for count in (1, 3))
    assert (three - one) / 2 < len(documents.certificate_pdf(FACTS)) / 10


def opened(pdf):
    return pikepdf.open(io.BytesIO(pdf))


def is_image(thing):
    return isinstance(thing, Stream) and thing.get("/Subtype") == "/Image"


def elements(pdf):
    """The elements of the structure in reading order."""

    def below(element):
        yield element
        for kid in element.get("/K", Array()):
            if isinstance(kid, Dictionary) and kid.get("/Type") == "/StructElem":
                yield from below(kid)

    return [each for top in pdf.Root.StructTreeRoot.K for each in below(top)]


def kinds(pdf):
    with opened(pdf) as file:
        return [str(each.S)[1:] for each in elements(file)]


def without(key, kind=None):
    """A fault: ``key`` is gone from the catalogue, or from every element or object of a kind."""

    def spoil(pdf):
        found = [pdf.Root]
        if kind:
            found = [
                each for each in dictionaries(pdf) if kind in (each.get("/S"), each.get("/Type"))
            ]
        for each in found:
            if key in each:
                del each[key]

    return spoil


def dictionaries(pdf):
    return [each for each in pdf.objects if isinstance(each, Dictionary)]


def with_javascript(pdf):
    pdf.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=String("1"))


def with_untagged_content(pdf):
    replace_content(pdf, b"/Artifact BMC", b"/Other BMC")


def with_text_outside_the_structure(pdf):
    replace_content(pdf, b"/H1<</MCID", b"/H1<</Other")


def replace_content(pdf, old, new):
    contents = pdf.pages[0].Contents
    data = contents.read_bytes()
    assert old in data
    contents.write(data.replace(old, new))


def with_link_without_words(pdf):
    del pdf.pages[0].Annots[0].Contents


def with_link_outside_the_structure(pdf):
    del pdf.pages[0].Annots[0].StructParent


def with_codes_that_are_no_text(pdf):
    for each in dictionaries(pdf):
        if "/ToUnicode" in each:
            data = each.ToUnicode.read_bytes().replace(b"<0020>\n", b"<0000>\n")
            each.ToUnicode.write(data)


def with_cells_outside_a_row(pdf):
    for each in dictionaries(pdf):
        if each.get("/S") == "/TR":
            each.S = Name.P


def without_title_in_the_metadata(pdf):
    replace_metadata(pdf, b"dc:title", b"dc:other")


def without_claim_of_accessibility(pdf):
    replace_metadata(pdf, b"<pdfuaid:part>1</pdfuaid:part>", b"")


def without_claim_of_archiving(pdf):
    replace_metadata(pdf, b"<pdfaid:part>3</pdfaid:part>", b"")


def replace_metadata(pdf, old, new):
    data = pdf.Root.Metadata.read_bytes()
    assert old in data
    pdf.Root.Metadata.write(data.replace(old, new))


@pytest.mark.parametrize(
    "spoil",
    [
        without("/Lang"),
        without("/OutputIntents"),
        without("/StructTreeRoot"),
        without("/MarkInfo"),
        without("/Metadata"),
        without("/ViewerPreferences"),
        without("/AF"),
        without("/Alt", "/Figure"),
        without("/A", "/TH"),
        without("/FontFile2", "/FontDescriptor"),
        without("/Widths", "/Font"),
        without("/ToUnicode", "/Font"),
        without("/Tabs", "/Page"),
        with_javascript,
        with_untagged_content,
        with_text_outside_the_structure,
        with_link_without_words,
        with_link_outside_the_structure,
        with_codes_that_are_no_text,
        with_cells_outside_a_row,
        without_title_in_the_metadata,
        without_claim_of_accessibility,
        without_claim_of_archiving,
    ],
    ids=[
        *("language", "output intent", "structure", "marked", "metadata", "title shown", "source"),
        *("alt", "scope", "font", "widths", "text of codes", "tab order"),
        *("javascript", "untagged", "heading", "link words", "link structure", "zero codes"),
        *("rows", "title", "accessibility", "archiving"),
    ],
)
def test_deliberate_fault_is_caught(spoil):
    with opened(documents.certificate_pdf(FACTS)) as pdf:
        before = io.BytesIO()
        pdf.save(before)
        spoil(pdf)
        after = io.BytesIO()
        pdf.save(after)
    assert faults(before.getvalue()) == []
    assert faults(after.getvalue()) != []
