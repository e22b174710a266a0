"""The structure of a document: what each mark on the paper is, in the order in which it is read."""

from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import NamedTuple


class Mark(NamedTuple):
    """A piece of a page: the number of the page from 0, and its place among the marks there."""

    page: int
    place: int


class Annotation(NamedTuple):
    """What is laid over a page (a link, a field), and the key by which it finds its element."""

    page: int
    key: int


@dataclass(eq=False, slots=True)
class Element:
    """One element: a heading, a paragraph, a table cell, a picture.

    ``alt`` says what a picture shows; ``actual`` is the text where lines cut it up; ``box`` is
    (left, bottom, right, top) in points; ``scope`` is Row or Column, of a table header.
    """

    kind: str
    alt: str = ""
    actual: str = ""
    box: tuple = ()
    scope: str = ""
    kids: list = field(default_factory=list)


class Structure:
    """The tree of a document, and from each mark back to its element.

    ``owners`` has an entry for each key: the elements of the marks of a page, in their order, or
    the element of an annotation.
    """

    def __init__(self):
        self.top = Element("Document")
        self.open = [self.top]
        self.owners = []

    @contextmanager
    def element(self, kind, **attributes):
        """An element that holds what is made inside, under the element that is open now."""
        element = Element(kind, **attributes)
        self.open[-1].kids.append(element)
        self.open.append(element)
        yield element
        self.open.pop()

    def mark(self, page, key):
        """The place on the page with this number and key of a mark of the open element."""
        marks = self.owners[key]
        marks.append(self.open[-1])
        place = len(marks) - 1
        self.open[-1].kids.append(Mark(page, place))
        return place

    def annotate(self, page):
        """Give the open element an annotation; returns the key by which that finds it back."""
        key = self.owned_by(self.open[-1])
        self.open[-1].kids.append(Annotation(page, key))
        return key

    def owned_by(self, owner):
        """A new key; ``owner`` is an element, or the list of those of a page."""
        self.owners.append(owner)
        return len(self.owners) - 1
