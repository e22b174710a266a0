"""Text that fits: shrink, balance, wrap. Never clip. Measures in points."""

import re
from functools import lru_cache

from reportlab.pdfbase import pdfmetrics

SHORTEST_LAST = 0.3  # of the width: a last line that is shorter looks forgotten


def width_of(text, font, size):
    return advance(text, font) * size


@lru_cache(maxsize=4096)
def advance(text, font):
    """The width at one point; the same words come back on every paper, in other sizes."""
    return pdfmetrics.stringWidth(text, font, 1)


def fit(text, font, widest, largest, smallest):
    """(size, lines): one line down to ``smallest``, then two balanced lines, then smaller still."""
    width = width_of(text, font, 1)
    if width * smallest <= widest:
        return min(largest, widest / max(width, 1)), [text]
    lines = balanced(text, font)
    longest = max(width_of(line, font, 1) for line in lines)
    return min(smallest, widest / longest), lines


def balanced(text, font):
    """``text`` in two lines as even as can be; one line when there is no place to break."""

    def unevenness(lines):
        # A hyphen inside a name is the second choice: "Anna-" alone at the end reads badly.
        penalty = 1.2 if lines[0].endswith("-") else 1
        return penalty * max(width_of(line, font, 1) for line in lines)

    breaks = [match.end() for match in re.finditer(r"[ -](?=\S)", text)]
    splits = [[text[:at].rstrip(), text[at:]] for at in breaks if text[:at].strip()]
    return min(splits, key=unevenness, default=[text])


def wrapped(text, font, size, width):
    """Lines no wider than ``width``; a word that is wider itself is cut."""
    if width_of(text, font, size) <= width:
        return [text]
    lines = [""]
    for word in pieces(text, font, size, width):
        longer = f"{lines[-1]} {word}".strip()
        if width_of(longer, font, size) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return [line for line in lines if line]


def evened(text, font, size, width):
    """As ``wrapped``, with as many lines, and no word left alone on the last where that can be."""
    lines = wrapped(text, font, size, width)
    narrower = width
    while len(lines) > 1 and width_of(lines[-1], font, size) < width * SHORTEST_LAST:
        narrower *= 0.96
        tighter = wrapped(text, font, size, narrower)
        if len(tighter) > len(lines) or narrower < width / 2:
            break
        lines = tighter
    return lines


def pieces(text, font, size, width):
    """The words of ``text``; one that is wider than a line comes in pieces."""
    for word in text.split():
        while width_of(word, font, size) > width and len(word) > 1:
            most = max(1, int(len(word) * width / width_of(word, font, size)))
            while most > 1 and width_of(word[:most], font, size) > width:
                most -= 1
            yield word[:most]
            word = word[most:]
        yield word


def flowed(text, font, size, width, most):
    """(size, lines) with at most ``most`` lines, smaller when that is what it takes."""
    lines = evened(text, font, size, width)
    while len(lines) > most:
        size *= 0.96
        lines = evened(text, font, size, width)
    return size, lines


def rejoined(text, lines):
    """What a reader says instead of ``lines``: ``text``, or nothing when that is one line."""
    return text if len(lines) > 1 else ""
