"""The first screen of everybody, and the page with everything else."""

from django.db.models import Prefetch
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from leerlijn.templatetags.figures import amount
from participants import pace, progress
from participants.accounts.models import Role
from participants.enrolments.models import Enrolment, Exemption
from participants.messages import inbox
from participants.overview.next_step import (
    HOURS,
    PLACES,
    already_there,
    greeting,
    next_step,
)
from participants.placements.models import Placement
from participants.tracks.models import Cohort

# POP and GOP are written out at first use, and what is new is explained:
# (label, said after the explanation, the question that the help page answers and where).
WRITTEN_OUT = {
    "intervision": (_("Intervisie"), "", _("Wat is intervisie?"), "intervisie"),
    "pop": (
        _("POP: je eigen plan"),
        _("POP is je persoonlijk ontwikkelingsplan."),
        _("Wat is een POP?"),
        "pop",
    ),
    "gop": (
        _("GOP: plan van je groep"),
        _("GOP is het groepsontwikkelingsplan."),
        _("Wat is een GOP?"),
        "gop",
    ),
    "interview": (
        _("Eindgesprek"),
        "",
        _("Hoe gaat dat gesprek?"),
        "criteriumgericht-interview",
    ),
}


@require_GET
def begin(request):
    """For who takes part: what is left, and one thing to do. For staff: where they begin.

    ``?deelname=`` chooses between one's own enrolments; the running one comes first.
    """
    own = inbox.with_unread(Enrolment.objects.own(request.user).running_first().with_state())
    enrolments = list(own.select_related("participant", "cohort__track"))
    asked = request.GET.get("deelname")
    if not asked and request.user.role_kinds and not any(map(_runs, enrolments)):
        return redirect(_staff_beginning(request.user))
    if not asked and not enrolments:
        if declined := Enrolment.objects.of_person(request.user).order_by("-pk").first():
            return redirect("enrolments:application", pk=declined.pk)
        return render(request, "participants/overview/nobody.html")
    chosen = _chosen(enrolments, asked)
    return _first_screen(request, chosen, [other for other in enrolments if other != chosen])


def _chosen(enrolments, asked):
    for enrolment in enrolments:
        if asked in (None, "", str(enrolment.pk)):
            return enrolment
    raise Http404


def _first_screen(request, chosen, others):
    [enrolment] = pace.known([chosen])
    lines = progress.lines(enrolment)
    shown = [_as_it_was(line) for line in lines] if enrolment.state == "stopped" else lines
    return render(
        request,
        "participants/overview/begin.html",
        {
            "enrolment": enrolment,
            "contact": Cohort.objects.helping(enrolment.cohort),
            "greeting": greeting(enrolment, lines),
            "step": next_step(enrolment, lines),
            "hours": [line for line in reversed(shown) if line["key"] in HOURS],
            "hours_url": reverse("hours:list"),
            "steps": [_step(line) for line in shown if line["key"] not in HOURS],
            "already": already_there(lines),
            "talk": pace.talk(enrolment),
            "unread": enrolment.unread,
            "others": others,
        },
    )


def _as_it_was(line):
    """A line for who stopped: how far it came, and nothing that is still asked."""
    if line["met"]:
        return line
    reached = amount(line)
    return line | {"explanation": f"{reached}." if reached else "", "waiting_on": None}


def _step(line):
    """What one step of the list shows: line, href, and the question that help answers."""
    label, said, question, anchor = WRITTEN_OUT.get(line["key"], (line["label"], "", "", ""))
    if line["waiting_on"] is None:
        said = question = ""
    explanation = f"{line['explanation']} {said}".strip()
    return {
        "line": line | {"label": label, "explanation": explanation},
        "href": reverse(PLACES[line["key"]]),
        "question": question,
        "anchor": anchor,
    }


def _runs(enrolment):
    return enrolment.status in (Enrolment.Status.ACTIVE, Enrolment.Status.APPLIED)


def _staff_beginning(user):
    """The address where the day of somebody with a role begins."""
    return reverse("overview:waiting") if user.is_staff_member else reverse("admin:index")


@require_GET
def more(request):
    """Everything that is not in the menu, by role, and one's own facts."""
    own = Enrolment.objects.own(request.user).running_first().with_state()
    enrolments = own.select_related("cohort__track", "participant").prefetch_related(
        Prefetch("placements", Placement.objects.with_names()),
        Prefetch("exemptions", Exemption.objects.standing(), to_attr="standing_exemptions"),
        "pauses",
    )
    return render(
        request,
        "participants/overview/more.html",
        {
            "enrolments": enrolments,
            "is_administrator": Role.Kind.ADMINISTRATOR in request.user.role_kinds,
        },
    )
