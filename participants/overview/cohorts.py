"""The cohorts of staff, and where everybody stands in one of them."""

from django.core.paginator import Paginator
from django.http import StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.text import slugify
from django.views.decorators.http import require_GET

from participants import progress
from participants.enrolments import namesakes
from participants.enrolments.models import Enrolment, Pause
from participants.overview import actions, spreadsheet, turns
from participants.overview.filters import CohortFilter
from participants.tracks.models import Cohort

PEOPLE_A_PAGE = 40
ROWS_AT_ONCE = 500


@require_GET
def listing(request):
    """The cohorts where the reader has a role, running ones first."""
    cohorts = Cohort.objects.staffed_by(request.user).running_first()
    cohorts = cohorts.with_counts().select_related("track")
    return render(request, "participants/overview/cohorts.html", {"cohorts": cohorts})


@require_GET
def table(request, pk):
    """Seven criteria a person, narrowed and sorted by the address."""
    cohort = found(request.user, pk)
    people = Enrolment.objects.visible_to(request.user).filter(cohort=cohort)
    actors = turns.actors_of(request.user, cohort)
    chosen = CohortFilter(request.GET, people.with_state(), request=request, actors=actors)
    waiting = Pause.objects.awaiting_confirmation().coordinated_by(request.user)
    waiting = waiting.select_related("enrolment__participant")
    page = Paginator(chosen.keys(), PEOPLE_A_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "participants/overview/cohort.html",
        {
            "cohort": cohort,
            "filter": chosen,
            "page": page,
            "rows": _rows(people, list(page), actors),
            "people": people.admitted().count(),
            "ready": progress.met(people.active()).count(),
            "applied": people.applied().count(),
            "pauses": waiting.filter(enrolment__cohort=cohort),
            "coordinates": Cohort.objects.coordinated_by(request.user).contains(cohort),
        },
    )


@require_GET
def export(request, pk):
    """The same people as one CSV; sent while it is made."""
    cohort = found(request.user, pk)
    people = actions.export(cohort, by=request.user)
    actors = turns.actors_of(request.user, cohort)
    chosen = CohortFilter(
        request.GET, progress.of(people.with_state()), request=request, actors=actors
    )
    rows = chosen.qs.select_related("participant").iterator(chunk_size=ROWS_AT_ONCE)
    name = slugify(cohort.name) or str(cohort.pk)
    return StreamingHttpResponse(
        spreadsheet.lines_of(rows),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="overzicht-{name}.csv"'},
    )


def found(user, pk):
    """A cohort where ``user`` is staff; raises Http404 for every other."""
    return get_object_or_404(Cohort.objects.staffed_by(user).select_related("track"), pk=pk)


def _rows(people, keys, actors):
    """The rows of one page, in the order of ``keys``: only these ask for their progress."""
    shown = progress.of(people.with_state().filter(pk__in=keys)).select_related("participant")
    by_key = {enrolment.pk: enrolment for enrolment in shown}
    shared = namesakes.shared([enrolment.participant for enrolment in shown], people)
    return turns.rows([by_key[key] for key in keys if key in by_key], actors, shared)
