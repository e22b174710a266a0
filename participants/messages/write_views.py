"""Writing to chosen people: a form, the message as it will be read, and then it goes."""

import uuid

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from participants import kept
from participants.mailing.models import Posting
from participants.messages import writing
from participants.messages.forms import MessageForm
from participants.messages.models import WRITERS, Message
from participants.tracks.models import Cohort

EVERYBODY = "alle"


def write(request, cohort_pk):
    """GET asks, with ``?wie=`` who was chosen before ("alle": everybody).

    POST shows the message first; with ``step=send`` it is sent, with ``step=change`` the form
    comes back as it was.
    """
    writable = Cohort.objects.with_role(request.user, *WRITERS).select_related("track")
    cohort = get_object_or_404(writable, pk=cohort_pk)
    people = writing.reachable(cohort, request.user)
    key = f"message-{cohort.pk}"
    if request.method != "POST":
        form = MessageForm(people=people, initial=_beginning(request, key, people))
        return _ask(request, cohort, form, key)
    form = MessageForm(request.POST, people=people)
    step = request.POST.get("step")
    if step == "change" or not form.is_valid():
        return _ask(request, cohort, form, key)
    if step != "send":
        return _show(request, cohort, form)
    return _send(request, cohort, form, key)


@require_GET
def sent(request, pk):
    """What was sent, to whom, and whether the mail about it went."""
    visible = Message.objects.visible_to_staff(request.user).select_related("cohort", "author")
    message = get_object_or_404(visible, pk=pk)
    deliveries = list(message.deliveries.select_related("enrolment__participant"))
    keys = [writing.key_of(delivery) for delivery in deliveries]
    mails = {mail.key: mail for mail in Posting.objects.filter(key__in=keys)}
    rows = [(one.enrolment.participant, mails.get(writing.key_of(one))) for one in deliveries]
    return render(request, "participants/messages/sent.html", {"message": message, "rows": rows})


def _beginning(request, key, people):
    """What stands in the form: who was chosen in a list, else what was kept of last time."""
    typed = kept.initial(request.user, key)
    chosen = request.GET.getlist("wie") or typed.get("wie", [])
    if chosen == [EVERYBODY]:
        chosen = [enrolment.pk for enrolment in people]
    chosen = chosen if isinstance(chosen, list) else [chosen]
    # The words may be kept, the message is a new one.
    return typed | {"wie": chosen, "form_id": uuid.uuid4()}


def _ask(request, cohort, form, key):
    context = {
        "cohort": cohort,
        "form": form,
        "key": key,
        "kept_at": None if form.is_bound else kept.when(request.user, key),
    }
    return render(request, "participants/messages/write.html", context)


def _show(request, cohort, form):
    context = {
        "cohort": cohort,
        "form": form,
        "people": form.cleaned_data["wie"],
        "contact": Cohort.objects.helping(cohort),
    }
    return render(request, "participants/messages/preview.html", context)


def _send(request, cohort, form, key):
    content = dict(form.cleaned_data)
    people = [enrolment.pk for enrolment in content.pop("wie")]
    try:
        message = writing.send(cohort, people, by=request.user, **content)
    except ValidationError as refusal:
        form.add_error(None, refusal)
        return _ask(request, cohort, form, key)
    kept.forget(request.user, key)
    many = len(people)
    said = ngettext("Je bericht gaat naar %d mens.", "Je bericht gaat naar %d mensen.", many)
    messages.success(request, said % many)
    return redirect("messages:sent", pk=message.pk)
