"""Reads what people will read: templates, mails, scripts, handbook, and the Dutch in our Python.

``everything()`` gives each piece of text with its place, for tests/test_words.py.
"""

import ast
import re
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path

ROOT = Path(__file__).parent.parent
CODE = ("leerlijn", "participants", "certificates")
# In Dutch; the rest of docs/ is for who runs or builds it.
CHAPTERS = ("deelnemer", "medewerker", "coordinator", "begeleider", "controle")
HANDBOOK = [f"docs/handbook/{name}.md" for name in CHAPTERS]
# What a filled-in value counts for: one word.
VALUE = "X"
TAG = re.compile(r"{%.*?%}", re.S)
COMMENT = re.compile(r"{#.*?#}|{%\s*comment.*?endcomment\s*%}", re.S)
VARIABLE = re.compile(r"{{.*?}}", re.S)
QUOTED = re.compile(r'"([^"]*)"', re.S)
# Another branch is another sentence; what is only there sometimes counts as being there.
BRANCH = re.compile(r"{%\s*(else|elif|empty|plural|block|endblock|endfor|for)\b")
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd%]|{\w*}")
# Python that no gettext marks, yet it reads as Dutch: some words, and a full stop or a question.
SENTENCE = re.compile(
    r"[A-Z%](?!.*\b(the|is not|of the|must|cannot)\b)[^\n{}<>=_/]* [^\n{}<>=_/]*[.?!]"
)
INLINE = {"a", "abbr", "b", "em", "i", "span", "strong", "small", "code"}
READ_ALOUD = {"aria-label", "title", "placeholder", "alt", "data-label", "data-title"}
TRANSLATORS = {"_", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy", "pgettext"}
BREAK = "\x00"


@dataclass(frozen=True)
class Text:
    """Something that is read, and where it stands in the source."""

    path: str
    line: int
    words: str

    def __str__(self):
        return f"{self.path}:{self.line}: {self.words}"


def everything():
    """All that people read, by place."""
    found = []
    for path in sorted((ROOT / "templates").rglob("*")):
        if path.suffix in (".html", ".txt"):
            read = of_template if path.suffix == ".html" else of_mail
            found += read(path.read_text(), path.relative_to(ROOT).as_posix())
    for folder in CODE:
        for path in sorted((ROOT / folder).rglob("*.py")):
            if "migrations" not in path.parts:
                found += of_python(path.read_text(), path.relative_to(ROOT).as_posix())
    for chapter in HANDBOOK:
        found += of_chapter((ROOT / chapter).read_text(), chapter)
    for path in sorted((ROOT / "leerlijn/static").rglob("*.js")):
        found += of_script(path.read_text(), path.relative_to(ROOT).as_posix())
    return found


def sentences(text):
    """The sentences of a Text, each with single spaces and values as one word."""
    words = PLACEHOLDER.sub(VALUE, text.words)
    for part in re.split(r"(?<=[.!?…])[\"'”)]*\s+|\x00", words):
        said = " ".join(part.split())
        if said:
            yield said


def of_template(source, path):
    """Text between the tags, attributes that are read aloud, and words given to a template tag."""
    source = COMMENT.sub(_blank, source)
    found = []
    for tag in [*TAG.finditer(source), *VARIABLE.finditer(source)]:
        for words in QUOTED.findall(tag[0]):
            if _is_said(words):
                found.append(Text(path, _line(source, tag.start()), words))
    source = VARIABLE.sub(lambda one: VALUE + _blank(one), source)
    source = TAG.sub(_joint, source)
    reader = _Reader(path)
    reader.feed(source)
    reader.close()
    reader.end()
    return found + reader.found


def of_mail(source, path):
    """The paragraphs of a mail, and of other plain text."""
    source = TAG.sub(_joint, VARIABLE.sub(VALUE, COMMENT.sub(_blank, source)))
    found, line = [], 1
    for part in re.split(r"(\n\s*\n)", source):
        if part.strip():
            found.append(Text(path, line, part))
        line += part.count("\n")
    return found


def of_chapter(source, path):
    """The lines of a chapter of the handbook; of links and pictures what is read aloud."""
    source = re.sub(r'<img [^>]*alt="([^"]*)"[^>]*>|!?\[([^]]*)\]\([^)]*\)', r"\1\2", source)
    lines = enumerate(source.replace("*", "").splitlines(), start=1)
    return [Text(path, number, line) for number, line in lines if line.strip()]


def of_python(source, path):
    """What is given to gettext, and what else ends as a sentence: paper has no gettext.

    Docstrings are for who reads the code.
    """
    nodes = list(ast.walk(ast.parse(source)))
    docs = {id(node.value) for node in nodes if isinstance(node, ast.Expr)}
    said = {id(given) for node in nodes for given in _translated(node)}
    return [
        Text(path, node.lineno, node.value)
        for node in nodes
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
        if id(node) in said or (id(node) not in docs and SENTENCE.fullmatch(node.value))
    ]


def _translated(node):
    """The nodes that this call gives to gettext."""
    if not isinstance(node, ast.Call) or getattr(node.func, "id", "") not in TRANSLATORS:
        return []
    return node.args[: 2 if "ngettext" in node.func.id else 1]


def of_script(source, path):
    """The strings of a script that are sentences."""
    source = re.sub(r"//.*", "", source)
    return [
        Text(path, _line(source, one.start()), one[1])
        for one in QUOTED.finditer(source)
        if _is_said(one[1])
    ]


class _Reader(HTMLParser):
    """Gathers text until a tag that begins something new."""

    def __init__(self, path):
        super().__init__(convert_charrefs=True)
        self.path, self.found, self.parts, self.line, self.silent = path, [], [], 1, False

    def handle_starttag(self, tag, attrs):
        for name, value in attrs:
            if name in READ_ALOUD and value and _is_said(value):
                self.found.append(Text(self.path, self.getpos()[0], value))
        self.silent = tag in ("script", "style")
        if tag not in INLINE:
            self.end()

    def handle_endtag(self, tag):
        self.silent = False
        if tag not in INLINE:
            self.end()

    def handle_data(self, data):
        if self.silent:
            return
        if not data.strip(" \n" + BREAK):
            self.parts.append(data)
            return
        if not "".join(self.parts).strip(" \n" + BREAK):
            begins = len(data) - len(data.lstrip(" \n" + BREAK))
            self.parts, self.line = [], self.getpos()[0] + data[:begins].count("\n")
        self.parts.append(data)

    def end(self):
        words = "".join(self.parts)
        if words.strip(" \n" + BREAK):
            self.found.append(Text(self.path, self.line, words))
        self.parts = []


def _blank(found):
    """Nothing, but the lines stay counted."""
    return "\n" * found[0].count("\n")


def _joint(found):
    return (BREAK if BRANCH.match(found[0]) else "") + _blank(found)


def _is_said(words):
    """Whether this is said to people; not the name of a template, a class or a key."""
    return " " in words.strip() and not re.search(r"[{}=<>]|ll-|ams-|\.html|^M ?\d", words)


def _line(source, start):
    return source.count("\n", 0, start) + 1
