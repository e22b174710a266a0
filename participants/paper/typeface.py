"""A face of ReportLab as an archive wants it: mended, and made ready once per process.

Each file holds the letters of western and central Europe in every face that it uses, and besides
those only the characters that it needs.
"""

import threading
import zlib
from copy import copy
from functools import lru_cache
from typing import NamedTuple

from reportlab.pdfbase.pdfdoc import PDFObject
from reportlab.pdfbase.ttfonts import (
    FF_NONSYMBOLIC,
    FF_SYMBOLIC,
    SUBSETN,
    TTFont,
    TTFontFace,
    makeToUnicodeCMap,
)

# Those of ASCII are there anyway. ReportLab has 255 places in one font, and begins another when
# they are taken, so some are left for what else there is in names.
READY = (
    "".join(map(chr, range(0xC0, 0x100)))
    + "ĂăĄąĆćČčĎďĐđĒēĘęĚěĞğĪīİıŁłŃńŅņŇňŐőŒœŘřŚśŞşŠšŤťŪūŮůŰűŹźŻżŽžȘșȚț"
    + "–—‘’“”…€•·°"
)
MOST_IN_BLOCK = 100  # lines that a CMap may have in one block
ONE_AT_A_TIME = threading.Lock()  # a face remembers how far it was read


class Face(TTFontFace):
    """Takes the same subset once; most files need no other than the ready one."""

    def makeSubset(self, subset):
        with ONE_AT_A_TIME:
            return self._subset(tuple(subset))

    @lru_cache(maxsize=64)  # noqa: B019 - a face lives as long as its process
    def code(self, name, subset):
        """What a file holds of this subset under this name: Code, but for its references."""
        widths = " ".join(str(self.getCharWidth(character)) for character in subset)
        box = " ".join(map(str, self.bbox))
        flags = self.flags & ~FF_NONSYMBOLIC | FF_SYMBOLIC
        program = self.makeSubset(subset)
        return Code(
            program=ready_stream(program, f"/Length1 {len(program)}"),
            to_unicode=ready_stream(text_of_codes(name, subset)),
            descriptor=(
                f"<</Type/FontDescriptor/FontName/{name}/Flags {flags}/FontBBox[{box}]"
                f"/Ascent {self.ascent}/Descent {self.descent}/CapHeight {self.capHeight}"
                f"/ItalicAngle {self.italicAngle}/StemV {self.stemV}"
                f"/MissingWidth {self.defaultWidth}/FontFile2 "
            ).encode(),
            font=(
                f"<</Type/Font/Subtype/TrueType/BaseFont/{name}/FirstChar 0"
                f"/LastChar {len(subset) - 1}/Widths[{widths}]/FontDescriptor "
            ).encode(),
        )

    @lru_cache(maxsize=64)  # noqa: B019
    def _subset(self, subset):
        return super().makeSubset(list(subset))


class Code(NamedTuple):
    """The objects of a font in a file; the last two still want a reference at their end."""

    program: bytes
    to_unicode: bytes
    descriptor: bytes
    font: bytes


class Ready(PDFObject):
    """An object that is written already; to write the fonts anew took a fifth of the time."""

    def __init__(self, code):
        self.code = code

    def format(self, document):
        return self.code


class Typeface(TTFont):
    """Use it as any font of ReportLab; what it puts in a file keeps PDF/A and PDF/UA."""

    def __init__(self, name, path, ready=READY):
        super().__init__(name, path)
        self.face = Face(path)
        self.ready = TTFont.State(True, self)
        self.state[self] = self.ready
        super().splitString(ready, self)

    def splitString(self, text, doc, encoding="utf-8"):
        if doc not in self.state:
            state = self.state[doc] = copy(self.ready)
            state.assignments = dict(state.assignments)
            state.subsets = list(map(list, state.subsets))
        return super().splitString(text, doc, encoding)

    def addObjects(self, doc):
        """As that of TTFont, with objects that are written once per process."""

        def put(kind, code):
            return doc.Reference(Ready(code), f"{kind}:{name}").format(doc)

        for turn, subset in enumerate(self.state[doc].subsets):
            name = f"{SUBSETN(turn).decode()}+{self.face.name.decode()}"
            code = self.face.code(name, tuple(subset))
            program, text = put("program", code.program), put("text", code.to_unicode)
            descriptor = put("descriptor", code.descriptor + program + b">>")
            font = Ready(code.font + descriptor + b"/ToUnicode " + text + b">>")
            key = self.getSubsetInternalName(turn, doc)[1:]
            doc.idToObject["BasicFonts"].dict[key] = doc.Reference(font, key)
        del self.state[doc]


def ready_stream(content, entries="", level=zlib.Z_DEFAULT_COMPRESSION):
    """The code of a stream whose dictionary has these ``entries`` too."""
    packed = zlib.compress(content, level)
    head = f"<<{entries}/Filter/FlateDecode/Length {len(packed)}>>\nstream\n"
    return head.encode() + packed + b"\nendstream"


@lru_cache(maxsize=128)
def text_of_codes(name, subset):
    """From codes back to text, for who searches, copies or listens.

    ReportLab names places without a character too, and makes one long block of it all.
    """
    begin, end = f"{len(subset)} beginbfchar\n", "endbfchar\n"
    before, rest = makeToUnicodeCMap(name, subset).split(begin)
    rows = [
        f"<{code:02X}> <{chr(character).encode('utf-16-be').hex().upper()}>\n"
        for code, character in enumerate(subset)
        if character
    ]
    blocks = []
    for start in range(0, len(rows), MOST_IN_BLOCK):
        block = rows[start : start + MOST_IN_BLOCK]
        blocks += [f"{len(block)} beginbfchar\n", *block, end]
    return "".join([before, *blocks, rest.partition(end)[2]]).encode("ascii")
