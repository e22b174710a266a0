import hashlib
import os
import re
import subprocess
import sys

import pikepdf
import pypdfium2
import pytest
import zxingcpp
from django.core.exceptions import ImproperlyConfigured

from certificates import documents
from certificates.documents import front, page, weave
from participants.paper import colours, fonts, qr, typesetting
from tests.certificates.example import (
    CRITERIA,
    CROWDED,
    FACTS,
    IMAGES,
    LONG_NAME,
    LONG_TRACK,
    WITH_PICTURES,
)


def opened(**changes):
    return pypdfium2.PdfDocument(documents.certificate_pdf({**FACTS, **changes}, images=IMAGES))


def words(sheet):
    return " ".join(sheet.get_textpage().get_text_bounded().split())


def picture(sheet, dpi=100):
    return sheet.render(scale=dpi / 72).to_pil()


def name_box(name):
    """The pixels between "Wij verklaren" and "alles heeft behaald", where the name stands."""
    one = documents.print_file([{**FACTS, "name": name}], fronts_only=True)
    image = picture(pypdfium2.PdfDocument(one)[0], dpi=72).convert("L")
    return image.crop((page.LEFT - 5, 206, int(page.WIDTH), 255))


def boxes_of(sheet):
    """(left, bottom, right, top) of what each text and the logo cover, in points.

    Not of signatures: those stand over the line, as by hand.
    """
    kinds = [pypdfium2.raw.FPDF_PAGEOBJ_TEXT, pypdfium2.raw.FPDF_PAGEOBJ_IMAGE]
    found = [each for each in sheet.get_objects(filter=kinds) if not is_signature(each)]
    return [each.get_bounds() for each in found]


def is_signature(thing):
    return thing.type == pypdfium2.raw.FPDF_PAGEOBJ_IMAGE and thing.get_bounds()[1] < 300


def test_certificate_is_a_front_and_a_supplement_on_landscape_paper():
    document = opened()
    assert len(document) == 2
    assert [tuple(map(round, sheet.get_size())) for sheet in document] == [(842, 595)] * 2


def test_front_says_who_did_what_and_how_it_is_checked():
    front = words(opened()[0])
    for text in (
        "Marisol Martina",
        "Leerlijn Buurtteams",
        "Lichting 2026-2027, 26 november 2026 tot en met 8 juli 2027",
        "Stichting De Leerkring",
        "met Hogeschool De Amstel en Buurtteam Oosterhoek",
        "Amsterdam, 8 juli 2027",
        "Johanna Wiersma",
        "coördinator van de leerlijn",
        "LL-2027-0048, code 7KRM 4PXD 9HTW",
        "leerlijn.example/controle",
        "Dit certificaat is geen wettelijk erkend diploma.",
    ):
        assert text in front


def test_front_rounds_hours_down_and_supplement_is_exact_to_the_minute():
    front, supplement = map(words, opened(study_minutes=59 * 60 + 59))
    assert "59 uur studie" in front
    assert "60 uur studie" not in front
    assert "32,5 uur" in supplement
    assert "32 uur en 29 minuten" in supplement


def test_supplement_holds_every_rating_in_words_and_every_training():
    supplement = words(opened()[1])
    assert all(criterion in supplement for criterion in CRITERIA)
    assert supplement.count("goed laten zien") + supplement.count("voldoende") == len(CRITERIA)
    assert all(title in supplement for title in FACTS["trainings"])
    assert "10 keer erbij, 9 nodig" in supplement


def test_corrected_certificate_names_the_number_it_replaces():
    assert "vervangt" not in words(opened()[1])
    assert "vervangt nummer LL-2027-0031" in words(opened(replaces="LL-2027-0031")[1])


def test_attendance_under_the_norm_does_not_show_that_there_was_an_exemption():
    rows = [{"label": "Lessen", "achieved": 3, "required": 9}]
    supplement = words(opened(attendance=rows)[1])
    assert "3 keer erbij" in supplement
    assert "nodig" not in supplement


