"""Running text and tables on sheets of A4, from one sheet to the next, in points."""

from dataclasses import dataclass

from participants.paper import fonts, typesetting
from participants.paper.page import Page

LEFT, RIGHT, TOP, BOTTOM = 62, 533, 72, 768
WIDTH = RIGHT - LEFT
FOOT = 802
CELL, ROW = 9.5, 13  # size and leading in a table
PADDING = 7
SHEET = BOTTOM - TOP
FEWEST = 2  # lines of a paragraph that stand together, at the foot of a sheet or at its head
MOST_LINES = 45  # in one row of a table; what is longer goes on in the next
MISSING = "\N{WHITE SQUARE}"  # says that a character stood here that we cannot draw


@dataclass(frozen=True)
class Column:
    """``right`` for figures, which are compared by their ends."""

    title: str
    width: float
    right: bool = False

    def lines(self, text):
        return typesetting.wrapped(text, fonts.REGULAR, CELL, self.width - 8)


class Flow:
    """Puts each thing under the last; ``footer`` stands on every sheet, with the number."""

    def __init__(self, document, footer):
        self.document = document
        self.footer = shown(footer)
        self._begin()

    def title(self, text, under=""):
        size, lines = typesetting.fit(shown(text), fonts.LIGHT, WIDTH, 30, 20)
        look = {"font": fonts.LIGHT, "size": size, "colour": "study", "whole": shown(text)}
        self.y = self.page.lines(LEFT, self.y + 8, lines, size * 1.15, kind="H1", **look) + 24
        if under:
            self.paragraph(under, size=12, colour="soft")

    def heading(self, text, room=60):
        """Never the last thing on a sheet: ``room`` points for what follows fit under it."""
        lines = typesetting.wrapped(shown(text), fonts.SEMIBOLD, 14, WIDTH)
        self._need(room + 18 * len(lines))
        look = {"font": fonts.SEMIBOLD, "size": 14, "colour": "study", "whole": shown(text)}
        self.y = self.page.lines(LEFT, self.y + 14, lines, 18, kind="H2", **look) + 20

    def paragraph(self, text, size=11, colour="ink"):
        """One paragraph, which may go on on the next sheet; never with one line alone."""
        text, leading = shown(text), size * 1.45
        lines = typesetting.wrapped(text, fonts.REGULAR, size, WIDTH)
        whole = typesetting.rejoined(text, lines)
        with self.document.structure.element("P", actual=whole):
            while lines:
                here = self._fitting(len(lines), leading)
                with self.page.content("P"):
                    for line in lines[:here]:
                        self.page.text(LEFT, self.y, line, size=size, colour=colour)
                        self.y += leading
                lines = lines[here:]
        self.y += size * 0.5

    def table(self, columns, rows):
        """``rows`` of texts under a head that comes back on every sheet; none stands alone."""
        parts = [part for row in rows for part in parts_of(columns, row)]
        self._need(min(SHEET, ROW + PADDING + self._points(parts[:2])))
        with self.document.structure.element("Table"):
            with self.document.structure.element("TR"):
                self._head(columns, "TH")
            for turn, (cells, texts) in enumerate(parts):
                if self.y + self._points(self._together(parts, turn)) > BOTTOM:
                    self._next()
                    self._head(columns, None)
                self._row(columns, cells, texts)
        self.y += ROW

    def close(self):
        look = {"size": 9, "colour": "soft", "kind": None}
        self.page.text(LEFT, FOOT, self.footer, **look)
        count = len(self.document.pages) + 1
        self.page.text(RIGHT, FOOT, f"Bladzijde {count}", align="right", **look)
        self.page.close()

    def _begin(self):
        self.page = Page(self.document)
        self.y = TOP

    def _next(self):
        self.close()
        self._begin()

    def _need(self, points):
        if self.y + points > BOTTOM:
            self._next()

    def _fitting(self, count, leading):
        """How many of ``count`` lines come here, on the next sheet when that is better."""
        room = int((BOTTOM - self.y) // leading)
        here = count if count <= room else min(room, count - FEWEST)
        if here >= min(count, FEWEST):
            return here
        self._next()
        return min(count, int(SHEET // leading))

    def _together(self, parts, turn):
        """This row, and the last one too when that would else begin a sheet alone."""
        pair = parts[turn : turn + 2]
        two_left = turn == len(parts) - 2 and turn > 0
        return pair if two_left and self._points(pair) < SHEET / 2 else pair[:1]

    def _points(self, parts):
        """From the baseline of the first of these rows to that of the last line of the last."""
        heights = [self.height(cells) for cells, _texts in parts]
        return sum(heights) + PADDING * (len(parts) - 1)

    def height(self, cells):
        return max(map(len, cells)) * ROW

    def _head(self, columns, kind):
        """The titles of the columns; ``kind`` is None where they are only repeated."""
        scope = {"scope": "Column"} if kind else {}
        for x, column in placed(columns):
            with self.page.marked(kind, **scope):
                align = "right" if column.right else "left"
                self.page.text(x, self.y, column.title, fonts.SEMIBOLD, CELL, align=align)
        self._rule("line")

    def _row(self, columns, cells, texts):
        with self.document.structure.element("TR"):
            for (x, column), lines, whole in zip(placed(columns), cells, texts, strict=True):
                look = {"size": CELL, "align": "right" if column.right else "left"}
                with self.page.marked("TD", actual=typesetting.rejoined(whole, lines)):
                    self.page.lines(x, self.y, lines, ROW, **look)
        self.y += max(map(len, cells)) * ROW - ROW
        self._rule("rule")

    def _rule(self, colour):
        self.page.rule(LEFT, RIGHT, self.y + PADDING - 2, colour)
        self.y += ROW + PADDING


def parts_of(columns, row):
    """(cells, texts) of this row, and of what is too long for it in the rows after it."""
    texts = list(map(shown, row))
    cells = [column.lines(text) for column, text in zip(columns, texts, strict=True)]
    for start in range(0, max(map(len, cells)), MOST_LINES):
        part = [lines[start : start + MOST_LINES] for lines in cells]
        yield part, texts if part == cells else [""] * len(cells)


def placed(columns):
    """(x, column): the left of each column, or the right where figures end."""
    x = LEFT
    for column in columns:
        yield (x + column.width if column.right else x), column
        x += column.width


def shown(text):
    """``text`` as it is drawn; of what cannot be drawn one sees that something is missing."""
    return fonts.printable(text, MISSING)
