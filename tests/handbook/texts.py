"""Reads the handbook, and what pages and templates say on what one presses or reads there."""

import re
from html.parser import HTMLParser
from pathlib import Path

from tests.words import BRANCH, BREAK, CHAPTERS, CODE, COMMENT, ROOT, TAG, VALUE, VARIABLE

HANDBOOK = ROOT / "docs/handbook"
PICTURES = ROOT / "docs/pictures/handbook"
# What the handbook may call by its words: what one presses, fills in or reads as a heading.
NAMED = {"a", "button", "summary", "label", "legend", "option", "h1", "h2", "h3", "h4", "dt"}
HIDDEN = "ams-visually-hidden"


def chapters():
    """{name: text} of the chapters in Dutch."""
    return {name: (HANDBOOK / f"{name}.md").read_text() for name in CHAPTERS}


def quotes(text):
    """What ``text`` says in bold: literally what stands on the screen."""
    return {" ".join(found.split()) for found in re.findall(r"\*\*(.+?)\*\*", text, re.S)}


def pictured(text):
    """Names of the pictures in ``text``, and what is said of each for who cannot see it."""
    found = re.findall(r'!\[([^]]*)\]\(([^)]+)\)|<img src="([^"]+)" alt="([^"]*)"', text)
    return [(Path(one[1] or one[2]).stem, one[0] or one[3]) for one in found]


def links(text):
    """Where ``text`` leads to: files beside it, and headings of its own as ``#heading``."""
    return re.findall(r"(?<!!)\[[^]]*\]\(([^)]+)\)", text)


def anchors(text):
    """The headings of ``text`` as forges link to them: small letters and dashes."""
    headings = re.findall(r"^#+ (.+)$", text, re.M)
    return {"#" + re.sub(r"[^\w\- ]", "", one.lower()).replace(" ", "-") for one in headings}


def on_screen(html):
    """The words of everything in NAMED on a page; without what only a screen reader says."""
    reader = _Reader()
    reader.feed(html)
    return {said for words in reader.found if (said := " ".join(words.split()))}


def in_templates():
    """The same of all templates, each branch apart and a value as X."""
    found = set()
    for path in (ROOT / "templates").rglob("*.html"):
        source = VARIABLE.sub(VALUE, COMMENT.sub("", path.read_text()))
        source = TAG.sub(lambda tag: BREAK if BRANCH.match(tag[0]) else "", source)
        found |= on_screen(source)
    return found


def sources():
    """Python and templates as one text, to look up what is given on as a string."""
    paths = [*(ROOT / "templates").rglob("*.html")]
    paths += [path for folder in CODE for path in (ROOT / folder).rglob("*.py")]
    return "\n".join(path.read_text() for path in paths)


class _Reader(HTMLParser):
    """Gathers the words of each named element, also of one within another."""

    def __init__(self):
        super().__init__()
        self.found, self.open, self.unseen = [], [], 0

    def handle_starttag(self, tag, attrs):
        if self.unseen or HIDDEN in (dict(attrs).get("class") or "").split():
            self.unseen += tag == "span"
        elif tag in NAMED:
            self.open.append((tag, []))

    def handle_endtag(self, tag):
        if self.unseen:
            self.unseen -= tag == "span"
        elif self.open and self.open[-1][0] == tag:
            _tag, parts = self.open.pop()
            self.found += "".join(parts).split(BREAK)

    def handle_data(self, data):
        if not self.unseen:
            for _tag, parts in self.open:
                parts.append(data)
