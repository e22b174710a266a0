"""The figures of one year over all cohorts and tracks, for coordinators and administrators."""

from dataclasses import dataclass, field

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from participants.accounts.models import Role
from participants.enrolments.models import Enrolment
from participants.overview import periods
from participants.overview.shielding import Group, shield
from participants.tracks.models import Cohort

READERS = (Role.Kind.COORDINATOR, Role.Kind.ADMINISTRATOR)
# What became of people, by the name in ``periods.People``: each is a breakdown of its own.
BROKEN_DOWN = {
    "began": _("Begonnen"),
    "paused": _("Pauze"),
    "stopped": _("Gestopt"),
    "completed": _("Afgerond"),
}


@dataclass
class Line:
    """One row of the page: the figures of a cohort, or what those of a track add up to."""

    name: str
    people: periods.People
    study_minutes: int
    work_minutes: int
    group: Group
    parts: dict = field(default_factory=dict)  # a Group for each of BROKEN_DOWN
    cohort: Cohort | None = None

    @property
    def shown(self):
        return self.group.shown

    @property
    def broken_down(self):
        """(label, how many) for each of BROKEN_DOWN; None where it may not be shown."""
        return [
            (label, getattr(self.people, name) if self.parts[name].shown else None)
            for name, label in BROKEN_DOWN.items()
        ]


@dataclass
class Block:
    """A track: its cohorts, and their total."""

    track: object
    lines: list
    total: Line


@require_GET
def page(request):
    """The figures of ``?jaar=`` (default this year)."""
    cohorts = Cohort.objects.with_role(request.user, *READERS)
    if not cohorts.exists():
        raise PermissionDenied
    years = _years(cohorts)
    year = _chosen(request.GET.get("jaar", ""), years)
    known = set(Cohort.objects.coordinated_by(request.user).values_list("pk", flat=True))
    blocks, total = figures(cohorts, year, known)
    context = {"years": years, "year": year, "blocks": blocks, "total": total}
    return render(request, "participants/overview/organisation.html", context)


def figures(cohorts, year, known):
    """(the Blocks of ``year``, the Line of all together), shielded.

    ``known`` are the keys of cohorts whose people the reader works with.
    """
    people = Enrolment.objects.filter(cohort__in=cohorts)
    counted = periods.by_cohort(people, periods.Period.of_year(year).so_far())
    shown = cohorts.filter(pk__in=counted).select_related("track")
    tracks = {}
    for cohort in shown.order_by("track__name", "-starts_on", "name", "pk"):
        line = _line(cohort, counted[cohort.pk], cohort.pk in known)
        tracks.setdefault(cohort.track, []).append(line)
    blocks = [Block(track, lines, _sum(track.name, lines)) for track, lines in tracks.items()]
    total = _sum("", [block.total for block in blocks])
    for group in (total.group, *total.parts.values()):
        shield(group)
    return blocks, total


def _line(cohort, counted, known):
    return Line(
        name=cohort.name,
        people=counted.people,
        study_minutes=counted.study_minutes,
        work_minutes=counted.work_minutes,
        group=Group(cohort.pk, people=counted.people.total, known=known),
        parts={
            name: Group(cohort.pk, people=getattr(counted.people, name), known=known)
            for name in BROKEN_DOWN
        },
        cohort=cohort if known else None,
    )


def _sum(name, lines):
    people = periods.People()
    for line in lines:
        people += line.people
    return Line(
        name=name,
        people=people,
        study_minutes=sum(line.study_minutes for line in lines),
        work_minutes=sum(line.work_minutes for line in lines),
        group=Group(name, parts=[line.group for line in lines]),
        parts={
            part: Group(name, parts=[line.parts[part] for line in lines]) for part in BROKEN_DOWN
        },
    )


def _years(cohorts):
    """The years in which one of ``cohorts`` ran, the latest first; never one to come."""
    this_year = timezone.localdate().year
    begun = cohorts.order_by("starts_on").values_list("starts_on", flat=True).first()
    return list(range(this_year, min(begun.year, this_year) - 1, -1))


def _chosen(asked, years):
    """The asked year, the latest when none was; Http404 for a year without a page."""
    by_name = {str(year): year for year in years}
    if asked and asked not in by_name:
        raise Http404
    return by_name.get(asked, years[0])
