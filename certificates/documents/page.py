"""A sheet of A4 landscape with what only a certificate has: weave, strokes, QR code."""

from reportlab.lib.pagesizes import A4, landscape

from certificates.documents import weave
from participants.paper import fonts, page, qr
from participants.paper.colours import palette, parts

WIDTH, HEIGHT = landscape(A4)

# One grid for both pages, in points.
LEFT, RIGHT = 250, 796
COLUMN = RIGHT - LEFT
PALE = 0.13  # how much a word across the page covers of what is under it


class Page(page.Page):
    def __init__(self, document):
        super().__init__(document, (WIDTH, HEIGHT))

    def strokes(self, x, y, hours, kind, pitch, description, height=17):
        """The picture of the pages: one stroke is one hour; work leans, study stands."""
        lean = 4 if kind == "work" else 0
        left, foot = self.point(x, y)
        box = (left, foot, left + hours * pitch + lean + 1, foot + height)
        # One line, as broad as the strokes are high: each of its dashes is a stroke.
        dash, middle = round(pitch / 2, 5), height / 2
        start = 1 - dash / 2
        end = start + (2 * hours - 1) * dash
        with self.marked("Figure", alt=description, box=box):
            self.canvas.addLiteral(
                f"q 1 0 {lean / height:.5f} 1 {left} {foot} cm {parts(kind)} RG {height} w"
                f" [{dash}] 0 d {start:.5f} {middle} m {end:.5f} {middle} l S Q"
            )

    def weave(self, study_lines, work_lines, centre, swing, band):
        """Three drawings, each in the file once however many pages show it."""
        shape = weave.Shape(centre, swing, band, WIDTH, HEIGHT)
        with self.marked(None):
            for strand in weave.strands(study_lines, work_lines):
                name = weave.define(self.canvas, strand, shape)
                self.canvas.addLiteral(f"{parts(strand.colour)} RG")
                self.canvas.doForm(name)

    def qr(self, x, y, side, address):
        """A square with its quiet zone; on a screen, where nobody scans, it is a link."""
        box = (x, HEIGHT - y - side, x + side, HEIGHT - y)
        with self.element("Link"):
            with self.marked("Figure", alt="QR-code naar de controlepagina", box=box):
                self._squares(x, y, side, *qr.runs(address))
            self.link(x, y, side, side, address, "Controleer dit certificaat")

    def _squares(self, x, y, side, modules, dark):
        """Drawn in whole modules from the top left corner, on a white ground."""
        (left, top), scale = self.point(x, y), round(side / modules, 5)
        squares = " ".join(f"{column} {row} {length} 1 re" for column, row, length in dark)
        self.canvas.addLiteral(
            f"q {scale} 0 0 -{scale} {left} {top} cm 1 g 0 0 {modules} {modules} re f"
            f" {parts('ink')} rg {squares} f Q"
        )

    def mark(self, word):
        """A pale word across the page, clear of the weave so that it can be read."""
        size = 112
        with self.marked("P"):
            self.canvas.saveState()
            self.canvas.setFillColor(palette()["ink"], alpha=PALE)
            self.canvas.translate((LEFT + RIGHT) / 2, HEIGHT / 2)
            self.canvas.rotate(30)
            self.canvas.setFont(fonts.BOLD, size)
            self.canvas.drawCentredString(0, -size * 0.33, word)
            self.canvas.restoreState()
