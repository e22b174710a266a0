"""What changed between two versions of a plan: per part in a word, and within it word by word."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise

from django.utils.translation import gettext_lazy as _

from participants.plans.sections import OF_KIND

WORD = re.compile(r"\S+\s*|\s+")
STATES = {
    "new": _("Nieuw"),
    "changed": _("Veranderd"),
    "gone": _("Weggehaald"),
    "same": _("Niet veranderd"),
}


@dataclass(frozen=True)
class Piece:
    """Some words; ``kind`` is "same", "added" or "removed"."""

    kind: str
    text: str


@dataclass(frozen=True)
class Change:
    """One part of the newer version beside the older one, either of which may lack it."""

    key: str
    section: str
    label: str
    state: str  # of STATES; "" where there is nothing to compare with
    now: list[Piece]
    before: list[Piece]

    @property
    def word(self):
        return STATES.get(self.state, "")


def between(version, earlier):
    """A Change for each part of ``version``, and of ``earlier`` (may be None) what is gone."""
    old = {part.key: part for part in earlier.parts} if earlier else {}
    found = [_change(part, old.pop(part.key, None), bool(earlier)) for part in version.parts]
    found += [
        Change(part.key, part.section, part.label, "gone", [], [Piece("removed", part.text)])
        for part in old.values()
    ]
    order = list(OF_KIND[version.plan.kind])
    return sorted(found, key=lambda change: order.index(change.section))


def labels_of_changed(version, earlier):
    """Of which parts ``version`` says something else than ``earlier``: their labels, in order."""
    before = {part.key: part for part in earlier.parts} if earlier else {}
    now = {part.key: part for part in version.parts}
    return [
        part.label
        for key, part in (before | now).items()
        if key not in before or key not in now or before[key].text != now[key].text
    ]


def comparable(version, earlier):
    """Whether the words of both can stand side by side: a file is a full plan by itself."""
    return earlier is not None and not version.file_id and not earlier.file_id


def told(versions):
    """``(version, earlier, labels)`` for each of ``versions``, which come newest first.

    ``labels`` say what changed since ``earlier``; empty for the first one and around a file.
    """
    rows = [*versions, None]
    return [
        (
            version,
            earlier,
            labels_of_changed(version, earlier) if comparable(version, earlier) else [],
        )
        for version, earlier in pairwise(rows)
    ]


def words(before, after):
    """Two lists of Piece: ``after`` with what was added, ``before`` with what was removed."""
    old, new = WORD.findall(before), WORD.findall(after)
    now, then = [], []
    for kind, i1, i2, j1, j2 in SequenceMatcher(None, old, new).get_opcodes():
        same = kind == "equal"
        _append(then, "same" if same else "removed", old[i1:i2])
        _append(now, "same" if same else "added", new[j1:j2])
    return now, then


def _change(part, old, compared):
    if old is None:
        state = "new" if compared else ""
        return Change(part.key, part.section, part.label, state, [Piece("same", part.text)], [])
    if old.text == part.text:
        now, before = [Piece("same", part.text)], []
    else:
        now, before = words(old.text, part.text)
    state = "changed" if before else "same"
    return Change(part.key, part.section, part.label, state, now, before)


def _append(pieces, kind, found):
    if found:
        pieces.append(Piece(kind, "".join(found)))