def test_same_facts_give_the_same_bytes_in_another_process_too():
    facts = FACTS | WITH_PICTURES
    here = documents.certificate_pdf(facts, images=IMAGES)
    assert here == documents.certificate_pdf(facts, images=IMAGES)
    program = (
        "import django, hashlib; django.setup(); from certificates import documents; "
        "from tests.certificates.example import FACTS, IMAGES, WITH_PICTURES; "
        "paper = documents.certificate_pdf(FACTS | WITH_PICTURES, images=IMAGES); "
        "print(hashlib.sha256(paper).hexdigest())"
    )
    there = subprocess.run(
        [sys.executable, "-c", program],
        env={
            **os.environ,
            "PYTHONHASHSEED": "7",
            "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
        },
        capture_output=True,
        text=True,
        check=True,
    )
    assert there.stdout.split()[-1] == hashlib.sha256(here).hexdigest()


def test_every_font_is_ours_and_embedded(tmp_path):
    paper = documents.certificate_pdf({**FACTS, "preview": True})
    assert b"Helvetica" not in paper
    path = tmp_path / "certificate.pdf"
    path.write_bytes(paper)
    with pikepdf.open(path) as pdf:
        dictionaries = [each for each in pdf.objects if isinstance(each, pikepdf.Dictionary)]
        found = [each for each in dictionaries if "/FontDescriptor" in each]
        assert len(found) == 4
        for font in found:
            assert "SourceSans3" in str(font.BaseFont)
            assert "/FontFile2" in font.FontDescriptor


def test_file_tells_its_title_its_provider_and_its_language(tmp_path):
    path = tmp_path / "certificate.pdf"
    path.write_bytes(documents.certificate_pdf({**FACTS, "name": "Łukasz Żak"}))
    with pikepdf.open(path) as pdf:
        assert str(pdf.docinfo.Title) == "Certificaat Leerlijn Buurtteams: Łukasz Żak"
        assert str(pdf.docinfo.Author) == "Stichting De Leerkring"
        assert str(pdf.Root.Lang) == "nl-NL"


@pytest.mark.parametrize("grey", [False, True])
def test_qr_on_the_printed_page_leads_to_the_check_address(grey):
    image = picture(opened()[0])
    read = zxingcpp.read_barcodes(image.convert("L") if grey else image)
    assert [each.text for each in read] == [FACTS["check_url"]]


def test_qr_keeps_four_modules_of_white_around_it():
    side, dark = qr.runs(FACTS["check_url"])
    assert min(column for column, _, _ in dark) == min(row for _, row, _ in dark) == 4
    assert max(column + length for column, _, length in dark) == side - 4
    assert max(row for _, row, _ in dark) == side - 5


def test_qr_can_be_read_whatever_the_code_or_the_address():
    hosts = ("https://leerlijn.example", "https://leerlijn.een-heel-lange-naam-amsterdam.example")
    for turn in range(12):
        code = hashlib.sha256(bytes([turn])).hexdigest()[:27]
        url = f"{hosts[turn % 2]}/controle/{code}/"
        front = documents.print_file([{**FACTS, "check_url": url}], fronts_only=True)
        read = zxingcpp.read_barcodes(picture(pypdfium2.PdfDocument(front)[0]))
        assert [(each.text, each.ec_level) for each in read] == [(url, "M")]


