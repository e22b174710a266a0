"""All certificates in one file for the printer, in memory that does not grow with their number.

Each person is drawn alone and written away. What their pages share (faces, weave, signatures)
is the same each time and is in the file once. The file keeps PDF/A-3a and PDF/UA-1 as well.
"""

import hashlib
import json
from array import array
from decimal import Decimal
from io import BytesIO

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream
from reportlab.pdfbase import pdfmetrics

from certificates import documents
from participants.paper import finishing, fonts, metadata
from participants.paper.archival import LANGUAGE, NO_IMAGES, Document
from participants.paper.tagging import Annotation, Element
from participants.paper.writing import Writer

TOLD = {"title": "Certificaten", "author": metadata.MAKER, "subject": "Afdrukken"}
OF_A_PAGE = ("/MediaBox", "/Rotate", "/Trans")


def print_file(many_facts, *, images=NO_IMAGES, fronts_only=False):
    """Yield the bytes: two pages for each person, or only the front.

    ``many_facts`` is called, twice, for an iterator over the facts. Raises ValueError when there
    is nobody to print.
    """
    letters = "".join(
        sorted(
            {letter for facts in many_facts() for letter in json.dumps(facts, ensure_ascii=False)}
        )
    )
    if not letters:
        raise ValueError("no certificate to print")
    paper = PrintFile()
    for facts in many_facts():
        paper.add(drawn(facts, letters, images, fronts_only))
        yield paper.writer.drained()
    paper.close()
    yield paper.writer.drained()


def drawn(facts, letters, images, fronts_only):
    """A Document of one person, whose faces hold the ``letters`` of all: they come out the same."""
    document = Document(BytesIO(), images=images, **TOLD)
    for face in fonts.FACES:
        pdfmetrics.getFont(face).splitString(letters, document.canvas._doc)
    documents.draw(document, facts, fronts_only=fronts_only)
    return document


class PrintFile:
    """The file as far as it is written."""

    def __init__(self):
        self.writer = Writer()
        self.once = Once(self.writer)
        self.sheets = array("L")
        self.parts = array("L")
        self.owners = array("L")  # by key: of what a mark or annotation belongs to
        self.tree, self.top, self.pages = (self.writer.reserve() for _ in range(3))

    def add(self, document):
        """Write the pages of ``document`` and what they mean to a reader."""
        with pikepdf.open(BytesIO(document.draw())) as pdf:
            first = len(self.owners)
            person = Person(self.writer, self.once, first)
            for page, sheet in zip(document.pages, pdf.pages, strict=True):
                person.add_page(sheet.obj, page.key, self.pages)
            for part in document.structure.top.kids:
                self.parts.append(person.element(part, self.top))
            self.sheets.extend(person.sheets)
            self.owners.extend(map(person.owner, document.structure.owners))

    def close(self):
        put = self.writer.put
        put(b"<</Type/Pages/Count %d/Kids%b>>" % (len(self.sheets), refs(self.sheets)), self.pages)
        put(
            b"<</Type/StructElem/S/Document/P %d 0 R/K%b>>" % (self.tree, refs(self.parts)),
            self.top,
        )
        numbers = b"".join(b"%d %d 0 R " % row for row in enumerate(self.owners))
        put(
            b"<</Type/StructTreeRoot/K[%d 0 R]/ParentTree<</Nums[%b]>>/ParentTreeNextKey %d>>"
            % (self.top, numbers, len(self.owners)),
            self.tree,
        )
        self.writer.close(put(self._catalogue()), put(self._info()))

    def _catalogue(self):
        packet = metadata.packet(**TOLD, language=LANGUAGE)
        about = self.writer.stream(b"/Type/Metadata/Subtype/XML", packet)
        profile = self.writer.deflated(b"/N 3/Alternate/DeviceRGB", finishing.srgb())
        return (
            b"<</Type/Catalog/Pages %d 0 R/StructTreeRoot %d 0 R/Metadata %d 0 R"
            b"/MarkInfo<</Marked true>>/ViewerPreferences<</DisplayDocTitle true>>/Lang(%b)"
            b"/OutputIntents[<</Type/OutputIntent/S/GTS_PDFA1/DestOutputProfile %d 0 R"
            b"/OutputConditionIdentifier(sRGB IEC61966-2.1)/Info(sRGB IEC61966-2.1)>>]>>"
            % (self.pages, self.tree, about, LANGUAGE.encode(), profile)
        )

    def _info(self):
        entries = {**TOLD, "creator": metadata.MAKER, "producer": metadata.MAKER}
        return b"<<%b>>" % b"".join(
            b"/%b(%b)" % (key.capitalize().encode(), text.encode()) for key, text in entries.items()
        )


