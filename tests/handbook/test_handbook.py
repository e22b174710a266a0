"""The handbook says what is there: pictures that are used, pages that open, words on the screen."""

import pytest
import time_machine
from django.core.management import call_command
from django.test import Client
from PIL import Image

from tests.handbook import pages, texts
from tests.handbook.pages import PICTURES, TOLD

LARGEST, LARGEST_TOGETHER = 80_000, 3_000_000  # bytes


def test_pictures_of_the_list_are_those_in_the_texts_and_on_disk():
    told = [name for text in texts.chapters().values() for name, _alt in texts.pictured(text)]
    listed = sorted(picture.name for picture in PICTURES)
    assert sorted(told) == listed
    assert sorted(path.stem for path in texts.PICTURES.glob("*.png")) == listed


def test_pictures_are_small_and_say_what_they_show():
    sizes = {path.stem: path.stat().st_size for path in texts.PICTURES.glob("*.png")}
    assert {name: size for name, size in sizes.items() if size > LARGEST} == {}
    assert sum(sizes.values()) < LARGEST_TOGETHER
    for text in texts.chapters().values():
        assert [name for name, alt in texts.pictured(text) if len(alt) < 20] == []


def test_pictures_are_as_wide_as_the_screen_they_are_of():
    wide = {path.stem: Image.open(path).width for path in texts.PICTURES.glob("*.png")}
    assert {wide[picture.name] for picture in pages.ON_A_PHONE} == {585}
    assert {wide[picture.name] for picture in pages.ON_A_DESK} == {1280}


def test_links_lead_somewhere():
    lost = [
        f"{name}: {link}"
        for name, text in texts.chapters().items()
        for link in texts.links(text)
        if link not in texts.anchors(text) and not (texts.HANDBOOK / link).is_file()
    ]
    assert lost == []


@pytest.mark.django_db
@time_machine.travel(pages.MOMENT, tick=False)
def test_every_page_opens_and_what_is_bold_stands_on_the_screen():
    call_command("demo", verbosity=0)
    seen, known, clients = set(), pages.known(), {}
    shown = [(picture.who, picture.address, picture.mark) for picture in PICTURES]
    for who, address, mark in [*shown, *((*told, "") for told in TOLD)]:
        client = clients.get(who) or clients.setdefault(who, visitor(who))
        answer = client.get(address.format(**known), follow=True)
        assert answer.status_code == 200, address
        here = texts.on_screen(answer.content.decode())
        assert any(mark in words for words in here), f"no {mark} at {address}"
        seen |= here
    assert unknown_words(seen | texts.in_templates()) == []


def visitor(who):
    """A client of somebody of the demo who passed all that is asked at the door; of nobody."""
    client = Client()
    if who:
        client.force_login(pages.person(who))
    return client


def unknown_words(seen):
    """What a chapter quotes, and neither a page nor a template nor a string of ours says."""
    sources = texts.sources()
    return [
        f"{name}: {quote}"
        for name, text in texts.chapters().items()
        for quote in sorted(texts.quotes(text) - seen)
        if f'"{quote}"' not in sources
    ]


# The reader itself: what it does not see, it cannot refuse.


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("<button>\n Lever in <svg></svg></button>", {"Lever in"}),
        ('<a>Haal weg<span class="ams-visually-hidden">: Jan</span></a>', {"Haal weg"}),
        ("<label><input><span>Werk</span></label>", {"Werk"}),
        ("<li><a>De <b>hele</b> lijst</a></li>", {"De hele lijst"}),
        ("<p>Lever in</p>", set()),
        ("<h2>Uren <button>Toon</button></h2>", {"Uren Toon", "Toon"}),
    ],
)
def test_words_on_the_screen_are_those_of_what_one_presses(source, said):
    assert texts.on_screen(source) == said


def test_a_quote_is_found_across_lines_and_a_picture_in_either_form():
    assert texts.quotes("Druk op **Lever\nin**, of **Bewaar**.") == {"Lever in", "Bewaar"}
    both = '![Een](../a/een.png) <img src="../a/twee.png" alt="Twee" width="300">'
    assert texts.pictured(both) == [("een", "Een"), ("twee", "Twee")]