def test_each_letter_is_really_drawn_and_not_as_the_same_box():
    letters = "ŁİıễüñŞğØæßșЖΩ’"
    drawn = [name_box(letter * 3) for letter in letters]
    assert all(box.getextrema()[0] < 100 for box in drawn)
    assert len({box.tobytes() for box in drawn}) == len(letters)


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"name": LONG_NAME},
        {"track": LONG_TRACK},
        CROWDED,
        {"name": "Anna-" * 11 + "Bella"},
        {"name": "Onafgebroken" * 8, "track": "Lang" * 40},
        {"partners": "met " + "Hogeschool De Amstel en " * 12 + "Buurtteam Oosterhoek"},
        {"study_minutes": 400 * 60, "work_minutes": 0, "trainings": [], "partners": ""},
        CROWDED | WITH_PICTURES | {"provider": LONG_TRACK * 2, "partners": LONG_TRACK * 3},
        {"opening": LONG_TRACK * 2, "achievement": LONG_TRACK * 2, "place": LONG_TRACK},
    ],
    ids=[
        *("normal", "name", "track", "crowded", "hyphens", "words", "partners", "hours"),
        *("pictures", "other words"),
    ],
)
def test_nothing_runs_off_the_page_or_over_something_else(changes):
    for sheet in opened(**changes):
        boxes = boxes_of(sheet)
        for left, bottom, right, top in boxes:
            assert left > 0
            assert bottom > 12
            assert right < page.RIGHT + 1
            assert top < page.HEIGHT
        for at, one in enumerate(boxes):
            assert not [other for other in boxes[at + 1 :] if overlap(one, other)]


def overlap(one, other):
    """Whether two boxes share more than the half point that accents and tails may touch."""
    return (
        min(one[2], other[2]) - max(one[0], other[0]) > 0.5
        and min(one[3], other[3]) - max(one[1], other[1]) > 0.5
    )


def test_sixty_characters_stand_whole_on_two_even_lines():
    assert len(LONG_NAME) == 60
    assert LONG_NAME in words(opened(name=LONG_NAME)[0])
    fonts.register()
    size, lines = typesetting.fit(LONG_NAME, fonts.BOLD, page.COLUMN, 42, 30)
    assert size == 30
    assert lines == ["Wilhelmina Francisca Oyelaran", "van den Heuvel-Beukenrodestein"]


