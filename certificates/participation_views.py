"""The statement for who stopped: made, shown again, and given."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from certificates import participation
from certificates.papers import paper_response
from certificates.statements import ParticipationStatement


@require_http_methods(["GET", "POST"])
def statement(request, pk):
    """What would stand on it today and what was made before; a press makes the one of today."""
    people = participation.stopped_for(request.user).select_related("participant", "cohort__track")
    enrolment = get_object_or_404(people, pk=pk)
    refused = ""
    if request.method == "POST":
        try:
            made = participation.make_statement(enrolment, by=request.user)
        except ValidationError as refusal:
            refused = refusal.messages[0]
        else:
            messages.success(request, _("Het bewijs van deelname is er."))
            return redirect(f"{request.path}#bewijs-{made.pk}")
    own = enrolment.participant_id == request.user.pk
    begin = f"{reverse('overview:begin')}?deelname={enrolment.pk}"
    context = {
        "enrolment": enrolment,
        "facts": participation.facts_of(enrolment),
        "own": own,
        "refused": refused,
        "back": begin if own else reverse("overview:person", args=[enrolment.pk]),
        "statements": ParticipationStatement.objects.visible_to(request.user)
        .filter(enrolment=enrolment)
        .light()
        .select_related("made_by"),
    }
    return render(request, "certificates/statement.html", context)


@require_GET
def pdf(request, pk):
    """The stored bytes, the same each time; also after somebody takes part again."""
    made = get_object_or_404(ParticipationStatement.objects.visible_to(request.user), pk=pk)
    name = f"bewijs-van-deelname-{made.facts['date']}"
    return paper_response(made.pdf, name, as_attachment="bewaar" in request.GET)
