"""One's own name and pauses; for coordinators: applications and new people in a cohort."""

import base64
import datetime as dt
import zlib

from django.contrib import messages
from django.core import signing
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from participants.enrolments import actions, importing, intake, inviting
from participants.enrolments.forms import (
    ApplicationsUntilForm,
    LastDayForm,
    ListForm,
    NameForm,
    PauseForm,
    PersonForm,
)
from participants.enrolments.models import Enrolment, Pause
from participants.tracks.finding import coordinated
from participants.tracks.models import Cohort

SALT = "list of people"
PREVIEW_SECONDS = 60 * 60


def name(request, pk):
    """The name as the certificate will print it: look, mend, look again, confirm."""
    own = Enrolment.objects.owned_by(request.user).select_related("participant", "cohort__track")
    enrolment = get_object_or_404(own, pk=pk)
    form = NameForm(request.POST or None, initial={"name": enrolment.printed_name})
    only_looks = "kijk" in request.POST
    if form.is_valid() and not only_looks:
        try:
            named = actions.confirm_name(enrolment, form.cleaned_data["name"], by=request.user)
        except ValidationError as refusal:
            form.add_error("name", refusal)
        else:
            said = _("Dank je. Op je certificaat staat straks: %s.")
            messages.success(request, said % named.certificate_name)
            return redirect("overview:begin")
    shown_name = form.data.get("name", "").strip() or enrolment.printed_name
    context = {"form": form, "enrolment": enrolment, "shown_name": shown_name}
    return render(request, "participants/enrolments/name.html", context)


def pause(request, pk):
    """Ask for a pause: dates, no reason."""
    enrolment = get_object_or_404(Enrolment.objects.owned_by(request.user), pk=pk)
    form = PauseForm(request.POST or None)
    if form.is_valid():
        try:
            actions.request_pause(enrolment, **form.cleaned_data, by=request.user)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("Je vraag om pauze staat. De coördinator kijkt ernaar."))
            return redirect("overview:more")
    context = {"form": form, "enrolment": enrolment}
    return render(request, "participants/enrolments/pause.html", context)


def end_pause(request, pk):
    """Be back sooner than was said. Later is for the coordinator."""
    own = Pause.objects.confirmed().filter(enrolment__in=Enrolment.objects.owned_by(request.user))
    running = get_object_or_404(own.select_related("enrolment"), pk=pk)
    form = LastDayForm(request.POST or None, initial={"last_day": timezone.localdate()})
    if form.is_valid():
        try:
            actions.end_pause(running, form.cleaned_data["last_day"], by=request.user)
        except ValidationError as refusal:
            form.add_error("last_day", refusal)
        else:
            messages.success(request, _("Fijn dat je er weer bent. De laatste dag staat."))
            return redirect("overview:more")
    context = {"form": form, "pause": running}
    return render(request, "participants/enrolments/end_pause.html", context)


@require_POST
def drop_pause(request, pk):
    """Take back one's own request."""
    asked = get_object_or_404(
        Pause.objects.filter(enrolment__in=Enrolment.objects.owned_by(request.user)), pk=pk
    )
    try:
        actions.drop_pause(asked, by=request.user)
        messages.success(request, _("Je vraag om pauze is weg."))
    except ValidationError as refusal:
        messages.warning(request, refusal.message)
    return redirect("overview:more")


@require_GET
def applications(request, pk):
    """Who waits for an answer, the longest first."""
    cohort = coordinated(request.user, pk)
    waiting = Enrolment.objects.applied().coordinated_by(request.user).filter(cohort=cohort)
    context = {
        "cohort": cohort,
        "applications": waiting.oldest_first().select_related("participant"),
        "unconfirmed": cohort.applications.unconfirmed().fresh().count(),
        "is_open": Cohort.objects.applications_open().contains(cohort),
    }
    return render(request, "participants/enrolments/applications.html", context)


