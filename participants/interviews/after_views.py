"""After a final talk: the reply and the objection of the participant, and who decides."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from participants import kept
from participants.interviews import actions, objecting
from participants.interviews.after_forms import AmendForm, DecideForm, ObjectionForm, ReplyForm
from participants.interviews.afterwards import Objection
from participants.interviews.views import carried_out, reported, seen

CERTIFICATE = gettext_lazy("Is er al een certificaat? Dat verandert niet vanzelf. Kijk het na.")


@require_POST
def reply(request, pk):
    interview = _own(request, pk)
    form = ReplyForm(request.POST)
    if not form.is_valid() or not carried_out(
        form,
        lambda: actions.reply(interview, form.cleaned_data["text"], by=request.user),
    ):
        return reported(request, interview, form)
    kept.forget(request.user, f"reply-{pk}")
    messages.success(request, _("Je reactie staat bij het verslag."))
    return redirect("interviews:detail", pk)


def objection(request, pk):
    interview = _own(request, pk)
    if not interview.is_final or not objecting.may_still_object(interview):
        messages.info(request, _("Bezwaar maken kan hier nu niet. Praat met je coördinator."))
        return redirect("interviews:detail", pk)
    key = f"objection-{pk}"
    form = ObjectionForm(
        request.POST or None, interview=interview, initial=kept.initial(request.user, key)
    )
    if form.is_valid() and carried_out(form, lambda: _object(request, interview, form)):
        kept.forget(request.user, key)
        messages.success(request, _("Je bezwaar is binnen. Iemand anders kijkt ernaar."))
        return redirect("interviews:detail", pk)
    context = {
        "interview": interview,
        "form": form,
        "last_day": objecting.last_day(interview),
        "key": key,
        "kept_at": None if request.method == "POST" else kept.when(request.user, key),
    }
    return render(request, "participants/interviews/objection.html", context)


def _object(request, interview, form):
    actions.make_objection(
        interview,
        by=request.user,
        items=form.cleaned_data["items"],
        text=form.cleaned_data["text"],
    )


def decide(request, pk, objection_pk):
    interview = _amendable(request, pk)
    found = get_object_or_404(interview.objections.prefetch_related("items"), pk=objection_pk)
    if not Objection.objects.awaiting_decision().contains(found):
        messages.info(request, _("Over dit bezwaar is al besloten."))
        return redirect("interviews:detail", pk)
    items = found.items.all()
    form = DecideForm(request.POST or None, items=items, sat=interview.seated)
    if form.is_valid() and carried_out(form, lambda: _decide(request, found, form)):
        messages.success(request, _("Het besluit staat. De deelnemer ziet het. %s") % CERTIFICATE)
        return redirect("interviews:detail", pk)
    context = {"interview": interview, "objection": found, "form": form}
    return render(request, "participants/interviews/decide.html", context)


def _decide(request, found, form):
    said = {name: form.cleaned_data[name] for name in ("outcome", "motivation", "outsider")}
    actions.decide(found, by=request.user, values=form.values, **said)


def amend(request, pk):
    interview = _amendable(request, pk)
    if not interview.is_final:
        messages.info(request, _("Dit gesprek is nog niet vastgesteld."))
        return redirect("interviews:detail", pk)
    form = AmendForm(request.POST or None, items=interview.items.all())
    if form.is_valid() and carried_out(form, lambda: _amend(request, interview, form)):
        messages.success(request, _("Gewijzigd. De deelnemer ziet het. %s") % CERTIFICATE)
        return redirect("interviews:detail", pk)
    return render(
        request, "participants/interviews/amend.html", {"interview": interview, "form": form}
    )


def _amend(request, interview, form):
    reason = form.cleaned_data["reason"]
    actions.amend(interview, by=request.user, values=form.values, reason=reason)


def _own(request, pk):
    """The interview, for its participant; 403 for others who see it."""
    interview = seen(request, pk)
    if interview.enrolment.participant_id != request.user.pk:
        raise PermissionDenied
    return interview


def _amendable(request, pk):
    """The interview, for who coordinates it; 403 for others who see it."""
    interview = seen(request, pk)
    if not interview.plannable:
        raise PermissionDenied
    return interview
