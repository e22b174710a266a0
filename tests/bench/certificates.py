"""What our paper costs above ReportLab itself; called by the bench, asserts nothing.

Two floors, both a bare canvas of ReportLab that makes the front page out of calls that are known
beforehand: every text at its place, every rule and stroke, the same document information. A floor
measures, wraps and checks nothing, and has no structure, no QR code and no weave. They differ in
the fonts: ReportLab as it is takes a subset of each face for each file; with everything static
cached, that was done once and the file gets the finished bytes (of ASCII; our files hold the
letters of Europe).
"""

import io
import itertools
import time
import zlib
from functools import cache

from reportlab import rl_config
from reportlab.pdfbase import pdfdoc, pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont, makeToUnicodeCMap
from reportlab.pdfgen.canvas import Canvas

from certificates import documents
from certificates.documents import front, page
from participants.paper import fonts
from participants.paper.archival import Document
from participants.paper.colours import palette
from tests.bench.timing import medians
from tests.certificates.example import FACTS

MOODLE_SECONDS = 0.218  # Moodle 4.3 with customcert: one certificate with a QR code


def lines():
    """[(name, ratio, goal)], medians of processor time, in turns.

    - certificate_render: a file with the whole front page (weave, QR code, structure, PDF/A),
      against ReportLab as it is
    - certificate_front: the front page without its QR code as ReportLab saves it, weave and marks
      included, before pikepdf finishes it; everything static cached on both sides
    - certificate_full: the certificate as it is issued (front, supplement, QR code, structure,
      PDF/A and the attached facts), against the same cached floor of one front page
    - certificate_fifty_times: a file with the whole front page (weave, QR code drawn anew, tags,
      PDF/A; another person each time), against a fiftieth of what Moodle took for one certificate
      with a QR code. Its time was taken on another day, so this hangs on the machine
    """
    calls = recorded()
    render, floor = medians(
        lambda: documents.print_file([FACTS], fronts_only=True),
        lambda: calls.drawn(plain_face),
        clock=time.process_time,
    )
    bare, full, cached = medians(
        front_without_qr,
        lambda: documents.certificate_pdf(FACTS),
        lambda: calls.drawn(cached_face),
        clock=time.process_time,
    )
    turns = itertools.count()
    (one,) = medians(
        lambda: documents.print_file([person(next(turns))], fronts_only=True),
        clock=time.process_time,
    )
    return [
        ("certificate_render", render / floor, 1.5),
        ("certificate_front", bare / cached, 3),
        ("certificate_full", full / cached, 8),
        ("certificate_fifty_times", one / (MOODLE_SECONDS / 50), 1),
    ]


def front_without_qr():
    document = Document(io.BytesIO(), title="Certificaten", author="", subject="")
    sheet = SheetWithoutQR(document)
    front.draw(sheet, FACTS)
    sheet.close()
    return document.draw()


class SheetWithoutQR(page.Page):
    def qr(self, *args):
        pass


