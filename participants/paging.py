"""A page of a long list by keyset: what comes after a row that the address names.

With OFFSET the database works out every row that it skips, and a row that left shifts all pages
after it. A keyset starts where the last page ended, so page 2,000 costs what page 1 costs. The
address holds the key of a row, ``?na=17`` or ``?voor=17``, and never what the list is sorted
by: a name does not belong in the log of a proxy. What that row has to show is asked again.

A list takes its page of keys here and asks ``progress`` for those alone (docs/adr). What is dear
to find out narrows a list block by block, until the page is full (docs/adr/0043).
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from itertools import chain, repeat

from django.db.models import Q

AFTER, BEFORE = "na", "voor"
LONGEST_KEY = 18  # digits that fit in the key of both databases
# How many rows are judged at a time, and together before somebody is asked whether to go on: about
# a second. Few at first: mostly the page is full by then.
BLOCKS = (200, 800, 3000, 6000)


@dataclass(frozen=True)
class Page:
    """The keys of one page, in order, and the keys to go on from; None where nothing is left.

    Where ``is_partial``, ``BLOCKS`` were used up before the page was full: there is more to judge.
    ``rows`` are those of ``keys``, where the whole rows were asked.
    """

    keys: list
    before: int | None = None
    after: int | None = None
    is_partial: bool = False
    rows: list = field(default_factory=list)


@dataclass(frozen=True)
class Judged:
    """``rows`` of which ``judge`` keeps a part, for a list of the API: it orders and cuts off.

    Only as many are judged as it takes to come to the end of what is cut off; where few are kept
    that is everybody: a program waits, where a person is asked whether to go on.
    """

    rows: object
    judge: Callable

    def order_by(self, *columns):
        return Judged(self.rows.order_by(*columns), self.judge)

    def filter(self, **conditions):
        return Judged(self.rows.filter(**conditions), self.judge)

    def __getitem__(self, cut):
        blocks = chain(BLOCKS, repeat(BLOCKS[-1]))
        walk = Walk(self.rows, cut.stop - 1, self.judge, blocks)
        keys = walk.beyond(None, walk.order).found[cut]
        by_key = self.rows.order_by().in_bulk(keys)
        return [by_key[key] for key in keys if key in by_key]


@dataclass
class Stretch:
    """What was found in one direction, more than a page where there is more, and among which."""

    found: list = field(default_factory=list)
    first: int | None = None  # that was looked at; None where there was nothing
    last: int | None = None
    is_cut: bool = False  # there is more to look at


def page(rows, asked, size, among=None, judge=None, whole=False):
    """The ``Page`` of at most ``size`` keys of ``rows`` that the address ``asked`` wants.

    ``rows`` are ordered by columns or annotations that are never null, the last of them unique.
    ``asked`` is a QueryDict; the row that it names is looked for ``among`` rows that the reader
    may see (default ``rows``), so that who no longer fits the filter still marks the place. An
    unknown row, and a page on which nobody is left, give the first page. Two queries.

    ``judge`` gives of a list of keys those that belong in the list, for what is too dear to ask
    of all ``rows``: two queries more for each of ``BLOCKS`` that it takes to fill the page.
    ``whole``, where nothing is judged: read the rows with their keys, for a page of ``rows``.
    """
    walk = Walk(rows, size, judge, whole=whole)
    found = _found(walk, asked, rows if among is None else among)
    return replace(found, rows=[walk.read[key] for key in found.keys]) if whole else found


def _found(walk, asked, among):
    order = walk.order
    forward = BEFORE not in asked
    here = _place(among, order, asked.get(AFTER if forward else BEFORE))
    if here is None:
        return _first(walk)
    stretch = walk.beyond(here, order if forward else _reversed(order))
    return (_onward if forward else _back)(walk, stretch)


def _first(walk):
    return _page(walk, walk.beyond(None, walk.order))


def _onward(walk, stretch):
    """The first page again only where nothing was looked at: else one would go round and round."""
    nothing = stretch.first is None if walk.judge else not stretch.found
    return _first(walk) if nothing else _page(walk, stretch, before=stretch.first)


def _back(walk, stretch):
    if len(stretch.found) <= walk.size and not stretch.is_cut:
        return _first(walk)
    keys = stretch.found[: walk.size][::-1]
    is_full = len(stretch.found) > walk.size
    return Page(keys, keys[0] if is_full else stretch.last, stretch.first, not is_full)


def _page(walk, stretch, before=None):
    keys = stretch.found[: walk.size]
    if len(stretch.found) > walk.size:
        return Page(keys, before, keys[-1])
    return Page(keys, before, stretch.last if stretch.is_cut else None, stretch.is_cut)


@dataclass
class Walk:
    """Through ordered ``rows``, until there is one more than ``size`` that ``judge`` keeps."""

    rows: object
    size: int
    judge: Callable | None = None
    blocks: Iterable | None = None
    whole: bool = False
    read: dict = field(default_factory=dict)  # the rows by their keys, where they are whole

    @property
    def order(self):
        return list(self.rows.query.order_by)

    def beyond(self, here, order):
        """The Stretch that comes after ``here`` (None: from the start) in ``order``."""
        if self.judge:
            return self._judged(here, order)
        found = self._keys(self._after(here, order)[: self.size + 1])
        return Stretch(found, *(found[:1] or [None]), *(found[-1:] or [None]))

    def _keys(self, rows):
        if not self.whole:
            return list(rows.values_list("pk", flat=True))
        self.read = {row.pk: row for row in rows}
        return list(self.read)

    def _judged(self, here, order):
        stretch = Stretch()
        for block in self.blocks or BLOCKS:
            rows = self._after(here, order).values_list("pk", *_columns(order))
            seen = list(rows[: block + 1])
            self._add(stretch, [key for key, *_values in seen[:block]])
            stretch.is_cut = len(seen) > block
            if len(stretch.found) > self.size or not stretch.is_cut:
                break
            here = seen[block - 1][1:]
        return stretch

    def _add(self, stretch, keys):
        """The keys of one block to what was found, where they are kept."""
        if not keys:
            return
        kept = set(self.judge(keys))
        stretch.found += [key for key in keys if key in kept]
        stretch.first = stretch.first or keys[0]
        stretch.last = keys[-1]

    def _after(self, here, order):
        rows = self.rows if here is None else self.rows.filter(standing_after(order, here))
        return rows.order_by(*order)


def _place(rows, order, key):
    """What the row ``key`` has in each column of ``order``; None where there is no such row."""
    if not key or not key.isdecimal() or len(key) > LONGEST_KEY:
        return None
    return rows.filter(pk=int(key)).order_by().values_list(*_columns(order)).first()


def _columns(order):
    return [column.lstrip("-") for column in order]


def _reversed(order):
    return [column[1:] if column.startswith("-") else f"-{column}" for column in order]


def standing_after(order, values):
    """A Q: the rows that stand after ``values`` in ``order``, each column up or down.

    The first column is also bounded by itself: an index on it begins there.
    """
    (first, *rest), (value, *values) = order, values
    name, way = (first[1:], "lt") if first.startswith("-") else (first, "gt")
    past = Q((f"{name}__{way}", value))
    if not rest:
        return past
    return Q((f"{name}__{way}e", value)) & (past | standing_after(rest, values))