class Person:
    """The pages of one person, with their structure; ``first`` is the key of the first of these."""

    def __init__(self, writer, once, first):
        self.writer, self.once, self.first = writer, once, first
        self.sheets = []
        self.annotations = {}
        self.made = {}

    def add_page(self, sheet, key, parent):
        number = self.writer.reserve()
        links = [self._annotation(link, number) for link in sheet.get("/Annots", ())]
        entries = b"".join(
            b"%b %b" % (entry.encode(), self.once.text(sheet[entry]))
            for entry in OF_A_PAGE
            if entry in sheet
        )
        content = self.writer.deflated(b"", sheet.Contents.read_bytes())
        self.writer.put(
            b"<</Type/Page/Parent %d 0 R/Resources %d 0 R/Contents %d 0 R/Annots%b"
            b"/StructParents %d/Tabs/S%b>>"
            % (
                parent,
                self.once.number(sheet.Resources),
                content,
                refs(links),
                self.first + key,
                entries,
            ),
            number,
        )
        self.sheets.append(number)

    def _annotation(self, link, sheet):
        key = int(link.StructParent)
        del link.StructParent
        if "/P" in link:
            del link.P
        text = self.once.direct(link)[:-2]  # without its end: two entries follow
        self.annotations[key] = self.writer.put(
            b"%b/StructParent %d/P %d 0 R>>" % (text, self.first + key, sheet)
        )
        return self.annotations[key]

    def element(self, element, parent):
        """Write ``element`` with all that is in it; returns its number."""
        self.made[element] = number = self.writer.reserve()
        page = next((kid.page for kid in element.kids if not isinstance(kid, Element)), None)
        kids = b" ".join(self._kid(kid, page, number) for kid in element.kids)
        entries = b"".join(
            key.encode() + b" " + self.once.text(entry)
            for key, entry in finishing.attributes(element).items()
        )
        if page is not None:
            entries += b"/Pg %d 0 R" % self.sheets[page]
        return self.writer.put(
            b"<</Type/StructElem/S/%b/P %d 0 R/K[%b]%b>>"
            % (element.kind.encode(), parent, kids, entries),
            number,
        )

    def _kid(self, kid, page, parent):
        if isinstance(kid, Element):
            return b"%d 0 R" % self.element(kid, parent)
        sheet = self.sheets[kid.page]
        if isinstance(kid, Annotation):
            return b"<</Type/OBJR/Obj %d 0 R/Pg %d 0 R>>" % (self.annotations[kid.key], sheet)
        if kid.page == page:
            return b"%d" % kid.place
        return b"<</Type/MCR/Pg %d 0 R/MCID %d>>" % (sheet, kid.place)

    def owner(self, owner):
        """The number of what belongs to one key: an element, or the list of those of a page."""
        if isinstance(owner, Element):
            return self.made[owner]
        return self.writer.put(refs([self.made[element] for element in owner]))


class Once:
    """Writes what pages use. The same thing of another person is the same object."""

    def __init__(self, writer):
        self.writer = writer
        self.numbers = {}

    def number(self, thing):
        """Of the object that is or holds ``thing``."""
        if isinstance(thing, Stream):
            data = thing.read_raw_bytes()
            entries = self._entries({k: v for k, v in thing.items() if k != "/Length"})
            return self._once(entries + data, lambda: self.writer.stream(entries, data))
        text = self.direct(thing)
        return self._once(text, lambda: self.writer.put(text))

    def text(self, thing):
        """As it stands in another object: what is an object of its own by its number."""
        if isinstance(thing, pikepdf.Object) and thing.is_indirect:
            return b" %d 0 R" % self.number(thing)
        return self.direct(thing)

    def direct(self, thing):
        if isinstance(thing, Dictionary):
            return b"<<%b>>" % self._entries(dict(thing.items()))
        if isinstance(thing, Array):
            return b"[%b]" % b" ".join(map(self.text, thing))
        if isinstance(thing, pikepdf.Object):
            return thing.unparse()
        if isinstance(thing, bool):
            return b"true" if thing else b"false"
        assert isinstance(thing, int | Decimal | float), thing
        return str(thing).encode()

    def _entries(self, entries):
        return b"".join(Name(key).unparse() + b" " + self.text(entries[key]) for key in entries)

    def _once(self, content, write):
        digest = hashlib.sha256(content).digest()
        if digest not in self.numbers:
            self.numbers[digest] = write()
        return self.numbers[digest]


def refs(numbers):
    return b"[%b]" % b" ".join(b"%d 0 R" % number for number in numbers)
