"""The weave: one line for every hour, two strands that become one, and a golden thread."""

import math
from functools import lru_cache
from typing import NamedTuple

from participants.paper.typeface import Ready, ready_stream

MOST_LINES = 240  # more lines in a strand are no longer seen apart
STEPS = 14  # curves per line; more is not seen, and makes the file larger
SMALL = "0.01 0 0 0.01 0 0 cm"  # what follows is in whole hundredths of a point
LINE = "%d %d m" + " %d %d %d %d %d %d c" * STEPS  # from point to point, bent by two others
LEVEL = 4  # of deflating: the most possible takes four times as long, for a fiftieth less


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
        canvas._doc.addForm(name, Ready(drawing(strand, shape)))
    return name


@lru_cache(maxsize=256)
def drawing(strand, shape):
    """A strand as it stands in a file; the same hours, the same drawing.

    Kept ready, because making and deflating one anew takes half as long as all the rest.
    """
    drawn = curves(min(strand.lines, MOST_LINES), strand.side, shape)
    code = f"{SMALL} {strand.thickness * 100:g} w {drawn} S".encode("ascii")
    entries = f"/Type/XObject/Subtype/Form/BBox[0 0 {shape.width} {shape.height}]/Resources<<>>"
    return ready_stream(code, entries, LEVEL)


def curves(lines, side, shape):
    """The code of ``lines`` curves side by side; ``side`` is -1 or 1, or 0 for the thread."""
    places = ((line + 0.5) / lines * 2 - 1 for line in range(lines))
    return " ".join(smooth(curve(place, side, shape)) for place in places)


def curve(place, side, shape):
    """Points from top to bottom; ``place`` (-1 to 1) is the line's place within its strand."""
    points = []
    for step in range(-1, STEPS + 2):
        down = step / STEPS  # 0 at the top of the page, 1 at the bottom
        turn = 2 * math.pi * 1.25 * down
        wide = shape.band * (0.5 + 0.5 * math.sin(turn + 0.9 * place * (1 - down)) ** 2)
        sway = side * math.cos(turn) if side else 0.3 * math.sin(turn)
        x = shape.centre + shape.swing * (1 - 0.8 * down) * sway + place * wide
        points.append((x * 100, shape.height * (1 - down) * 100))
    return points


def smooth(points):
    """The code of a curve through the points (Catmull-Rom as Bezier); the ends only give direction.

    Written here: ReportLab takes three times as long to write the same.
    """
    numbers = list(points[1])
    steps = zip(points, points[1:], points[2:], points[3:], strict=False)
    for before, (x1, y1), (x2, y2), after in steps:
        numbers += x1 + (x2 - before[0]) / 6, y1 + (y2 - before[1]) / 6
        numbers += x2 - (after[0] - x1) / 6, y2 - (after[1] - y1) / 6
        numbers += x2, y2
    return LINE % tuple(numbers)
