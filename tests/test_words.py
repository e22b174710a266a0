"""What people read: no word that hurts or promises too much, short sentences, and "je".

The words are those of domain.md, "People first". A failure names the file and the line.
"""

import re
import unicodedata

import pytest

from tests.words import (
    everything,
    of_chapter,
    of_mail,
    of_python,
    of_script,
    of_template,
    sentences,
)

LONGEST = 22  # words in one sentence

# Never said of a person, whatever the ending or the word it is part of.
HURTFUL = re.compile(
    r"cliënt|\bclient(en|e|s)?\b|patiënt|\bpatient(en|e|s)?\b|zwakte|zwak punt|tekortkoming"
    r"|uitvaller|\buitval(len)?\b|\bgezakt(e|en)?\b|\bzakken voor\b|afgekeurd|afkeur"
)
# What a certificate is not; saying just that is the only use of the word.
NO_DIPLOMA = re.compile(r"diploma|getuigschrift|mbo-?certifica(at|ten)")
DENIED = re.compile(r"geen (wettelijk erkend )?diploma")
FORMAL = re.compile(r"\b(u(?!\+)|uw|uwe|uzelf)\b")


@pytest.fixture(scope="module")
def read():
    return everything()


def folded(words):
    return unicodedata.normalize("NFC", words).casefold()


def with_words(pattern, texts):
    return [str(text) for text in texts if pattern.search(folded(text.words))]


def too_long(texts):
    return [
        f"{text.path}:{text.line}: {len(said.split())} words: {said}"
        for text in texts
        for said in sentences(text)
        if len(said.split()) > LONGEST
    ]


def test_no_word_hurts(read):
    assert with_words(HURTFUL, read) == []


def test_a_certificate_is_never_called_more_than_it_is(read):
    assert [said for said in with_words(NO_DIPLOMA, read) if not DENIED.search(said)] == []


def test_everybody_is_je(read):
    assert with_words(FORMAL, read) == []


def test_sentences_are_short(read):
    assert too_long(read) == []


# The reader itself: what it does not see, it cannot refuse.


@pytest.mark.parametrize(
    ("reads", "source"),
    [
        (of_template, "<p>\nDe cliënt komt.</p>"),
        (of_template, "<p>\n<b>De</b> cliënten <a href='x'>komen</a>.</p>"),
        (of_template, '\n<input aria-label="Zoek een cliënt">'),
        (of_template, '\n{% include "a.html" with text="Een CLIËNT erbij" only %}'),
        (of_template, "\n{% blocktranslate %}Een cliënte erbij{% endblocktranslate %}"),
        (of_template, '\n{{ name|default:"de cliënt zelf" }}'),
        (of_mail, "\nDag,\nde cliënt komt."),
        (of_chapter, "# Lezen\nLees [over cliënten](#lezen)."),
        (of_chapter, '\n<img src="a.png" alt="Een cliënt" width="300">'),
        (of_python, 'x = 1\ny = _("De cliënt komt.")'),
        (of_python, '"""."""\nngettext("een mens", "twee cliënten", 2)'),
        (of_python, '\nx = CharField(gettext_lazy("clie\u0308nt"))'),
        (of_python, '\nLEGAL = "Dit is van een cliënt."'),
        (of_script, 'const x = 1;\nconst y = "De cliënt komt.";'),
    ],
)
def test_a_word_is_found_wherever_it_stands_with_its_line(reads, source):
    [found] = with_words(HURTFUL, reads(source, "a.html"))
    # A mail is read by paragraph.
    assert re.match(r"a\.html:[12]: ", found)


@pytest.mark.parametrize(
    "word",
    [
        "patiënten zwakte zwaktes tekortkomingen uitvallers gezakte afgekeurde",
        "mbo-certificaten getuigschriften Diploma's",
        "Uw u",
    ],
)
def test_every_ending_is_found(word):
    for one in word.split():
        everywhere = (HURTFUL, NO_DIPLOMA, FORMAL)
        assert any(pattern.search(folded(one)) for pattern in everywhere), one


@pytest.mark.parametrize("said", ["1u30", "U+6F22", "uur", "uit", "de zwakke plek", "uitvallend"])
def test_other_words_are_left_alone(said):
    assert not HURTFUL.search(folded(said)) and not FORMAL.search(folded(said))


def test_comments_and_code_are_not_read():
    source = "{# de cliënt #}<script>let client = 'uw cliënt';</script><p class='x'>Dag</p>"
    assert [text.words for text in of_template(source, "a.html")] == ["Dag"]


@pytest.mark.parametrize(("words", "complains"), [(22, False), (23, True)])
def test_a_sentence_is_measured_with_its_links_and_values(words, complains):
    said = "<p>Kort. <a>{{ name }}</a> " + "en " * (words - 2) + "af. Weer kort.</p>"
    assert bool(too_long(of_template(said, "a.html"))) == complains


def test_branches_are_apart_and_lines_that_break_are_not():
    said = "een " * 20
    source = (
        f"<p>{{% if a %}}{said}{{% else %}}{said}{{% endif %}}</p><li>{said}</li><li>{said}</li>"
    )
    assert too_long(of_template(source, "a.html")) == []
    assert too_long(of_template(f"<p>{said}\n{said}</p>", "a.html")) != []
