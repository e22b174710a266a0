"""The cohorts of staff, and where everybody stands in one of them."""

from collections import Counter
from dataclasses import dataclass, field

from django.core.exceptions import PermissionDenied
from django.db import connection, models
from django.shortcuts import render
from django.views.decorators.http import require_GET

from participants import pace, progress
from participants.enrolments import namesakes
from participants.enrolments.models import NOT_ADMITTED, Enrolment, Pause
from participants.explanations import COORDINATOR
from participants.once import Asker, Told
from participants.overview import columns, turns
from participants.overview.filters import CohortFilter, PeopleFilter
from participants.statements import Statement
from participants.tracks.finding import staffed
from participants.tracks.models import Cohort

PEOPLE_A_PAGE = 40
# What a row shows of somebody, beside what is worked out.
OF_A_ROW = ("status", *(f"participant__{name}" for name in ("name", "name_key", "email")))


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
    group = Group.seen_by(request.user, cohort)
    actors = turns.actors_of(request.user, cohort)
    people = group.enrolments.with_state().select_related("participant").only(*OF_A_ROW)
    chosen = CohortFilter(request.GET, people, request=request, actors=actors)
    page = chosen.page(PEOPLE_A_PAGE)
    found = pace.known(page.rows)
    rows = turns.rows(found, actors, group.shared)
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
            "people": group.admitted,
            "ready": _ready(found, group),
            "applied": group.counts[Enrolment.Status.APPLIED],
            "pauses": group.pauses_asked_of(request.user),
            "coordinates": COORDINATOR in actors,
        },
    )


def _seen():
    """The people of a cohort whom who asks may see, with what the page counts by."""
    rows = Enrolment.objects.visible_to(Asker()).filter(cohort=Told("cohort", TOLD["cohort"]))
    asked = ("pk", "status", "participant__name_key", "asks_for_pause")
    return rows.with_question().order_by().values_list(*asked)


TOLD = {"asker": models.BigIntegerField(), "cohort": models.BigIntegerField()}
SEEN = Statement("people_seen", _seen, TOLD)


@dataclass(frozen=True)
class Group:
    """The people of one cohort whom somebody may see; asked once, for all that is asked of them.

    ``statuses`` are by the key of an enrolment; ``shared`` is as of ``namesakes``; ``asking`` are
    the keys of who asks for a pause.
    """

    statuses: dict
    shared: frozenset
    asking: list
    counts: Counter = field(init=False)

    def __post_init__(self):
        object.__setattr__(self, "counts", Counter(self.statuses.values()))

    @classmethod
    def seen_by(cls, user, cohort):
        with connection.cursor() as cursor:
            cursor.execute(*SEEN.about(asker=user.pk, cohort=cohort.pk))
            rows = cursor.fetchall()
        # Nobody is twice in one cohort: who has the same name is somebody else.
        shared = namesakes.repeated(name for _key, _status, name, _asks in rows)
        asking = [key for key, _status, _name, asks in rows if asks]
        return cls({key: status for key, status, *_rest in rows}, shared, asking)

    @property
    def enrolments(self):
        return Enrolment.objects.filter(pk__in=list(self.statuses))

    @property
    def admitted(self):
        return len(self.statuses) - sum(self.counts[status] for status in NOT_ADMITTED)

    def pauses_asked_of(self, user):
        """The pauses that ``user`` has to answer; mostly there are none, and nothing is asked."""
        if not self.asking:
            return []
        waiting = Pause.objects.awaiting_confirmation().coordinated_by(user)
        return waiting.filter(enrolment__in=self.asking).select_related("enrolment__participant")


def _ready(found, group):
    """How many of ``group`` can have a certificate; of those who were ``found`` it is known."""
    met = sum(each.criteria_met for each in found if each.status == Enrolment.Status.ACTIVE)
    known = {each.pk for each in found}
    active = [key for key, status in group.statuses.items() if status == Enrolment.Status.ACTIVE]
    others = [key for key in active if key not in known]
    return met + (progress.met(Enrolment.objects.filter(pk__in=others)).count() if others else 0)


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
    found = _known(people.with_state().select_related("participant", "cohort"), keys)
    shared = namesakes.shared([each.participant for each in found], people)
    return [turns.row_of(each, actors(each.cohort_id), shared) for each in found]


def _known(people, keys):
    """Those of ``people`` with one of ``keys``, in that order, with what is known of them."""
    by_key = {each.pk: each for each in pace.known(people.filter(pk__in=keys))}
    return [by_key[key] for key in keys if key in by_key]