def ink_of(sheet, left, top, right, bottom):
    """How many dots at 100 dpi are dark in this part of the sheet, in points from the top."""
    image = picture(sheet).convert("L").crop([at * 100 // 72 for at in (left, top, right, bottom)])
    return sum(image.histogram()[:128])


def test_logo_and_signatures_are_really_drawn_and_else_there_is_room_for_a_pen():
    places = (646, 46, 796, 92), (255, 488, 405, 521), (445, 488, 595, 521)
    bare, signed = opened()[0], opened(**WITH_PICTURES)[0]
    assert [ink_of(bare, *place) for place in places] == [0, 0, 0]
    assert all(ink_of(signed, *place) > 100 for place in places)


def test_a_picture_that_nobody_gives_is_an_error_and_no_empty_place():
    with pytest.raises(LookupError):
        documents.certificate_pdf(FACTS | WITH_PICTURES)


def test_fourteen_ratings_and_twenty_trainings_are_all_there():
    document = opened(**CROWDED)
    supplement = words(document[1])
    assert len(document) == 2
    assert supplement.count("goed laten zien") == 14
    assert all(f"{turn}: verbindend communiceren" in supplement for turn in range(1, 21))


def test_what_looks_like_markup_is_printed_as_it_was_typed():
    method = "Twee <b>beoordelaars</b> & <font size=99>één gesprek</font>."
    assert method in words(opened(method=method)[1])


def test_character_without_a_shape_is_left_out_of_a_title():
    supplement = words(opened(trainings=["Grenzen stellen \U0001f600\u202e nu"])[1])
    assert "Grenzen stellen" in supplement
    assert "nu" in supplement
    assert "\u202e" not in supplement


def test_name_that_cannot_be_printed_is_never_drawn():
    with pytest.raises(ValueError, match="漢"):
        documents.certificate_pdf({**FACTS, "name": "Mei 漢"})


def test_preview_has_the_word_across_both_pages_and_a_certificate_never():
    example = pypdfium2.PdfDocument(documents.preview(FACTS))
    assert all("VOORBEELD" in words(sheet) for sheet in example)
    assert not any("VOORBEELD" in words(sheet) for sheet in opened())


def test_print_file_has_two_pages_for_each_person_and_each_font_once(tmp_path):
    people = [{**FACTS, "name": name} for name in ("Łukasz Żak", "Nguyễn Hà", "Işıl Gül")]
    path = tmp_path / "print.pdf"
    path.write_bytes(documents.print_file(iter(people)))
    with pikepdf.open(path) as pdf:
        assert len(pdf.pages) == 6
        descriptors = [
            each
            for each in pdf.objects
            if isinstance(each, pikepdf.Dictionary) and "/FontFile2" in each
        ]
        assert len(descriptors) == len(fonts.FACES)
    document = pypdfium2.PdfDocument(path)
    assert all(person["name"] in words(document[2 * at]) for at, person in enumerate(people))
    assert len(pypdfium2.PdfDocument(documents.print_file(people, fronts_only=True))) == 3


def test_print_file_of_nobody_is_refused():
    with pytest.raises(ValueError, match="certificate"):
        documents.print_file([])


@pytest.mark.parametrize("hours", [(1, 2), (61, 75), (83, 97)])
def test_there_is_a_stroke_for_every_hour(hours):
    study, work = hours
    image = picture(opened(study_minutes=study * 60, work_minutes=work * 60)[0], dpi=300)
    edges = [at * 300 // 72 for at in (page.LEFT, page.LEFT + page.COLUMN // 2, page.RIGHT)]
    middle = 392 * 300 // 72
    for count, left, right in zip(hours, edges, edges[1:], strict=False):
        row = image.convert("L").crop((left, middle, right, middle + 1)).tobytes()
        assert len(re.findall(rb"[\x00-\x90]+", row)) == count


def test_weave_has_one_line_for_every_hour():
    shape = weave.Shape(118, 62, 46, page.WIDTH, page.HEIGHT)
    assert [weave.curves(hours, 1, shape).count(" m ") for hours in (0, 1, 71)] == [0, 1, 71]


def test_absent_font_is_a_sentence_and_not_another_typeface(monkeypatch, tmp_path):
    monkeypatch.setattr(fonts, "FOLDER", tmp_path)
    with pytest.raises(ImproperlyConfigured, match="Source Sans 3"):
        fonts.register.__wrapped__()


def test_absent_colour_is_named(monkeypatch, tmp_path):
    tokens = tmp_path / "tokens.css"
    tokens.write_text(colours.TOKENS.read_text("utf-8").replace("--ll-joy:", "--ll-fun:"), "utf-8")
    monkeypatch.setattr(colours, "TOKENS", tokens)
    with pytest.raises(ImproperlyConfigured, match="--ll-joy"):
        colours.palette.__wrapped__()


def test_no_word_stands_alone_on_the_last_line():
    fonts.register()
    text = "Grenzen stellen en goed voor jezelf zorgen, ook als het spannend wordt"
    for width in range(90, 300, 7):
        lines = typesetting.evened(text, fonts.REGULAR, 9.5, width)
        assert " ".join(lines) == text
        assert len(lines) == len(typesetting.wrapped(text, fonts.REGULAR, 9.5, width))
    size, lines = typesetting.flowed(text, fonts.REGULAR, 9.5, 270, 2)
    assert (size, len(lines)) == (9.5, 2)
    assert typesetting.wrapped(text, fonts.REGULAR, 9.5, 270)[-1] == "wordt"
    assert len(lines[-1].split()) > 1


@pytest.mark.parametrize(
    ("name", "more"), [("Ễm Łabędź", True), ("İpek Ünal", False), ("Trần Thị Diễm", False)]
)
def test_a_capital_with_two_marks_gets_room_above_it(name, more):
    assert front.has_two_marks(name) is more
