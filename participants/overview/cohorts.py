"""The cohorts of staff, and where everybody stands in one of them."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import render
from django.views.decorators.http import require_GET

from participants import pace, progress
from participants.enrolments import namesakes
from participants.enrolments.models import Enrolment, Pause
from participants.overview import columns, turns
from participants.overview.filters import CohortFilter, PeopleFilter
from participants.tracks.finding import staffed
from participants.tracks.models import Cohort

PEOPLE_A_PAGE = 40


@require_GET
def listing(request):
    """The cohorts where the reader has a role, running ones first."""
    cohorts = Cohort.objects.staffed_by(request.user).running_first()
    cohorts = cohorts.with_counts().select_related("track")
    return render(request, "participants/overview/cohorts.html", {"cohorts": cohorts})


@require_GET
def table(request, pk):
    """Seven criteria a person, narrowed and sorted by the address; ``?vorm=beeld`` as a picture."""
    cohort = staffed(request.user, pk)
    people = _people_of(cohort, request.user)
    actors = turns.actors_of(request.user, cohort)
    chosen = CohortFilter(request.GET, people.with_state(), request=request, actors=actors)
    waiting = Pause.objects.awaiting_confirmation().coordinated_by(request.user)
    waiting = waiting.select_related("enrolment__participant")
    page = chosen.page(PEOPLE_A_PAGE)
    rows = rows_of(people, page.keys, lambda _cohort: actors)
    return render(
        request,
        "participants/overview/cohort.html",
        {
            "cohort": cohort,
            "filter": chosen,
            "page": page,
            "rows": rows,
            "heads": columns.heads(request.GET, columns.COHORT),
            "drawn": request.GET.get("vorm") == "beeld",
            "met": columns.met(rows),
            "people": people.admitted().count(),
            "ready": progress.met(people.active()).count(),
            "applied": people.applied().count(),
            "pauses": waiting.filter(enrolment__cohort=cohort),
            "coordinates": Cohort.objects.coordinated_by(request.user).contains(cohort),
        },
    )


def _people_of(cohort, user):
    """The people of ``cohort`` whom ``user`` may see; asked once, for all that is asked of them."""
    seen = Enrolment.objects.visible_to(user).filter(cohort=cohort)
    return Enrolment.objects.filter(pk__in=list(seen.values_list("pk", flat=True)))


@require_GET
def everybody(request):
    """The same of all cohorts where the reader is staff, in one list."""
    if not request.user.is_staff_member:
        raise PermissionDenied
    people = Enrolment.objects.listed_for(request.user)
    chosen = PeopleFilter(request.GET, people.with_state(), request=request)
    page = chosen.page(PEOPLE_A_PAGE)
    rows = rows_of(people, page.keys, turns.actors_by_cohort(request.user))
    context = {
        "filter": chosen,
        "page": page,
        "rows": rows,
        "heads": columns.heads(request.GET, columns.PEOPLE),
        "people": people.admitted().count(),
    }
    return render(request, "participants/overview/everybody.html", context)


def rows_of(people, keys, actors):
    """The rows of one page, in the order of ``keys``: only these ask for their progress.

    ``actors`` gives for the key of a cohort the words of ``waiting_on`` that mean the reader.
    """
    shown = pace.of(progress.of(people.with_state().filter(pk__in=keys)))
    by_key = {each.pk: each for each in shown.select_related("participant", "cohort__track")}
    shared = namesakes.shared([each.participant for each in by_key.values()], people)
    in_order = [by_key[key] for key in keys if key in by_key]
    return [turns.row_of(each, actors(each.cohort_id), shared) for each in in_order]
