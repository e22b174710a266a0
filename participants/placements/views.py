from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from leerlijn.templatetags.dates import long_date
from participants.accounts.models import Role
from participants.enrolments import namesakes
from participants.enrolments.models import Enrolment
from participants.placements import actions, checklist, supervising
from participants.placements.forms import (
    EndForm,
    PlacementForm,
    SupervisorForm,
)
from participants.placements.models import LearningPlace, Placement, Supervisor


@require_safe
def index(request):
    """Where people learn by working: your own place, and for staff all places."""
    user = request.user
    facts = {"own": Placement.objects.owned_by(user).with_names()}
    if Role.objects.of(user, *Role.STAFF).exists():
        facts |= {"staff": True, **who_works_where(user)}
    return render(request, "participants/placements/list.html", facts)


def who_works_where(user):
    """What staff see: all places with who works there, and who has none yet."""
    working = checklist.with_counts(Placement.objects.active().visible_to(user))
    places = LearningPlace.objects.in_use().with_people_at(working)
    unplaced = Placement.objects.unplaced(user).by_name().select_related("participant")
    people = [enrolment.participant for enrolment in unplaced]
    for place in places:
        people += [placement.enrolment.participant for placement in place.shown_placements]
    coordinates = Role.objects.of(user, Role.Kind.COORDINATOR).exists()
    return {
        "coordinates": coordinates,
        "places": places,
        "closed": LearningPlace.objects.listed_for(user).closed() if coordinates else (),
        "unplaced": unplaced,
        "namesakes": namesakes.shared(people, Enrolment.objects.visible_to(user)),
    }


def place(request, enrolment_pk):
    """The placements of one person, and a form for a new one."""
    enrolment = coordinated(request, enrolment_pk)
    form = PlacementForm(request.POST or None, initial={"starts_on": timezone.localdate()})
    if form.is_valid():
        try:
            made = actions.place(enrolment, **form.cleaned_data, by=request.user)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            told = _("%(name)s werkt bij %(place)s vanaf %(day)s. Begeleider: %(supervisor)s.")
            name, day = enrolment.participant.first_name, long_date(made.starts_on)
            facts = {"name": name, "place": made, "day": day, "supervisor": made.supervisor}
            messages.success(request, told % facts)
            return redirect("placements:place", enrolment_pk)
    placements = enrolment.placements.with_names().select_related("enrolment__cohort")
    facts = {
        "form": form,
        "enrolment": enrolment,
        "placements": [(each, checklist.lines_of(each)) for each in placements],
    }
    return render(request, "participants/placements/placement_form.html", facts)


def end(request, pk):
    """Ask for the last day of a placement, and set it."""
    placement, enrolment = placed(request, pk)
    form = EndForm(request.POST or None, initial={"on": timezone.localdate()})
    back = reverse("placements:place", args=[enrolment.pk])
    if form.is_valid():
        try:
            actions.end(placement, by=request.user, **form.cleaned_data)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            told = _("De laatste dag bij %(place)s is %(day)s.")
            day = long_date(form.cleaned_data["on"])
            messages.success(request, told % {"place": placement, "day": day})
            return redirect(back)
    facts = {
        "title": _("Loopt deze plaatsing af?"),
        "text": _("Uren van na die dag horen bij een andere leerplek."),
        "details": [(_("Wie"), enrolment.participant.name), (_("Leerplek"), placement)],
        "action": _("Zet de laatste dag"),
        "cancel": back,
        "form": form,
    }
    return render(request, "confirm.html", facts)


def other_supervisor(request, pk):
    """Somebody else guides at this placement: ask who, by name and address."""
    placement, enrolment = placed(request, pk)
    form = SupervisorForm(request.POST or None)
    if form.is_valid():
        try:
            changed = actions.supervise(placement, by=request.user, **form.cleaned_data)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            told = _("%s begeleidt nu. Nieuwe mail gaat pas na een introductie.")
            messages.success(request, told % changed.supervisor.name)
            return redirect("placements:place", enrolment.pk)
    facts = {
        "title": _("Wie begeleidt %s nu?") % enrolment.participant.first_name,
        "text": _("Uren die nog wachten, gaan mee naar deze begeleider."),
        "details": [(_("Leerplek"), placement), (_("Nu"), placement.supervisor.name)],
        "action": _("Bewaar"),
        "cancel": reverse("placements:place", args=[enrolment.pk]),
        "form": form,
    }
    return render(request, "confirm.html", facts)


def change_supervisor(request, pk):
    """Name, address and telephone of a supervisor; a new address asks a new introduction."""
    supervisor = get_object_or_404(Supervisor.objects.visible_to(request.user), pk=pk)
    if not Supervisor.objects.coordinated_by(request.user).contains(supervisor):
        raise PermissionDenied
    known = {name: getattr(supervisor, name) for name in ("name", "email", "phone")}
    form = SupervisorForm(request.POST or None, initial=known)
    back = reverse("confirmations:supervisor", args=[pk])
    if form.is_valid():
        try:
            supervising.change(supervisor, by=request.user, **form.cleaned_data)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("De gegevens staan."))
            return redirect(back)
    facts = {
        "title": _("Gegevens van %s") % supervisor.name,
        "text": _("Een nieuw adres krijgt eerst een introductie. Oude links werken dan niet meer."),
        "action": _("Bewaar"),
        "cancel": back,
        "form": form,
    }
    return render(request, "confirm.html", facts)


def placed(request, pk):
    """The placement and its enrolment; raises as ``coordinated`` does."""
    visible = Placement.objects.visible_to(request.user).select_related("enrolment")
    placement = get_object_or_404(visible.with_names(), pk=pk)
    return placement, coordinated(request, placement.enrolment_id)


def coordinated(request, pk):
    """The enrolment; 404 when it is not there for you, 403 when placing is not yours to do."""
    visible = Enrolment.objects.visible_to(request.user)
    enrolment = get_object_or_404(visible.select_related("participant", "cohort__track"), pk=pk)
    if not Enrolment.objects.coordinated_by(request.user).contains(enrolment):
        raise PermissionDenied
    return enrolment
