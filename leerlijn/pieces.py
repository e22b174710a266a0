"""Pieces of a page that are drawn once and remembered: marks, keys, cells of figures.

What such a piece is drawn from is said beforehand, value by value: one of a few words, a whole
number, or yes or no. Nothing else comes in, so nothing that somebody typed and nothing about who
asks can be remembered, and shown to somebody else. See ADR 41.
"""

import re
from functools import lru_cache

from django.dispatch import receiver
from django.template.loader import render_to_string
from django.utils.autoreload import file_changed

NUMBER, TRUTH = int, bool
LIMIT = 2048  # of one piece; the longest is a kilobyte
PIECES = []


def piece(template, **kinds):
    """A function that draws ``template`` from values for ``kinds``, in their order.

    A kind is NUMBER, TRUTH or a tuple of words; the template gets its value by that name,
    and neither request nor user. The LIMIT that was asked for last is remembered.
    Raises ValueError for any other value: a piece for text of people is a tag with
    ``format_html``, or an ``include``.
    """

    # Typed: 1 and True are one key for Python, and so are a word and a lazy or safe text like it.
    @lru_cache(maxsize=LIMIT, typed=True)
    def drawn(*values):
        given = {
            name: _plain(value, kind)
            for (name, kind), value in zip(kinds.items(), values, strict=True)
        }
        return render_to_string("partials/on_one_line.html", given | {"piece": template})

    drawn.kinds = kinds
    PIECES.append(drawn)
    return drawn


def on_one_line(html):
    """``html`` with one space for several or a new line, and none at the end of a tag."""
    return re.sub(r" (?=/?>)", "", re.sub(r"[ \n]+", " ", html)).strip(" ")


@receiver(file_changed)
def forget(**_signal):
    """Draw everything anew: somebody works on a template."""
    for drawn in PIECES:
        drawn.cache_clear()


def _plain(value, kind):
    """``value``; of a word the one that the piece itself knows."""
    if kind in (NUMBER, TRUTH):
        if type(value) is not kind:
            raise ValueError(f"{value!r} is no {kind.__name__}")
        return value
    return kind[kind.index(value)]
