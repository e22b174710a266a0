"""The accounting to a funder: choose a period and look. For coordinators; to take it: ``lists``."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from participants.enrolments.models import Enrolment
from participants.overview import accounting
from participants.overview.forms import AccountingForm
from participants.tracks.finding import staffed
from participants.tracks.models import Cohort


@require_GET
def page(request, pk):
    """The accounting on screen, of the period in the address or of all so far."""
    cohort = _coordinated(request.user, pk)
    form = AccountingForm.of(cohort, request.GET)
    facts = form.facts(cohort) if form.is_valid() else None
    context = {"cohort": cohort, "form": form, "facts": facts, "sample": _named(facts)}
    context["is_to_come"] = cohort.starts_on > timezone.localdate()
    return render(request, "participants/overview/accounting.html", context)


@require_GET
def numbers(request, pk):
    """Who is behind each number."""
    cohort = _coordinated(request.user, pk)
    people = Enrolment.objects.coordinated_by(request.user).filter(cohort=cohort).admitted()
    named = people.with_state().select_related("participant").order_by("pk")
    rows = [(accounting.number(enrolment.pk), enrolment) for enrolment in named]
    return render(request, "participants/overview/numbers.html", {"cohort": cohort, "rows": rows})


def _named(facts):
    """The rows of the sample as (row, enrolment), for the names that only the page tells."""
    rows = facts["sample"]["rows"] if facts else []
    keys = [row["key"] for row in rows]
    people = Enrolment.objects.filter(pk__in=keys).select_related("participant").in_bulk()
    return [(row, people[row["key"]]) for row in rows]


def _coordinated(user, pk):
    """A cohort that ``user`` coordinates; PermissionDenied for who works there otherwise."""
    cohort = staffed(user, pk)
    if not Cohort.objects.coordinated_by(user).contains(cohort):
        raise PermissionDenied
    return cohort
