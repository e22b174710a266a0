"""What staff decide about one person: each a question with a form, a POST and a message."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views import View

from participants.enrolments import actions, intake
from participants.enrolments.applications import IntakeNote
from participants.enrolments.models import Enrolment
from participants.overview.forms import (
    AdmitForm,
    EntriesUntilForm,
    ExemptionForm,
    IntakeForm,
    LastDayForm,
    PauseForm,
    ReasonForm,
    RecordNameForm,
)


class Decision(View):
    """Asks on GET, acts on POST, and goes back to the person.

    A subclass says its words and its form, and calls one action in ``decide``. ``said`` may
    name {name}, the first name.
    """

    title = text = verb = said = ""
    form_class = forms.Form

    def dispatch(self, request, pk, **parts):
        people = Enrolment.objects.staffed_by(request.user)
        self.enrolment = get_object_or_404(people.select_related("participant", "cohort"), pk=pk)
        if not self.allowed(request.user).contains(self.enrolment):
            raise PermissionDenied
        self.find(**parts)
        return super().dispatch(request)

    def allowed(self, user):
        """The enrolments about which ``user`` may see this question."""
        return Enrolment.objects.coordinated_by(user)

    def find(self):
        """Look up what the address names besides the person."""

    def initial(self):
        return {}

    def decide(self, by, **content):
        raise NotImplementedError

    def get(self, request):
        return self.ask(self.form_class(initial=self.initial()))

    def post(self, request):
        form = self.form_class(request.POST)
        if not form.is_valid():
            return self.ask(form)
        try:
            self.decide(request.user, **form.cleaned_data)
        except ValidationError as refusal:
            form.add_error(None, refusal)
            return self.ask(form)
        name = self.enrolment.participant.first_name
        messages.success(request, str(self.said).format(name=name))
        return redirect("overview:person", pk=self.enrolment.pk)

    def ask(self, form):
        name = self.enrolment.participant.name
        context = {
            "title": str(self.title).format(name=name),
            "text": str(self.text).format(name=self.enrolment.participant.first_name),
            "action": self.verb,
            "cancel": reverse("overview:person", args=[self.enrolment.pk]),
            "cancel_word": _("Terug"),
            "form": form,
        }
        return render(self.request, "confirm.html", context)


class Admit(Decision):
    title, verb = _("Mag {name} meedoen?"), _("Laat toe")
    form_class = AdmitForm
    text = _("{name} krijgt een mail met uitleg over inloggen.")
    said = _("{name} doet mee. De mail is onderweg.")

    def initial(self):
        return {"starts_on": actions.first_day(self.enrolment.cohort)}

    def decide(self, by, reason, starts_on):
        actions.admit(self.enrolment, by=by, reason=reason, starts_on=starts_on)


class Decline(Decision):
    title, verb = _("{name} niet toelaten?"), _("Laat niet toe")
    form_class = ReasonForm
    text = _(
        "{name} krijgt een mail dat er een besluit is, met jullie telefoonnummer. "
        "Je reden staat achter de login. Na 4 weken verdwijnt de aanmelding."
    )
    said = _("Je besluit over {name} staat. Bel even om het uit te leggen.")

    def decide(self, by, reason):
        actions.decline(self.enrolment, by=by, reason=reason)


class Intake(Decision):
    title, verb = _("Notities bij de intake van {name}"), _("Bewaar")
    text = _("Ze staan in geen lijst of overzicht en verdwijnen samen met de aanmelding.")
    form_class = IntakeForm
    said = _("Je notities over {name} staan.")

    def initial(self):
        written = IntakeNote.objects.filter(enrolment=self.enrolment).first()
        return {"text": written.text if written else ""}

    def decide(self, by, text):
        intake.note(self.enrolment, text, by=by)


class Stop(Decision):
    title, verb = _("Stopt {name}?"), _("Ja, stoppen")
    text = _("Wat er staat, blijft bewaard. Je hoeft geen reden op te schrijven.")
    form_class = LastDayForm
    said = _("{name} is gestopt. Alles wat behaald is, blijft staan.")

    def decide(self, by, last_day):
        actions.stop(self.enrolment, by=by, last_day=last_day)


class Resume(Decision):
    title, verb = _("Doet {name} weer mee?"), _("Ja, weer meedoen")
    said = _("{name} doet weer mee.")

    def decide(self, by):
        actions.resume(self.enrolment, by=by)


class EntriesUntil(Decision):
    title, verb = _("Tot wanneer mag {name} uren opschrijven?"), _("Bewaar")
    form_class = EntriesUntilForm
    said = _("Dat staat. {name} ziet het bij het opschrijven van uren.")

    def initial(self):
        return {"day": self.enrolment.entries_until}

    def decide(self, by, day):
        actions.set_entries_until(self.enrolment, day, by=by)


class RecordName(Decision):
    title, verb = _("Naam op het certificaat van {name}"), _("Leg vast")
    text = _("Leg vast dat de deelnemer deze naam heeft bevestigd.")
    form_class = RecordNameForm
    said = _("De naam van {name} is bevestigd.")

    def initial(self):
        return {"name": self.enrolment.printed_name}

    def decide(self, by, name, how):
        actions.record_name_confirmation(self.enrolment, name, by=by, how=how)


class Exempt(Decision):
    title, verb = _("Vrijstelling voor {name}"), _("Geef vrijstelling")
    form_class = ExemptionForm
    said = _("De vrijstelling staat. {name} ziet hem bij de voorwaarde.")

    def decide(self, by, criterion, minutes, reason):
        actions.exempt(self.enrolment, criterion, by=by, reason=reason, minutes=minutes)


class WithdrawExemption(Decision):
    title, verb = _("Vrijstelling van {name} intrekken?"), _("Trek in")
    text = _("Daarna telt de voorwaarde weer zoals voor iedereen.")
    said = _("De vrijstelling van {name} is ingetrokken.")

    def find(self, part_pk):
        self.exemption = get_object_or_404(self.enrolment.exemptions, pk=part_pk)

    def decide(self, by):
        actions.withdraw_exemption(self.exemption, by=by)


class RequestPause(Decision):
    title, verb = _("Pauze voor {name}"), _("Bewaar de pauze")
    text = _(
        "Alleen de dagen, geen reden. In een pauze telt een gemiste les niet mee. "
        "Een pauze van eerder kan ook."
    )
    form_class = PauseForm
    said = _("De pauze van {name} staat erbij.")

    def allowed(self, user):
        return Enrolment.objects.staffed_by(user)

    def decide(self, by, starts_on, ends_on):
        actions.request_pause(self.enrolment, starts_on, ends_on, by=by)


class PauseDecision(Decision):
    def find(self, part_pk):
        self.pause = get_object_or_404(self.enrolment.pauses, pk=part_pk)


class ConfirmPause(PauseDecision):
    title, verb = _("Pauze van {name} vastleggen?"), _("Leg vast")
    said = _("De pauze van {name} staat vast.")

    def decide(self, by):
        actions.confirm_pause(self.pause, by=by)


class EndPause(PauseDecision):
    title, verb = _("Wanneer eindigt de pauze van {name}?"), _("Bewaar")
    text = _("Kies de laatste dag van de pauze. De dag erna doet {name} weer mee.")
    form_class = LastDayForm
    said = _("De laatste dag van de pauze van {name} staat.")

    def initial(self):
        return {"last_day": self.pause.ends_on or timezone.localdate()}

    def decide(self, by, last_day):
        actions.end_pause(self.pause, last_day, by=by)


class DropPause(PauseDecision):
    title, verb = _("Pauze van {name} weghalen?"), _("Haal weg")
    text = _("Daarna tellen de lessen van deze dagen weer mee. Overleg het even met {name}.")
    said = _("De pauze van {name} is weg.")

    def decide(self, by):
        actions.drop_pause(self.pause, by=by)
