"""What waits on who is logged in, of all kinds together, the oldest first; and per cohort.

A list takes the oldest of each kind and no more, so its queries do not grow with what waits.
"""

import datetime as dt
from dataclasses import dataclass, field

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_GET

from participants.overview.kinds import KINDS
from participants.tracks.models import Cohort

STEP, MOST = 20, 200


@dataclass(frozen=True)
class Pile:
    """What the page shows: the oldest of all kinds together, and how many there are of each."""

    items: list
    figures: list  # (key, label, how many), of the kinds of which something waits
    chosen: str = ""  # the key of the only kind that is shown

    @property
    def total(self):
        """How many things wait in all."""
        return sum(many for _key, _label, many in self.figures)

    @property
    def more(self):
        """How many of what was chosen are not on this page."""
        chosen = sum(many for key, _label, many in self.figures if self.chosen in ("", key))
        return chosen - len(self.items)

    @property
    def oldest(self):
        return self.items[0].since if self.items else None


@dataclass
class OfCohort:
    """What waits in one cohort."""

    cohort: Cohort
    many: int = 0
    oldest: dt.datetime | None = None
    kinds: list = field(default_factory=list)  # (key, label, how many)

    def add(self, kind, many, oldest):
        self.many += many
        self.oldest = min(oldest, self.oldest or oldest)
        self.kinds.append((kind.key, kind.label, many))


def pile(user, limit, chosen=""):
    """The Pile of ``user``: at most ``limit`` items; ``chosen`` is the key of one kind."""
    items, figures = [], []
    for kind in KINDS:
        many, found = kind.oldest(user, limit)
        if many:
            figures.append((kind.key, kind.label, many))
        if chosen in ("", kind.key):
            items += found
    items.sort(key=lambda item: item.since)
    return Pile(items[:limit], figures, chosen)


def per_cohort(user):
    """An OfCohort for each cohort that ``user`` coordinates and where something waits."""
    cohorts = Cohort.objects.coordinated_by(user).select_related("track")
    found = {cohort.pk: OfCohort(cohort) for cohort in cohorts}
    for kind in KINDS:
        for key, many, oldest in kind.per_cohort(user):
            if key in found:
                found[key].add(kind, many, oldest)
    return sorted((one for one in found.values() if one.many), key=lambda one: one.oldest)


@require_GET
def page(request):
    """The pile of staff. ``?soort=`` shows one kind, ``?tot=`` more of it."""
    user = request.user
    if not user.is_staff_member:
        raise PermissionDenied
    chosen = request.GET.get("soort", "")
    if chosen not in ("", *(kind.key for kind in KINDS)):
        raise Http404
    limit = limit_of(request.GET.get("tot", ""))
    context = {
        "pile": pile(user, limit, chosen),
        "step": STEP,
        "next_limit": min(limit + STEP, MOST),
        "can_show_more": limit < MOST,
        "cohorts": per_cohort(user) if user.is_coordinator else [],
    }
    return render(request, "participants/overview/waiting.html", context)


def limit_of(asked, *, step=STEP, most=MOST):
    """How many to show: what the address asks, at most ``most``; ``step`` where it asks nothing."""
    return min(int(asked), most) if asked.isdecimal() and len(asked) < 5 else step
