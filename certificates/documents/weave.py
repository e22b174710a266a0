"""The weave: one line for every hour, two strands that become one, and a golden thread."""

import math
import zlib
from functools import lru_cache
from typing import NamedTuple

from reportlab.pdfbase.pdfdoc import PDFDictionary, PDFStream
from reportlab.pdfgen.pathobject import PDFPathObject

MOST_LINES = 240  # more lines in a strand are no longer seen apart
STEPS = 14  # curves per line; more is not seen, and makes the file larger


class Shape(NamedTuple):
    """Where a weave stands and how wide it is, in points on a page of ``width`` by ``height``."""

    centre: float
    swing: float
    band: float
    width: float
    height: float


class Strand(NamedTuple):
    """One strand: its colour, how many lines, on which side (-1 or 1; 0 is the golden thread)."""

    colour: str
    lines: int
    side: int

    @property
    def thickness(self):
        # Above eighty hours the lines grow thinner, so that a strand stays lines and no slab.
        return round(0.42 * min(1, 80 / max(self.lines, 1)), 3) if self.side else 1.8


def strands(study_lines, work_lines):
    """From the back to the front."""
    all_strands = (
        Strand("study", study_lines, -1),
        Strand("work", work_lines, 1),
        Strand("joy", 1, 0),
    )
    return [strand for strand in all_strands if strand.lines]


def define(canvas, strand, shape):
    """The name of ``strand`` as a form, which is in the file once and has no colour of its own."""
    name = f"{strand.colour}-{strand.lines}-{shape.centre}-{shape.swing}-{shape.band}"
    if not canvas.hasForm(name):
        drawing = PDFStream(PDFDictionary({"Filter": "/FlateDecode"}), packed(strand, shape))
        canvas.beginForm(name, 0, 0, shape.width, shape.height)
        canvas.endForm(Contents=drawing, Resources=PDFDictionary())
    return name


@lru_cache(maxsize=256)
def packed(strand, shape):
    """A strand as deflated code; the same hours, the same drawing.

    Kept ready, because making and deflating it anew is most of the time a certificate takes.
    """
    drawn = curves(min(strand.lines, MOST_LINES), strand.side, shape)
    return zlib.compress(f"{drawn} S".encode("ascii"), 9)


def curves(lines, side, shape):
    """The code of ``lines`` curves side by side; ``side`` is -1 or 1, or 0 for the thread."""
    path = PDFPathObject()
    for line in range(lines):
        add_smooth(path, curve((line + 0.5) / lines * 2 - 1, side, shape))
    return path.getCode()


def curve(place, side, shape):
    """Points from top to bottom; ``place`` (-1 to 1) is the line's place within its strand."""
    points = []
    for step in range(-1, STEPS + 2):
        down = step / STEPS  # 0 at the top of the page, 1 at the bottom
        turn = 2 * math.pi * 1.25 * down
        wide = shape.band * (0.5 + 0.5 * math.sin(turn + 0.9 * place * (1 - down)) ** 2)
        sway = side * math.cos(turn) if side else 0.3 * math.sin(turn)
        x = shape.centre + shape.swing * (1 - 0.8 * down) * sway + place * wide
        points.append((x, shape.height * (1 - down)))
    return points


def add_smooth(path, points):
    """A curve through the points (Catmull-Rom as Bezier); the ends only give direction."""
    path.moveTo(*hundredths(*points[1]))
    for before, start, end, after in zip(points, points[1:], points[2:], points[3:], strict=False):
        leaving = start[0] + (end[0] - before[0]) / 6, start[1] + (end[1] - before[1]) / 6
        arriving = end[0] - (after[0] - start[0]) / 6, end[1] - (after[1] - start[1]) / 6
        path.curveTo(*hundredths(*leaving, *arriving, *end))


def hundredths(*points):
    """Of a point, finer than a printer; more only makes the file larger."""
    return [round(point, 2) for point in points]