def open_applications(request, pk):
    """Until when anyone may apply for a cohort."""
    cohort = coordinated(request.user, pk)
    closing = "close" in request.POST
    form = ApplicationsUntilForm(
        {"until": timezone.localdate() - dt.timedelta(days=1)} if closing else request.POST or None,
        initial={"until": cohort.applications_until},
    )
    if form.is_valid():
        intake.open_applications(cohort, form.cleaned_data["until"], by=request.user)
        messages.success(request, _("Dat staat."))
        return redirect("enrolments:applications", pk=pk)
    is_open = Cohort.objects.applications_open().contains(cohort)
    context = {"form": form, "cohort": cohort, "is_open": is_open}
    return render(request, "participants/enrolments/open_applications.html", context)


def add(request, pk):
    """One new person in a cohort."""
    cohort = coordinated(request.user, pk)
    form = PersonForm(request.POST or None)
    if form.is_valid():
        try:
            said = _added(cohort, form, request.user)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, said)
            return redirect("overview:cohort", pk=pk)
    return render(request, "participants/enrolments/add.html", {"form": form, "cohort": cohort})


def _added(cohort, form, user):
    known = form.cleaned_data
    row = actions.add_person(
        cohort,
        name=known["name"],
        email=known["email"],
        phone=known["phone"],
        admitted=known["admit"] == "now",
        starts_on=known["starts_on"],
        preferences=form.preferences,
        by=user,
    )
    if row.status == Enrolment.Status.ACTIVE:
        return _("%s doet mee.") % row.participant.name
    return _("%s staat bij de aanmeldingen.") % row.participant.name


def import_list(request, pk):
    """A list of people: first what would happen, then the press that does it."""
    cohort = coordinated(request.user, pk)
    if "list" in request.POST:
        return _carried_out(request, cohort)
    form = ListForm(request.POST or None, request.FILES or None)
    planned = content = None
    if form.is_valid():
        content = form.cleaned_data["file"].read()
        try:
            planned = importing.plan(content, cohort, by=request.user)
        except ValidationError as refusal:
            form.add_error("file", refusal)
    packed = _packed(content) if _can_be_added(planned) else None
    return _import_page(request, cohort, form, planned, packed)


def _import_page(request, cohort, form, planned, packed, *, unsure=False):
    context = {
        "cohort": cohort,
        "form": form,
        "plan": planned,
        "list": packed,
        "unsure": unsure,
        "never_in": inviting.never_in(cohort).count(),
    }
    return render(request, "participants/enrolments/import.html", context)


@require_POST
def invite_again(request, pk):
    """The mail that says how to log in, once more for who never did."""
    many = inviting.invite_again(coordinated(request.user, pk), by=request.user)
    said = ngettext("%d mens krijgt de mail opnieuw.", "%d mensen krijgen de mail opnieuw.", many)
    messages.success(
        request, said % many if many else _("Wie nog niet inlogde, kreeg vandaag al een mail.")
    )
    return redirect("enrolments:import", pk=pk)


def _carried_out(request, cohort):
    packed = request.POST["list"]
    try:
        planned = importing.plan(_unpacked(packed), cohort, by=request.user)
        if planned.namesakes and "different" not in request.POST:
            return _import_page(request, cohort, ListForm(), planned, packed, unsure=True)
        importing.run(planned, by=request.user)
    except signing.BadSignature:
        messages.warning(request, _("Dit voorbeeld is te oud. Kies de lijst nog een keer."))
    except ValidationError as refusal:
        messages.warning(request, " ".join(refusal.messages))
    else:
        messages.success(request, planned.summary())
        return redirect("overview:cohort", pk=cohort.pk)
    return redirect("enrolments:import", pk=cohort.pk)


def _can_be_added(planned):
    return bool(planned and planned.new and not planned.problems)


def _packed(content):
    """The file that was shown, signed: what is confirmed is what was seen."""
    return signing.dumps(base64.b64encode(zlib.compress(content)).decode(), salt=SALT)


def _unpacked(text):
    packed = signing.loads(text, salt=SALT, max_age=PREVIEW_SECONDS)
    return zlib.decompress(base64.b64decode(packed))
