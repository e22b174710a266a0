"""Sections under each other in a column, on a rhythm that shrinks until everything fits."""

from dataclasses import dataclass

from participants.paper import fonts, typesetting

WIDEST_STEP = 27  # points from one row to the next when there is room


@dataclass(frozen=True)
class Section:
    """A title, then rows of (label, value), then a running text; each may be absent."""

    title: str = ""
    rows: tuple = ()
    text: str = ""
    colour: str = "ink"


@dataclass(frozen=True)
class Rhythm:
    """``step`` points from row to row in a column of ``width``; all other sizes follow."""

    width: float
    step: float

    @property
    def size(self):
        return min(11.5, self.step * 0.62)

    @property
    def leading(self):
        return self.size * 1.3

    def label(self, label, value):
        """The lines of a label, which leaves room for its value."""
        taken = typesetting.width_of(value, fonts.SEMIBOLD, self.size) + 12 if value else 0
        width = max(self.width - taken, self.width / 3)
        return typesetting.evened(fonts.printable(label), fonts.REGULAR, self.size, width)

    def text(self, text):
        return typesetting.evened(fonts.printable(text), fonts.REGULAR, self.size, self.width)


def largest_rhythm(columns, room):
    """One Rhythm per (width, sections) of ``columns``: the same step, so wide that all fit."""
    step = WIDEST_STEP
    while True:
        rhythms = [Rhythm(width, step) for width, _ in columns]
        heights = [
            sum(height(section, rhythm) for section in sections)
            for rhythm, (_, sections) in zip(rhythms, columns, strict=True)
        ]
        if max(heights) <= room:
            return rhythms
        step *= 0.97


def height(section, rhythm):
    """Points from the top of this section to the top of the next."""
    lines = sum(len(rhythm.label(*row)) - 1 for row in section.rows)
    if section.text:
        lines += len(rhythm.text(section.text))
    steps = bool(section.title) + len(section.rows) + 0.6
    return steps * rhythm.step + lines * rhythm.leading


def draw(page, x, y, sections, rhythm, heading="H3"):
    """From y as the top; what comes first has its baseline half a step lower.

    To a reader the rows with values are a table, and those without are a list.
    """
    for section in sections:
        baseline = y + rhythm.step * 0.5
        if section.title:
            look = {"size": rhythm.size * 1.2, "colour": "study", "kind": heading}
            page.text(x, baseline, section.title, fonts.SEMIBOLD, **look)
            baseline += rhythm.step
        draw_rows(page, x, baseline, section.rows, rhythm)
        if section.text:
            look = {"size": rhythm.size, "colour": section.colour, "whole": section.text}
            page.lines(x, baseline, rhythm.text(section.text), rhythm.leading, **look)
        y += height(section, rhythm)


def draw_rows(page, x, y, rows, rhythm):
    if not rows:
        return
    listed = not any(value for _label, value in rows)
    with page.element("L" if listed else "Table"):
        for label, value in rows:
            with page.element("LI" if listed else "TR"):
                y = draw_row(page, x, y, label, value, rhythm, listed)


def draw_row(page, x, y, label, value, rhythm, listed):
    """A label, its value at the right edge, a rule; returns the baseline of the next row."""
    right, first, lines = x + rhythm.width, y, rhythm.label(label, value)
    kind, attributes = ("LBody", {}) if listed else ("TH", {"scope": "Row"})
    with page.marked(kind, actual=typesetting.rejoined(label, lines), **attributes):
        y = page.lines(x, y, lines, rhythm.leading, size=rhythm.size)
    if not listed:
        look = {"align": "right", "kind": "TD"}
        page.text(right, first, value, fonts.SEMIBOLD, rhythm.size, **look)
    page.rule(x, right, y + rhythm.step * 0.3)
    return y + rhythm.step
