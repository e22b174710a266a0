"""The heads of the table of people: each sorts by its column, up or down, and keeps the rest."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

PEOPLE = [("naam", _("Naam"))]
# The word in the address as it sorts at the first press: of figures the most stands on top.
COHORT = [
    *PEOPLE,
    ("-studie", _("Studie")),
    ("-werk", _("Werk")),
    ("-lessen", _("Lessen")),
    ("-intervisie", _("Intervisie")),
    ("-pop", _("POP")),
    ("-gop", _("GOP")),
    ("-eindgesprek", _("Eindgesprek")),
    ("stand", _("Wie is aan zet")),
]


@dataclass(frozen=True)
class Head:
    """One head: where it leads, and how the table is sorted by it now."""

    label: object
    href: str  # "" for a column that does not sort
    sorted: str = ""  # the value of aria-sort


def heads(asked, sortable):
    """A Head for each column of the table; ``sortable`` are those of COHORT that may sort.

    ``asked`` is the QueryDict of the page: what it narrows stays, its place in the list goes.
    """
    now = asked.get("ordering") or "naam"
    kept = asked.copy()
    for gone in ("na", "voor"):
        kept.pop(gone, None)
    return [_head(kept, now, first, label, (first, label) in sortable) for first, label in COHORT]


def met(rows):
    """(how many met it, of how many) for each criterion, over ``rows`` of the table."""
    columns = zip(*(row.lines for row in rows), strict=True)
    return [(sum(line["met"] for line in lines), len(lines)) for lines in columns]


def _head(kept, now, first, label, sorts):
    if not sorts:
        return Head(label, "")
    if now.lstrip("-") != first.lstrip("-"):
        return Head(label, _address(kept, first))
    down = now.startswith("-")
    turned = now.lstrip("-") if down else f"-{now}"
    return Head(label, _address(kept, turned), "descending" if down else "ascending")


def _address(kept, word):
    kept["ordering"] = word
    return f"?{kept.urlencode()}"
