import pytest

from participants.paper import fonts, names


@pytest.mark.parametrize(
    "name",
    [
        "Łukasz Wójcik",
        "İpek Yıldırım",
        "Işıl Çağla Şahin",
        "Nguyễn Thị Hà",
        "Jürgen Müller",
        "Anne-Marie van 't Hof",
        "Anne-Marie van ’t Hof",
        "Seán O'Brien",
        "Đorđe Petrović",
        "Ștefan Țurcanu",
        "Александра Соколова",
        "Ελένη Παπαδοπούλου",
        "Zoë 'd Œuvre",
    ],
)
def test_names_of_amsterdam_can_be_printed(name):
    assert names.unprintable(name) == []
    assert names.refusal(name) is None


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Anna \t de\u00a0 Vries\n", "Anna de Vries"),
        ("Nguye\u0302\u0303n", "Nguyễn"),
        ("I\u0307pek", "İpek"),
        ("Zoe\u0308", "Zoë"),
    ],
)
def test_spaces_and_accents_are_put_together(typed, kept):
    assert names.clean(typed) == kept
    assert names.refusal(typed) is None


@pytest.mark.parametrize("name", ["Işıl İpek", "IŞIL İPEK", "ışıl ipek", "van 't HOF", "ßeta ŉ"])
def test_no_letter_is_made_larger_or_smaller(name):
    assert names.clean(name) == fonts.printable(name) == name


@pytest.mark.parametrize(
    ("name", "refused"),
    [
        ("Mei 漢字 漢", ["漢", "字"]),
        ("فاطمة", ["ف", "ا", "ط", "م", "ة"]),
        ("Anna 😀", ["😀"]),
        ("Anna\u202eseirV", ["\u202e"]),
        ("An\u200bna", ["\u200b"]),
        ("An\u00adna", ["\u00ad"]),
        ("Anna\x07", ["\x07"]),
        ("Anna \ue000", ["\ue000"]),
        ("Anna\ufffe", ["\ufffe"]),
        ("\u0301Anna", ["\u0301"]),
        ("Anq\u0301", ["\u0301"]),
        ("Ọlá\u0300 Ẹ\u0300bùn", ["\u0300"]),
        ("Anna\u2066nan", ["\u2066"]),
        ("An\u200dna", ["\u200d"]),
        ("An\x9bna", ["\x9b"]),
    ],
    ids=ascii,
)
def test_what_paper_cannot_show_is_listed_once_in_order(name, refused):
    assert names.unprintable(name) == refused


def test_refusal_names_the_name_the_character_and_its_code():
    assert names.refusal(" Mei  漢 ") == (
        'De naam "Mei 漢" heeft een teken dat we niet kunnen drukken: "漢" (U+6F22).'
    )


def test_refusal_names_every_character():
    assert names.refusal("漢字") == (
        'De naam "漢字" heeft tekens die we niet kunnen drukken: "漢" (U+6F22), "字" (U+5B57).'
    )


def test_hidden_character_cannot_turn_the_sentence_around():
    sentence = names.refusal("Anna\u202eseirV")
    assert "\u202e" not in sentence
    assert "Anna[U+202E]seirV" in sentence


@pytest.mark.parametrize("name", ["", "  \t"])
def test_empty_name_is_asked_for(name):
    assert names.refusal(name) == "Vul de naam in zoals die op het certificaat moet staan."
