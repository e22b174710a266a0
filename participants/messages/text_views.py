"""The texts of the reminders of a cohort: as they read, in other words, and back again."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from participants.messages import texts
from participants.messages.forms import TextForm
from participants.messages.points import POINTS
from participants.tracks.models import Cohort


@require_GET
def listing(request, cohort_pk):
    """All pieces, and a mail as it reads with all of them."""
    cohort = _found(request.user, cohort_pk)
    keys = [point.key for point in POINTS]
    subject, text = texts.letter(cohort, keys, _example(request.user, cohort))
    context = {
        "cohort": cohort,
        "pieces": texts.of_cohort(cohort).values(),
        "subject": subject,
        "text": text,
    }
    return render(request, "participants/messages/texts.html", context)


def edit(request, cohort_pk, key):
    """One piece. POST with ``step=show`` shows how it reads, and keeps nothing yet."""
    cohort = _found(request.user, cohort_pk)
    written = _piece(cohort, key)
    form = TextForm(request.POST or None, initial={"text": written.text})
    shown = ""
    if form.is_valid():
        text = form.cleaned_data["text"]
        try:
            if request.POST.get("step") == "show":
                texts.judge(written.piece, text)
                shown = texts.filled_in(text, _example(request.user, cohort))
            else:
                texts.rewrite(cohort, key, text, by=request.user)
                messages.success(request, _("De tekst is veranderd."))
                return redirect("messages:texts", cohort_pk=cohort.pk)
        except ValidationError as refusal:
            form.add_error("text", refusal)
    context = {
        "cohort": cohort,
        "written": written,
        "form": form,
        "shown": shown,
        "placeholders": texts.PLACEHOLDERS.items() if written.piece.may_name else (),
    }
    return render(request, "participants/messages/text.html", context)


@require_POST
def restore(request, cohort_pk, key):
    """Back to the standard words."""
    cohort = _found(request.user, cohort_pk)
    _piece(cohort, key)
    texts.restore(cohort, key, by=request.user)
    messages.success(request, _("De standaardtekst staat er weer."))
    return redirect("messages:texts", cohort_pk=cohort.pk)


def _found(user, pk):
    cohorts = Cohort.objects.coordinated_by(user).select_related("track")
    return get_object_or_404(cohorts, pk=pk)


def _piece(cohort, key):
    try:
        return texts.of_cohort(cohort)[key]
    except KeyError:
        raise Http404 from None


def _example(user, cohort):
    """What the placeholders stand for when the reader themselves would get the mail."""
    return texts.facts_of(user, Cohort.objects.helping(cohort))
