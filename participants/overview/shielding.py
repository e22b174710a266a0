"""Which figures may be shown to somebody who may not know about single people.

A figure over one to four people says something about each of them (domain: people first). Hiding
it is not enough when a total and the other figures stand beside it: what is hidden then follows
by subtraction. So as much is hidden as is needed that every group that can be worked out from
what is shown holds nobody, or at least FEWEST people.

What the reader works with already (``known``) is shown and takes no part: it hides nobody.
"""

from dataclasses import dataclass, field

FEWEST = 5


@dataclass(eq=False)
class Group:
    """A cohort (a leaf), or several groups that add up to it. ``people`` count in a leaf."""

    key: object
    people: int = 0
    known: bool = False
    parts: list = field(default_factory=list)
    shown: bool = True

    @property
    def unknown(self):
        """How many people stand behind it that the reader does not know already."""
        if self.parts:
            return sum(part.unknown for part in self.parts)
        return 0 if self.known else self.people


def shield(group):
    """Decide ``shown`` of ``group`` and all its parts; returns ``group``."""
    if 0 < group.unknown < FEWEST:
        _hide(group)
    else:
        _among(group.parts)
    return group


def _among(parts):
    """Decide the parts of a group whose own figure is shown."""
    closed = [part for part in parts if 0 < part.unknown < FEWEST]
    spare = sorted((part for part in parts if part.unknown >= FEWEST), key=_size, reverse=True)
    # One that is hidden beside a total is not hidden: the smallest that is large enough joins it.
    while closed and sum(map(_size, closed)) < FEWEST and spare:
        closed.append(spare.pop())
    for part in parts:
        if part in closed:
            _hide(part)
        else:
            shield(part)


def _size(group):
    return group.unknown


def _hide(group):
    """Nothing of it: parts that are shown would add up to it again."""
    group.shown = group.unknown == 0
    for part in group.parts:
        _hide(part)
