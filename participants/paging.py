"""A page of a long list by keyset: what comes after a row that the address names.

With OFFSET the database works out every row that it skips, and a row that left shifts all pages
after it. A keyset starts where the last page ended, so page 2,000 costs what page 1 costs. The
address holds the key of a row, ``?na=17`` or ``?voor=17``, and never what the list is sorted
by: a name does not belong in the log of a proxy. What that row has to show is asked again.

A list takes its page of keys here and asks ``progress`` for those alone (docs/adr).
"""

from dataclasses import dataclass

from django.db.models import Q

AFTER, BEFORE = "na", "voor"
LONGEST_KEY = 18  # digits that fit in the key of both databases


@dataclass(frozen=True)
class Page:
    """The keys of one page, in order, and the keys to go on from; None where nothing is left."""

    keys: list
    before: int | None = None
    after: int | None = None


def page(rows, asked, size, among=None):
    """The ``Page`` of at most ``size`` keys of ``rows`` that the address ``asked`` wants.

    ``rows`` are ordered by columns or annotations that are never null, the last of them unique.
    ``asked`` is a QueryDict; the row that it names is looked for ``among`` rows that the reader
    may see (default ``rows``), so that who no longer fits the filter still marks the place. An
    unknown row, and a page on which nobody is left, give the first page. Two queries.
    """
    order = list(rows.query.order_by)
    forward = BEFORE not in asked
    here = _place(rows if among is None else among, order, asked.get(AFTER if forward else BEFORE))
    if here is None:
        return _first(rows, size)
    found = _beyond(rows, order if forward else _reversed(order), here, size)
    if forward:
        return Page(found[:size], found[0], _more(found, size)) if found else _first(rows, size)
    if len(found) <= size:
        return _first(rows, size)
    keys = found[size - 1 :: -1]
    return Page(keys, keys[0], keys[-1])


def _first(rows, size):
    found = list(rows.values_list("pk", flat=True)[: size + 1])
    return Page(found[:size], None, _more(found, size))


def _more(found, size):
    """The last key of a page where one row more was found, which begins the next."""
    return found[size - 1] if len(found) > size else None


def _beyond(rows, order, here, size):
    """The keys of the ``size`` rows after ``here``, and one more where there is one."""
    past = rows.filter(standing_after(order, here)).order_by(*order)
    return list(past.values_list("pk", flat=True)[: size + 1])


def _place(rows, order, key):
    """What the row ``key`` has in each column of ``order``; None where there is no such row."""
    if not key or not key.isdecimal() or len(key) > LONGEST_KEY:
        return None
    columns = [column.lstrip("-") for column in order]
    return rows.filter(pk=int(key)).order_by().values_list(*columns).first()


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