def person(turn):
    code = zlib.crc32(bytes([turn % 256, turn // 256]))
    return FACTS | {
        "name": f"Marisol {'Łukasz Işıl Noor Zoë Bram'.split()[turn % 5]} Martina {turn}",
        "number": f"LL-2027-{turn:04}",
        "check_url": FACTS["check_url"][:-20] + f"{code:019}/",
        "study_minutes": (60 + turn % 23) * 60,
        "work_minutes": (60 + turn % 29) * 60,
    }


class CachedFace(TTFont):
    """A face of ReportLab that puts the same finished bytes in every file."""

    def __init__(self, face):
        original = pdfmetrics.getFont(face)
        self.__dict__ = dict(original.__dict__, fontName=f"{face}-ready", state={})
        (subset,) = TTFont.State(True, self).subsets
        program = self.face.makeSubset(subset)
        self.program = stream(program, f"/Length1 {len(program)}")
        self.to_unicode = stream(makeToUnicodeCMap(face, subset).encode())
        self.descriptor = f"<</Type/FontDescriptor/FontName/{face}/Flags 4/FontFile2 ".encode()
        widths = " ".join(str(self.face.getCharWidth(code)) for code in subset)
        self.dictionary = (
            f"<</Type/Font/Subtype/TrueType/BaseFont/{face}/FirstChar 0/LastChar {len(subset) - 1}"
            f"/Widths[{widths}]/FontDescriptor "
        ).encode()

    def addObjects(self, doc):
        name = self.getSubsetInternalName(0, doc)[1:]
        del self.state[doc]
        program = doc.Reference(Finished(self.program)).format(doc)
        to_unicode = doc.Reference(Finished(self.to_unicode)).format(doc)
        descriptor = doc.Reference(Finished(self.descriptor + program + b">>")).format(doc)
        font = Finished(self.dictionary + descriptor + b"/ToUnicode " + to_unicode + b">>")
        doc.idToObject["BasicFonts"].dict[name] = doc.Reference(font, name)


class Finished(pdfdoc.PDFObject):
    def __init__(self, data):
        self.data = data

    def format(self, document):
        return self.data


def stream(data, entries=""):
    packed = zlib.compress(data)
    head = f"<<{entries}/Filter/FlateDecode/Length {len(packed)}>>\nstream\n"
    return head.encode() + packed + b"\nendstream"


@cache
def cached_face(face):
    font = CachedFace(face)
    # Not by registerFont: that gives a second font of one face the first of that face.
    pdfmetrics._fonts[font.fontName] = font
    return font.fontName


@cache
def plain_face(face):
    font = TTFont(f"{face}-plain", fonts.FOLDER / fonts.FILES[face])
    pdfmetrics._fonts[font.fontName] = font
    return font.fontName


def recorded():
    rl_config.useA85 = 0  # streams as bytes, as ours are
    calls = Floor(Document(io.BytesIO(), title="", author="", subject=""))
    front.draw(calls, FACTS)
    return calls


class Floor(page.Page):
    """Takes down where the front page puts its marks, and draws them again without thinking."""

    def __init__(self, document):
        super().__init__(document)
        self.texts, self.rules, self.pictures = [], [], []

    def text(self, x, y, text, font=fonts.REGULAR, size=12, colour="ink", align="left", kind=""):
        self.texts.append((x, page.HEIGHT - y, text, font, size, palette()[colour], align))

    def rule(self, x1, x2, y, colour="rule"):
        height = page.HEIGHT - y
        self.rules.append((palette()[colour], (x1, height, x2, height)))

    def strokes(self, x, y, hours, kind, pitch, description, height=17):
        lean = 4 if kind == "work" else 0
        foot = page.HEIGHT - y
        starts = [x + 1 + hour * pitch for hour in range(hours)]
        segments = [(start, foot, start + lean, foot + height) for start in starts]
        self.pictures.append((palette()[kind], pitch * 0.5, segments))

    def weave(self, *args, **kwargs):
        pass

    def qr(self, *args):
        pass

    def drawn(self, face_of):
        paper = io.BytesIO()
        first = face_of(fonts.REGULAR)
        size = (page.WIDTH, page.HEIGHT)
        canvas = Canvas(paper, size, initialFontName=first, invariant=1, pageCompression=1)
        canvas.setTitle("Certificaten")
        for x, y, text, font, size, colour, align in self.texts:
            canvas.setFont(face_of(font), size)
            canvas.setFillColor(colour)
            (canvas.drawRightString if align == "right" else canvas.drawString)(x, y, text)
        for colour, line in self.rules:
            canvas.setStrokeColor(colour)
            canvas.setLineWidth(0.75)
            canvas.line(*line)
        for colour, thickness, segments in self.pictures:
            canvas.setStrokeColor(colour)
            canvas.setLineWidth(thickness)
            canvas.lines(segments)
        canvas.showPage()
        canvas.save()
        return paper.getvalue()
