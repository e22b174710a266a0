"""A sheet, drawn on with y from the top, as on a page of HTML, in points.

Everything on it is either something to a reader (a heading, a cell, a picture with words for it)
or an artifact, which readers pass over.
"""

from contextlib import contextmanager

from reportlab.lib.pagesizes import A4
from reportlab.lib.rl_accel import escapePDF
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.pdfdoc import PDFString

from participants.paper import fonts, pictures, typesetting
from participants.paper.colours import parts


class Page:
    """One method per kind of mark. User text is drawn as it is: there is no markup to escape."""

    def __init__(self, document, size=A4):
        self.document = document
        self.width, self.height = size
        self.number = len(document.pages)
        self.key = document.structure.owned_by([])
        self.marking = False
        self.canvas = document.canvas
        self.canvas.setPageSize(size)

    def element(self, kind, **attributes):
        """What is marked inside belongs together as one ``kind``: a table, a row, a list."""
        return self.document.structure.element(kind, **attributes)

    @contextmanager
    def marked(self, kind, **attributes):
        """What is drawn inside is one ``kind`` to a reader, and an artifact when that is None.

        Inside another mark it is part of that one.
        """
        if self.marking:
            yield
        elif kind is None:
            with self._marking("/Artifact BMC"):
                yield
        else:
            with self.element(kind, **attributes), self.content(kind):
                yield

    @contextmanager
    def content(self, kind):
        """What is drawn inside is content of the element that is open, a ``kind``."""
        place = self.document.structure.mark(self.number, self.key)
        with self._marking(f"/{kind}<</MCID {place}>>BDC"):
            yield

    @contextmanager
    def _marking(self, begin):
        self.canvas.addLiteral(begin)
        self.marking = True
        yield
        self.marking = False
        self.canvas.addLiteral("EMC")

    def text(self, x, y, text, font=fonts.REGULAR, size=12, colour="ink", align="left", kind="P"):
        text = fonts.printable(text)
        if align == "right":
            x -= typesetting.width_of(text, font, size)
        x, y = self.point(x, y)
        shown = " ".join(self._shown(text, font, round(size, 3)))
        with self.marked(kind):
            self.canvas.addLiteral(f"{parts(colour)} rg BT 1 0 0 1 {x} {y} Tm {shown} ET")

    def _shown(self, text, font, size):
        """The code that shows ``text``: one piece for each font in the file that has its letters.

        Written here, because ReportLab takes most of its time to write the same in more words.
        """
        face, file = pdfmetrics.getFont(font), self.canvas._doc
        for subset, codes in face.splitString(text, file):
            yield f"{face.getSubsetInternalName(subset, file)} {size} Tf ({escapePDF(codes)}) Tj"

    def point(self, x, y):
        """Where ReportLab, which counts from the bottom, has this point; finer is never seen."""
        return round(x, 2), round(self.height - y, 2)

    def lines(self, x, y, lines, leading, kind="P", whole="", **look):
        """Several lines that are one to a reader; ``whole`` is their text before it was cut up.

        The last baseline is returned, so that what follows can move down.
        """
        with self.marked(kind, actual=typesetting.rejoined(whole, lines)):
            for row, line in enumerate(lines):
                self.text(x, y + row * leading, line, **look)
        return y + (len(lines) - 1) * leading

    def fitted(self, x, y, text, widest, sizes, font=fonts.REGULAR, **look):
        """One line between two sizes, else two balanced lines; returns the last baseline."""
        text = fonts.printable(text)
        size, lines = typesetting.fit(text, font, widest, *sizes)
        return self.lines(x, y, lines, size * 1.12, whole=text, font=font, size=size, **look)

    def paragraph(self, x, y, text, width, size, most, **look):
        """At most so many lines, smaller when needed; returns the last baseline."""
        text = fonts.printable(text)
        size, lines = typesetting.flowed(text, fonts.REGULAR, size, width, most)
        return self.lines(x, y, lines, size * 1.4, whole=text, size=size, **look)

    def rule(self, x1, x2, y, colour="rule"):
        (x1, y), (x2, _) = self.point(x1, y), self.point(x2, y)
        with self.marked(None):
            self.canvas.addLiteral(f"{parts(colour)} RG 0.75 w {x1} {y} m {x2} {y} l S")

    def size_of(self, key, room):
        """(width, height) of the image that goes by ``key``, as large as fits in ``room``."""
        return pictures.fitted(pictures.read(self.document.images[key]), *room)

    def picture(self, key, x, y, size, alt):
        """The image that goes by ``key``, its lower left corner at (x, y); in the file once."""
        if not self.canvas.hasForm(key):
            drawing = pictures.stream(pictures.read(self.document.images[key]))
            self.canvas._doc.addForm(key, drawing)
        (left, bottom), (width, height) = self.point(x, y), size
        with self.marked("Figure", alt=alt, box=(left, bottom, left + width, bottom + height)):
            self.canvas.saveState()
            self.canvas.transform(width, 0, 0, height, left, bottom)
            self.canvas.doForm(key)
            self.canvas.restoreState()

    def link(self, left, top, width, height, address, description):
        """Make an area of the open element lead to ``address``; call it inside a Link."""
        self.canvas.linkURL(
            address,
            (*self.point(left, top + height), *self.point(left + width, top)),
            Contents=PDFString(description),
            F=4,  # printed
            StructParent=self.document.structure.annotate(self.number),
        )

    def signature_field(self, name, description):
        """A field that is not seen on paper, for a signature that is put in later."""
        with self.element("Form", alt=description):
            key = self.document.structure.annotate(self.number)
        self.document.fields.append((self.number, key, name, description))

    def close(self):
        """End the sheet: nothing can be added to it any more."""
        self.canvas.showPage()
        self.document.pages.append(self)
