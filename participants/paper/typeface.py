"""A face of ReportLab as an archive wants it: mended, and made ready once per process.

Each file holds the letters of western and central Europe in every face that it uses, and besides
those only the characters that it needs.
"""

import threading
import zlib
from copy import copy
from functools import lru_cache

from reportlab.pdfbase.pdfdoc import PDFDictionary, PDFStream, PDFTrueTypeFont
from reportlab.pdfbase.ttfonts import SUBSETN, TTFont, TTFontFace, makeToUnicodeCMap

# Those of ASCII are there anyway. ReportLab has 255 places in one font, and begins another when
# they are taken, so some are left for what else there is in names.
READY = (
    "".join(map(chr, range(0xC0, 0x100)))
    + "ĂăĄąĆćČčĎďĐđĒēĘęĚěĞğĪīİıŁłŃńŅņŇňŐőŒœŘřŚśŞşŠšŤťŪūŮůŰűŹźŻżŽžȘșȚț"
    + "–—‘’“”…€•·°"
)
DEFLATED = PDFDictionary({"Filter": "/FlateDecode"})
MOST_IN_BLOCK = 100  # lines that a CMap may have in one block
ONE_AT_A_TIME = threading.Lock()  # a face remembers how far it was read


class Face(TTFontFace):
    """Takes the same subset once; most files need no other than the ready one."""

    def makeSubset(self, subset):
        with ONE_AT_A_TIME:
            return self._subset(tuple(subset))

    def addSubsetObjects(self, doc, fontname, subset):
        descriptor = super().addSubsetObjects(doc, fontname, subset)
        program = doc.idToObject[doc.idToObject[descriptor.name]["FontFile2"].name]
        program.content = packed(program.content)
        program.dictionary["Filter"] = "/FlateDecode"
        return descriptor

    @lru_cache(maxsize=64)  # noqa: B019 - a face lives as long as its process
    def widths(self, subset):
        return f"[{' '.join(str(self.getCharWidth(character)) for character in subset)}]"

    @lru_cache(maxsize=64)  # noqa: B019
    def _subset(self, subset):
        return super().makeSubset(list(subset))


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
        """As that of TTFont, with streams that are deflated once per process."""
        for turn, subset in enumerate(self.state[doc].subsets):
            name = self.getSubsetInternalName(turn, doc)[1:]
            font = PDFTrueTypeFont()
            font.Name = name
            font.BaseFont = f"{SUBSETN(turn).decode()}+{self.face.name.decode()}"
            font.FirstChar, font.LastChar = 0, len(subset) - 1
            font.Widths = self.face.widths(tuple(subset))
            to_unicode = packed(text_of_codes(font.BaseFont, tuple(subset)))
            font.ToUnicode = doc.Reference(PDFStream(DEFLATED, to_unicode))
            font.FontDescriptor = self.face.addSubsetObjects(doc, font.BaseFont, subset)
            doc.Reference(font, name)
            doc.idToObject["BasicFonts"].dict[name] = font
        del self.state[doc]


@lru_cache(maxsize=128)
def packed(content):
    return zlib.compress(content)


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
