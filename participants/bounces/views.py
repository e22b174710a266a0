"""Mail that did not arrive, and files that went bad: what a coordinator mends by asking."""

from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models.functions import Lower
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from participants.accounts.models import User
from participants.bounces import actions
from participants.bounces.models import Bounce
from participants.enrolments.models import Enrolment
from participants.files.models import StoredFile
from participants.placements.models import Supervisor


@dataclass(frozen=True)
class Line:
    """A bounce and whose address it is; ``href`` is where that can be changed, or ""."""

    bounce: Bounce
    name: str
    what: str
    href: str = ""


@require_GET
def page(request):
    """The addresses where our mail does not arrive, the latest first."""
    if not request.user.is_coordinator:
        raise PermissionDenied
    found = Bounce.objects.visible_to(request.user).unsolved().latest_first()
    people = Enrolment.objects.coordinated_by(request.user)
    owners = people.values("participant")
    context = {
        "lines": lines(found, people, Supervisor.objects.coordinated_by(request.user)),
        "files": StoredFile.objects.damaged().filter(owner__in=owners).select_related("owner"),
    }
    return render(request, "participants/bounces/page.html", context)


@require_POST
def solve(request, pk):
    """Take one off the list."""
    bounce = get_object_or_404(Bounce.objects.visible_to(request.user), pk=pk)
    try:
        actions.solve(bounce, by=request.user)
    except ValidationError as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, _("Van de lijst gehaald."))
    return redirect("bounces:page")


def lines(bounces, enrolments, supervisors):
    """A Line for each of ``bounces``: of somebody who takes part, a supervisor, or else staff."""
    bounces = list(bounces)
    addresses = [bounce.address for bounce in bounces]
    enrolments = enrolments.annotate(address=Lower("participant__email"))
    taking_part = _by_address(enrolments.select_related("participant"), addresses)
    guiding = _by_address(supervisors.annotate(address=Lower("email")), addresses)
    known = _by_address(User.objects.annotate(address=Lower("email")), addresses)
    return [_line(one, taking_part, guiding, known) for one in bounces]


def _by_address(rows, addresses):
    return {one.address: one for one in rows.filter(address__in=addresses)}


def _line(bounce, taking_part, guiding, known):
    if enrolment := taking_part.get(bounce.address):
        href = reverse("overview:person", args=[enrolment.pk])
        return Line(bounce, enrolment.participant.name, _("deelnemer"), href)
    if supervisor := guiding.get(bounce.address):
        return Line(bounce, supervisor.name, _("begeleider op een leerplek"))
    user = known.get(bounce.address)
    return Line(bounce, user.name if user else bounce.address, _("collega"))
